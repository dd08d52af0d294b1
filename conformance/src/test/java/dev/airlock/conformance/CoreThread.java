package dev.airlock.conformance;

import dev.airlock.conformance.CoreSuite.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that the core suite starts, and waits for. */
final class CoreThread {
    private static final int LONGEST_SECONDS = 30;

    private final FutureTask<List<Outcome>> task;

    private CoreThread(FutureTask<List<Outcome>> task) {
        this.task = task;
    }

    static CoreThread start(Callable<List<Outcome>> directives) {
        var task = new FutureTask<>(directives);
        var thread = new Thread(task, "core suite");
        thread.setDaemon(true);
        thread.start();
        return new CoreThread(task);
    }

    /** Waits for the end of the thread, and returns how its directives ended. */
    List<Outcome> outcomes() {
        try {
            return task.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a thread of the suite did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

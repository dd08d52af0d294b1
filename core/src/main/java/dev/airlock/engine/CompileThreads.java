package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that an engine compiles large modules with: the caller's, and some that help. These are shared by all who compile
 * with the engine at the same time, and end when there was nothing to do for a second.
 */
final class CompileThreads {
    private final int count;
    private final ThreadPoolExecutor helpers;

    /** @param count with the caller's own */
    CompileThreads(int count) {
        this.count = count;
        int most = Math.max(1, count - 1);
        helpers = new ThreadPoolExecutor(most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(null, task, "airlock-compiler", 0, false);
            thread.setDaemon(true);
            return thread;
        });
        helpers.allowCoreThreadTimeOut(true);
    }

    int count() {
        return count;
    }

    /**
     * Does all tasks and gives what they gave, in their order. What the first that failed threw, in the same order, is thrown
     * when all have ended.
     *
     * @throws CancellationException if the calling thread was interrupted while it waited for helpers, which are interrupted
     *     then; its status stays set
     */
    <T> List<T> run(List<Callable<T>> tasks) {
        List<FutureTask<T>> all = tasks.stream().map(FutureTask::new).toList();
        all.stream().skip(1).forEach(helpers::execute);
        // What no helper has begun is done here, so that the caller does not wait for helpers that are busy elsewhere.
        all.forEach(FutureTask::run);
        boolean interrupted = false;
        var results = new ArrayList<T>();
        Throwable failure = null;
        for (FutureTask<T> task : all) {
            while (true) {
                try {
                    results.add(task.get());
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                    all.forEach(each -> each.cancel(true));
                } catch (CancellationException e) {
                    failure = failure == null ? e : failure;
                    break;
                } catch (ExecutionException e) {
                    failure = failure == null ? e.getCause() : failure;
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw Handles.sneaky(failure);
        }
        return results;
    }
}

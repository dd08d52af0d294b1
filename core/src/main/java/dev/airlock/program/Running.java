package dev.airlock.program;

import dev.airlock.wasi.Input;
import dev.airlock.wasi.Output;
import dev.airlock.wasi.Pipe;
import dev.airlock.wasi.WasiCtx;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that runs in a separate thread, with a live pipe for each standard stream.
 *
 * <p>The pipes are bounded, so a program that writes waits until its output is read. Read both outputs while it runs, or close
 * the one that you do not need. A program that reads to the end of its input ends only when {@link #stdin()} is
 * closed.
 */
public final class Running implements AutoCloseable {
    private final Pipe in = new Pipe();
    private final Pipe out = new Pipe();
    private final Pipe err = new Pipe();
    private final OutputStream stdin = in.sink();
    private final InputStream stdout = out.source();
    private final InputStream stderr = err.source();
    private final Thread thread;

    /** The exit code or the failure, complete once the pipes are closed. Callers only get copies. */
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    private Running(Invocation invocation, String name) {
        InputStream source = in.source();
        OutputStream sink = out.sink();
        OutputStream errors = err.sink();
        WasiCtx ctx = invocation.context(Input.stream(source), Output.stream(sink), Output.stream(errors));
        thread = new Thread(() -> run(invocation, ctx, List.of(source, sink, errors)), "airlock " + name);
        thread.setDaemon(true);
    }

    static Running start(Invocation invocation, String name) {
        var running = new Running(invocation, name);
        running.thread.start();
        return running;
    }

    private void run(Invocation invocation, WasiCtx ctx, List<Closeable> ends) {
        try {
            int exitCode;
            try {
                exitCode = invocation.run(ctx);
            } finally {
                ends.forEach(Running::close);
            }
            exit.complete(exitCode);
        } catch (Throwable e) {
            exit.completeExceptionally(e);
        }
    }

    /**
     * Returns the stream from which the program reads its standard input. Closing it ends the input.
     *
     * @return the stream to write to
     */
    public OutputStream stdin() {
        return stdin;
    }

    /**
     * Returns the standard output of the program, which ends when the program has ended.
     *
     * @return the stream to read from
     */
    public InputStream stdout() {
        return stdout;
    }

    /**
     * Returns the standard error of the program, which ends when the program has ended.
     *
     * @return the stream to read from
     */
    public InputStream stderr() {
        return stderr;
    }

    /**
     * Returns whether the program is still running.
     *
     * @return true until the program has ended
     */
    public boolean isAlive() {
        return !exit.isDone();
    }

    /**
     * Waits until the program has ended.
     *
     * @return the exit code
     * @throws InterruptedException if the current thread is interrupted while it waits; the program goes on
     * @throws dev.airlock.error.Trap if the program trapped; in general, whatever {@link Invocation#run()} threw in the program's thread
     */
    public int join() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /**
     * Waits until the program has ended, or until the time is over. In the second case the program goes on; {@link #close()}
     * ends it.
     *
     * @param longest how long to wait; zero or less to return at once; more than 292 years count as 292
     * @return the exit code; empty if the program still runs
     * @throws InterruptedException if the current thread is interrupted while it waits; the program goes on
     * @throws dev.airlock.error.Trap if the program trapped; in general, whatever {@link Invocation#run()} threw in the program's thread
     */
    public OptionalInt join(Duration longest) throws InterruptedException {
        try {
            return OptionalInt.of(exit.get(TimeUnit.NANOSECONDS.convert(longest), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * Returns a future of the program's exit code, which fails with the exception that {@link #join()} would throw. Each call
     * returns a new one. Completing or cancelling it has no effect on the program.
     *
     * <p>Dependent stages run in the program's thread, after the program's pipes have been closed, unless they were added by one of
     * the {@code …Async} methods, or after the end.
     *
     * @return the new future
     */
    public CompletableFuture<Integer> onExit() {
        return exit.copy();
    }

    private static RuntimeException failure(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new UndeclaredThrowableException(cause);
    }

    /**
     * Ends the program if it still runs: closes its pipes, interrupts its thread, and waits for its end. A call in the program's
     * thread, such as from a host function, does not wait.
     */
    @Override
    public void close() {
        close(stdin);
        close(stdout);
        close(stderr);
        boolean interrupted = false;
        while (isAlive()) {
            thread.interrupt();
            if (thread == Thread.currentThread()) {
                return;
            }
            try {
                thread.join(100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a pipe of the program could not be closed", e);
        }
    }
}

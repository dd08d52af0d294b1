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
 * A program that runs in a thread of its own, with a live pipe for each standard stream.
 *
 * <p>The pipes are bounded, so a program waits while what it writes is not read: read both outputs while it runs, or
 * close the one that is not wanted. A program that reads to the end of its input ends only when {@link #stdin()} is
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

    /** The exit code, or what the program failed with; completed once the pipes are closed. Never handed out itself. */
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
     * What is written here the program reads; to close it is the end of its input.
     *
     * @return what is written here the program reads
     */
    public OutputStream stdin() {
        return stdin;
    }

    /**
     * What the program writes; ends when it has ended.
     *
     * @return what the program writes
     */
    public InputStream stdout() {
        return stdout;
    }

    /**
     * What the program writes to standard error; ends when it has ended.
     *
     * @return what the program writes to standard error
     */
    public InputStream stderr() {
        return stderr;
    }

    /**
     * Returns whether the program has not ended yet.
     *
     * @return whether the program has not ended yet
     */
    public boolean isAlive() {
        return !exit.isDone();
    }

    /**
     * Waits until the program has ended.
     *
     * @return its exit code
     * @throws InterruptedException if this thread is interrupted while it waits; the program goes on
     * @throws dev.airlock.error.Trap and what else {@link Invocation#run()} throws, from the program's thread
     */
    public int join() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /**
     * Waits until the program has ended, or until the time is over. The program goes on in that case: {@link #close()} ends
     * it.
     *
     * @param longest how long to wait; zero or less to look without waiting, and what is over 292 years counts as these
     * @return its exit code, or nothing if it runs still
     * @throws InterruptedException if this thread is interrupted while it waits; the program goes on
     * @throws dev.airlock.error.Trap and what else {@link Invocation#run()} throws, from the program's thread
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
     * Returns a future of the program's exit code, which fails with what {@link #join()} would throw. Each call returns a
     * new one. To complete or cancel it has no effect on the program.
     *
     * <p>What depends on it runs in the program's thread, after the program's pipes have been closed, unless it was added by
     * one of the {@code …Async} methods, or after the end.
     *
     * @return a future of the program's exit code
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
     * Ends the program if it has not ended: closes its pipes, interrupts its thread, and waits for its end. A call from the
     * program's own thread, as from a host function, does not wait.
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
            throw new UncheckedIOException("the end of a pipe does not close", e);
        }
    }
}

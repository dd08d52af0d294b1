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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs in a thread of its own, with a live pipe for each standard stream.
 *
 * <p>The pipes are bounded, so a program waits when nobody reads what it writes: read both outputs while it runs, or
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

    // Written by the program's thread before it ends, read after it has ended.
    private int exitCode;
    private @Nullable Throwable failure;

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
            exitCode = invocation.run(ctx);
        } catch (Throwable e) {
            failure = e;
        } finally {
            ends.forEach(Running::close);
        }
    }

    /** What is written here the program reads; to close it is the end of its input. */
    public OutputStream stdin() {
        return stdin;
    }

    /** What the program writes; ends when it has ended. */
    public InputStream stdout() {
        return stdout;
    }

    /** What the program writes to standard error; ends when it has ended. */
    public InputStream stderr() {
        return stderr;
    }

    /** Whether it has not ended yet. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /**
     * Waits for its end.
     *
     * @return its exit code
     * @throws InterruptedException if this thread is interrupted while it waits; the program goes on
     * @throws dev.airlock.error.Trap and what else {@link Invocation#run()} throws, from the program's thread
     */
    public int join() throws InterruptedException {
        thread.join();
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return exitCode;
    }

    /** Ends it, if it has not ended: its pipes are closed, its thread is interrupted, and its end is waited for. */
    @Override
    public void close() {
        close(stdin);
        close(stdout);
        close(stderr);
        boolean interrupted = false;
        while (thread.isAlive()) {
            thread.interrupt();
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

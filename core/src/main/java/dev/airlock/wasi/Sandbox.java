package dev.airlock.wasi;

import dev.airlock.limit.Limits;
import dev.airlock.wasi.files.Directory;
import dev.airlock.wasi.io.ChannelSelector;
import dev.airlock.wasi.io.ListeningSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The opened resources of one instance, for the implementations of WASI versions. Closing it closes streams and
 * folders. An implementation first closes what it opened itself.
 */
public final class Sandbox implements AutoCloseable {
    private final WasiCtx ctx;
    private final List<String> args;
    private final Closing opened;
    private final SourceStream stdin;
    private final OutputStream stdout;
    private final OutputStream stderr;
    private final List<Folder> folders;
    private final List<ListeningSocket> listeners;
    private @Nullable RandomGenerator random;
    private boolean isTimed;

    /**
     * A folder, and its name for the guest.
     *
     * @param name the path by which the guest sees the folder
     * @param directory the opened folder
     */
    public record Folder(String name, Directory directory) {}

    private Sandbox(WasiCtx ctx, String guest, Limits limits, Closing opening) throws IOException {
        this.ctx = ctx;
        this.args = ctx.args(guest);
        SourceStream source = opening.add(ctx.stdin().open());
        isTimed = limits.timeout() != null;
        stdin = SourceStream.interruptible(source, this::isTimed);
        stdout = opening.add(LimitedStream.of(ctx.stdout().open(), "bytes on stdout", limits));
        stderr = opening.add(LimitedStream.of(ctx.stderr().open(), "bytes on stderr", limits));
        folders = new ArrayList<>();
        for (WasiCtx.Preopen preopen : ctx.preopens()) {
            Folder folder = open(preopen);
            folders.add(folder);
            opening.add(folder.directory()::close);
        }
        var selector = opening.add(new ChannelSelector());
        listeners = new ArrayList<>();
        for (ServerSocketChannel listener : ctx.listeners()) {
            listeners.add(new ListeningSocket(listener, selector));
        }
        opened = opening.release();
    }

    /**
     * Opens what a context gives to a guest.
     *
     * @param ctx what the guest may reach
     * @param guest the name of the guest's module, which is its first argument unless the context has another
     * @param limits bound the bytes on standard output and standard error
     * @return the caller closes it
     * @throws IllegalArgumentException if a folder does not exist
     * @throws UncheckedIOException if something cannot be opened
     */
    public static Sandbox open(WasiCtx ctx, String guest, Limits limits) {
        try (var opening = new Closing()) {
            return new Sandbox(ctx, guest, limits, opening);
        } catch (IOException e) {
            throw new UncheckedIOException("a standard stream of the guest cannot be opened", e);
        }
    }

    private static Folder open(WasiCtx.Preopen preopen) {
        if (!Files.isDirectory(preopen.host())) {
            throw new IllegalArgumentException("cannot give the folder " + preopen.guest()
                    + " to the guest: there is no folder " + preopen.host());
        }
        try {
            return new Folder(
                    preopen.guest(),
                    Directory.preopen(preopen.host(), preopen.rules().bounds()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give the folder " + preopen.guest() + " to the guest", e);
        }
    }

    /** {@return the guest's arguments, its own name first} */
    public List<String> args() {
        return args;
    }

    /** {@return the guest's environment} */
    public Map<String, String> env() {
        return ctx.env();
    }

    /** {@return the guest's standard input} */
    public SourceStream stdin() {
        return stdin;
    }

    /** {@return the guest's standard output, with its limit} */
    public OutputStream stdout() {
        return stdout;
    }

    /** {@return the guest's standard error, with its limit} */
    public OutputStream stderr() {
        return stderr;
    }

    private boolean isTimed() {
        return isTimed;
    }

    /**
     * Sets whether the current call of the guest may be interrupted. If it may, an interrupt also ends a wait for
     * standard input.
     *
     * @param timed whether the call has a time limit
     */
    public void isTimed(boolean timed) {
        isTimed = timed;
    }

    /** {@return whether standard input is a terminal} */
    public boolean stdinIsTerminal() {
        return ctx.stdin().inherited() && Terminal.isAttached();
    }

    /** {@return whether standard output is a terminal} */
    public boolean stdoutIsTerminal() {
        return ctx.stdout().inherited() && Terminal.isAttached();
    }

    /** {@return whether standard error is a terminal} */
    public boolean stderrIsTerminal() {
        return ctx.stderr().inherited() && Terminal.isAttached();
    }

    /** {@return the folders of the guest, in the order in which they were given} */
    public List<Folder> folders() {
        return folders;
    }

    /** {@return the listening sockets, which the host closes} */
    public List<ListeningSocket> listeners() {
        return listeners;
    }

    /** {@return the most descriptors that the instance may have open} */
    public int maxDescriptors() {
        return ctx.maxDescriptors();
    }

    /** {@return the clocks of the guest} */
    public WasiClocks clocks() {
        return ctx.clocks();
    }

    /**
     * Returns the source of the guest's randomness. Created at the first call, since creating a secure one takes longer
     * than many a program runs.
     *
     * @return the same source for each call
     */
    public RandomGenerator random() {
        if (random == null) {
            random = ctx.random().get();
        }
        return random;
    }

    @Override
    public void close() {
        try {
            opened.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a stream of the guest cannot be closed", e);
        }
    }
}

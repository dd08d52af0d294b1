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
 * What one instance can reach, opened: for the doors of WASI. Closing it closes its streams and folders; what the doors
 * opened beyond is theirs to close, before.
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

    /** A folder, and the name that the guest sees it by. */
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
     * Opens what a guest was given.
     *
     * @param guest the name of the guest's module, which is its first argument unless the context has another
     * @throws IllegalArgumentException if a folder is not there
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

    /** The guest's arguments, its own name first. */
    public List<String> args() {
        return args;
    }

    public Map<String, String> env() {
        return ctx.env();
    }

    public SourceStream stdin() {
        return stdin;
    }

    public OutputStream stdout() {
        return stdout;
    }

    public OutputStream stderr() {
        return stderr;
    }

    private boolean isTimed() {
        return isTimed;
    }

    /** Says whether the call that the guest is in may be interrupted: then to wait for standard input heeds that. */
    public void isTimed(boolean timed) {
        isTimed = timed;
    }

    public boolean stdinIsTerminal() {
        return ctx.stdin().inherited() && Terminal.isAttached();
    }

    public boolean stdoutIsTerminal() {
        return ctx.stdout().inherited() && Terminal.isAttached();
    }

    public boolean stderrIsTerminal() {
        return ctx.stderr().inherited() && Terminal.isAttached();
    }

    public List<Folder> folders() {
        return folders;
    }

    /** Returns the listening sockets, which the host closes. */
    public List<ListeningSocket> listeners() {
        return listeners;
    }

    public int maxDescriptors() {
        return ctx.maxDescriptors();
    }

    public WasiClocks clocks() {
        return ctx.clocks();
    }

    /** Made when it is first asked for, since to make a secure one takes longer than many a program. */
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
            throw new UncheckedIOException("a stream of the guest does not close", e);
        }
    }
}

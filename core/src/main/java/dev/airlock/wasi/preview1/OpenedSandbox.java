package dev.airlock.wasi.preview1;

import dev.airlock.limit.Limits;
import dev.airlock.wasi.Sandbox;
import dev.airlock.wasi.WasiCtx;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What the functions of one instance work on, from when it is opened until it is closed. */
final class OpenedSandbox {
    private final Sandbox sandbox;
    private final ChannelWaiting waiting = new ChannelWaiting();
    final Descriptors descriptors;
    final ProcessFunctions process;
    final FdFunctions fds;
    final PathFunctions paths;
    final PollFunction poll;
    final SocketFunctions sockets;

    private OpenedSandbox(Sandbox sandbox, GuestMemory memory) throws Refusal {
        this.sandbox = sandbox;
        descriptors = new Descriptors(sandbox.maxDescriptors());
        descriptors.add(new InputDescriptor(sandbox.stdin(), sandbox.stdinIsTerminal()));
        descriptors.add(new OutputDescriptor(sandbox.stdout(), sandbox.stdoutIsTerminal()));
        descriptors.add(new OutputDescriptor(sandbox.stderr(), sandbox.stderrIsTerminal()));
        for (Sandbox.Folder folder : sandbox.folders()) {
            descriptors.add(new DirectoryDescriptor(
                    folder.directory(),
                    folder.name(),
                    Rights.OF_DIRECTORIES,
                    Rights.OF_DIRECTORIES | Rights.OF_FILES,
                    0));
        }
        for (var listener : sandbox.listeners()) {
            descriptors.add(new ListenerDescriptor(listener, waiting));
        }
        descriptors.areGiven();
        var times = new FileTimes(sandbox.clocks());
        process = new ProcessFunctions(sandbox, memory);
        fds = new FdFunctions(descriptors, memory, times);
        paths = new PathFunctions(descriptors, memory, times, fds);
        poll = new PollFunction(descriptors, memory, process);
        sockets = new SocketFunctions(descriptors, memory, fds);
    }

    /** @throws IllegalArgumentException if a guest is given more descriptors than it may have */
    static OpenedSandbox open(WasiCtx ctx, Limits limits, GuestMemory memory) {
        Sandbox sandbox = Sandbox.open(ctx, limits);
        try {
            return new OpenedSandbox(sandbox, memory);
        } catch (Refusal e) {
            sandbox.close();
            throw new IllegalArgumentException(
                    "the guest is given more than the " + sandbox.maxDescriptors() + " descriptors that it may have");
        }
    }

    void close() {
        try (sandbox;
                waiting) {
            descriptors.closeAll();
        } catch (IOException e) {
            throw new UncheckedIOException("a selector does not close", e);
        }
    }
}

package dev.airlock.wasi.preview1;

import dev.airlock.engine.HostCall;
import dev.airlock.engine.HostModule;
import dev.airlock.wasi.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The functions of one instance, by their names. */
final class Preview1Module implements HostModule {
    static final String PREVIEW1 = "wasi_snapshot_preview1";

    /** What preview 1 was before it was so called: the same but for three layouts and a numbering. */
    static final String UNSTABLE = "wasi_unstable";

    private final Sandbox sandbox;
    private final GuestMemory memory = new GuestMemory();
    private final ChannelWaiting waiting = new ChannelWaiting();
    private final Descriptors descriptors;
    private final ProcessFunctions process;
    private final FdFunctions fds;
    private final PathFunctions paths;
    private final PollFunction poll;
    private final SocketFunctions sockets;

    Preview1Module(Sandbox sandbox) throws Refusal {
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
        var times = new FileTimes(sandbox.clocks());
        process = new ProcessFunctions(sandbox, memory);
        fds = new FdFunctions(descriptors, memory, times);
        paths = new PathFunctions(descriptors, memory, times, fds);
        poll = new PollFunction(descriptors, memory, process);
        sockets = new SocketFunctions(descriptors, memory, fds);
    }

    @Override
    public @Nullable Function function(String module, String name) {
        Call call = Call.byName().get(name);
        boolean unstable = module.equals(UNSTABLE);
        if (call == null || (unstable && call == Call.SOCK_ACCEPT)) {
            return null;
        }
        return new Function(call.type(), answering(body(call, unstable)), new CallText(call));
    }

    @Override
    public Collection<String> names(String module) {
        return Call.byName().keySet();
    }

    private interface Body {
        void run(long[] args) throws Refusal;
    }

    private HostCall answering(Body body) {
        return (caller, args) -> {
            memory.of(caller);
            try {
                body.run(args);
                return Errno.ESUCCESS.result();
            } catch (Refusal refusal) {
                return refusal.errno().result();
            }
        };
    }

    /** Each lambda is made when its function is first asked for: no guest asks for all. */
    private Body body(Call call, boolean unstable) {
        return switch (call) {
            case ARGS_GET -> a -> process.argsGet((int) a[0], (int) a[1]);
            case ARGS_SIZES_GET -> a -> process.argsSizesGet((int) a[0], (int) a[1]);
            case ENVIRON_GET -> a -> process.environGet((int) a[0], (int) a[1]);
            case ENVIRON_SIZES_GET -> a -> process.environSizesGet((int) a[0], (int) a[1]);
            case CLOCK_RES_GET -> a -> process.clockResGet((int) a[0], (int) a[1]);
            case CLOCK_TIME_GET -> a -> process.clockTimeGet((int) a[0], (int) a[2]);
            case FD_ADVISE -> a -> fds.advise((int) a[0], a[1], a[2], (int) a[3]);
            case FD_ALLOCATE -> a -> fds.allocate((int) a[0], a[1], a[2]);
            case FD_CLOSE -> a -> fds.close((int) a[0]);
            case FD_DATASYNC -> a -> fds.datasync((int) a[0]);
            case FD_FDSTAT_GET -> a -> fds.fdstatGet((int) a[0], (int) a[1]);
            case FD_FDSTAT_SET_FLAGS -> a -> fds.fdstatSetFlags((int) a[0], (int) a[1]);
            case FD_FDSTAT_SET_RIGHTS -> a -> fds.fdstatSetRights((int) a[0], a[1], a[2]);
            case FD_FILESTAT_GET -> a -> fds.filestatGet((int) a[0], (int) a[1], unstable);
            case FD_FILESTAT_SET_SIZE -> a -> fds.filestatSetSize((int) a[0], a[1]);
            case FD_FILESTAT_SET_TIMES -> a -> fds.filestatSetTimes((int) a[0], a[1], a[2], (int) a[3]);
            case FD_PREAD -> a -> fds.pread((int) a[0], (int) a[1], (int) a[2], a[3], (int) a[4]);
            case FD_PRESTAT_GET -> a -> fds.prestatGet((int) a[0], (int) a[1]);
            case FD_PRESTAT_DIR_NAME -> a -> fds.prestatDirName((int) a[0], (int) a[1], (int) a[2]);
            case FD_PWRITE -> a -> fds.pwrite((int) a[0], (int) a[1], (int) a[2], a[3], (int) a[4]);
            case FD_READ -> a -> fds.read((int) a[0], (int) a[1], (int) a[2], (int) a[3]);
            case FD_READDIR -> a -> fds.readdir((int) a[0], (int) a[1], (int) a[2], a[3], (int) a[4]);
            case FD_RENUMBER -> a -> fds.renumber((int) a[0], (int) a[1]);
            case FD_SEEK -> a -> fds.seek((int) a[0], a[1], (int) a[2], (int) a[3], unstable);
            case FD_SYNC -> a -> fds.sync((int) a[0]);
            case FD_TELL -> a -> fds.tell((int) a[0], (int) a[1]);
            case FD_WRITE -> a -> fds.write((int) a[0], (int) a[1], (int) a[2], (int) a[3]);
            case PATH_CREATE_DIRECTORY -> a -> paths.createDirectory((int) a[0], (int) a[1], (int) a[2]);
            case PATH_FILESTAT_GET ->
                a -> paths.filestatGet((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], unstable);
            case PATH_FILESTAT_SET_TIMES ->
                a -> paths.filestatSetTimes((int) a[0], (int) a[1], (int) a[2], (int) a[3], a[4], a[5], (int) a[6]);
            case PATH_LINK ->
                a -> paths.link((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5], (int) a[6]);
            case PATH_OPEN ->
                a -> paths.open(
                        (int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], a[5], (int) a[7], (int) a[8]);
            case PATH_READLINK ->
                a -> paths.readlink((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5]);
            case PATH_REMOVE_DIRECTORY -> a -> paths.removeDirectory((int) a[0], (int) a[1], (int) a[2]);
            case PATH_RENAME ->
                a -> paths.rename((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5]);
            case PATH_SYMLINK -> a -> paths.symlink((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4]);
            case PATH_UNLINK_FILE -> a -> paths.unlinkFile((int) a[0], (int) a[1], (int) a[2]);
            case POLL_ONEOFF -> a -> poll.poll((int) a[0], (int) a[1], (int) a[2], (int) a[3], unstable);
            case PROC_EXIT -> a -> process.procExit((int) a[0]);
            case PROC_RAISE -> a -> process.procRaise((int) a[0]);
            case SCHED_YIELD -> a -> process.schedYield();
            case RANDOM_GET -> a -> process.randomGet((int) a[0], (int) a[1]);
            case SOCK_ACCEPT -> a -> sockets.accept((int) a[0], (int) a[1], (int) a[2]);
            case SOCK_RECV -> a -> sockets.recv((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5]);
            case SOCK_SEND -> a -> sockets.send((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4]);
            case SOCK_SHUTDOWN -> a -> sockets.shutdown((int) a[0], (int) a[1]);
        };
    }

    @Override
    public void close() {
        try (sandbox;
                waiting) {
            descriptors.closeAll();
        } catch (IOException e) {
            throw new UncheckedIOException("a selector does not close", e);
        }
    }
}

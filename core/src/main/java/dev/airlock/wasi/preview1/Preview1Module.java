package dev.airlock.wasi.preview1;

import dev.airlock.engine.HostCall;
import dev.airlock.engine.HostModule;
import dev.airlock.limit.Limits;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.files.FileException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions of one instance, by name. A reset of the instance opens their state again. */
final class Preview1Module implements HostModule {
    static final String PREVIEW1 = "wasi_snapshot_preview1";

    /** The module's name before preview 1 had its name. It differs in three layouts and one numbering. */
    static final String UNSTABLE = "wasi_unstable";

    /** The functions that leave nothing behind that a later call could find. */
    private static final Set<Call> HARMLESS = EnumSet.of(
            Call.ARGS_GET,
            Call.ARGS_SIZES_GET,
            Call.ENVIRON_GET,
            Call.ENVIRON_SIZES_GET,
            Call.CLOCK_RES_GET,
            Call.CLOCK_TIME_GET,
            Call.FD_FDSTAT_GET,
            Call.FD_FILESTAT_GET,
            Call.FD_PRESTAT_GET,
            Call.FD_PRESTAT_DIR_NAME,
            Call.PROC_EXIT,
            Call.PROC_RAISE,
            Call.SCHED_YIELD);

    private final WasiCtx ctx;
    private final String guest;
    private final Limits limits;
    private final GuestMemory memory = new GuestMemory();
    private final Holdings holdings;
    private OpenedSandbox opened;
    private boolean isUsed;

    Preview1Module(WasiCtx ctx, String guest, Limits limits) {
        this.guest = guest;
        this.limits = limits;
        this.ctx = ctx;
        this.holdings = new Holdings(OpenDescriptors.open(ctx, guest, limits));
        this.opened = new OpenedSandbox(holdings.open, memory);
    }

    /** The current open resources, which a reset replaces. */
    private static final class Holdings implements AutoCloseable {
        private OpenDescriptors open;

        Holdings(OpenDescriptors open) {
            this.open = open;
        }

        @Override
        public void close() {
            open.close();
        }
    }

    @Override
    public @Nullable Function function(String module, String name) {
        Call call = Call.byName().get(name);
        boolean unstable = module.equals(UNSTABLE);
        if (call == null || (unstable && call == Call.SOCK_ACCEPT)) {
            return null;
        }
        return new Function(call.type(), answering(call, body(call, unstable)), new CallDescription(call));
    }

    @Override
    public Collection<String> names(String module) {
        return Call.byName().keySet();
    }

    private interface Body {
        void run(OpenedSandbox opened, long[] args) throws Refusal, FileException;
    }

    private HostCall answering(Call call, Body body) {
        boolean uses = !HARMLESS.contains(call);
        return (caller, args) -> {
            memory.of(caller);
            isUsed |= uses;
            if (uses) {
                holdings.open.sandbox.isTimed(HostModule.isTimed(caller));
            }
            try {
                body.run(opened, args);
                return Errno.ESUCCESS.result();
            } catch (Refusal refusal) {
                return refusal.errno().result();
            } catch (FileException e) {
                return HostFailures.of(e).errno().result();
            }
        };
    }

    /** Each lambda is created when its function is first asked for: no guest imports all functions. */
    private static Body body(Call call, boolean unstable) {
        return switch (call) {
            case ARGS_GET -> (o, a) -> o.process.argsGet((int) a[0], (int) a[1]);
            case ARGS_SIZES_GET -> (o, a) -> o.process.argsSizesGet((int) a[0], (int) a[1]);
            case ENVIRON_GET -> (o, a) -> o.process.environGet((int) a[0], (int) a[1]);
            case ENVIRON_SIZES_GET -> (o, a) -> o.process.environSizesGet((int) a[0], (int) a[1]);
            case CLOCK_RES_GET -> (o, a) -> o.process.clockResGet((int) a[0], (int) a[1]);
            case CLOCK_TIME_GET -> (o, a) -> o.process.clockTimeGet((int) a[0], (int) a[2]);
            case FD_ADVISE -> (o, a) -> o.fds.advise((int) a[0], a[1], a[2], (int) a[3]);
            case FD_ALLOCATE -> (o, a) -> o.fds.allocate((int) a[0], a[1], a[2]);
            case FD_CLOSE -> (o, a) -> o.fds.close((int) a[0]);
            case FD_DATASYNC -> (o, a) -> o.fds.datasync((int) a[0]);
            case FD_FDSTAT_GET -> (o, a) -> o.fds.fdstatGet((int) a[0], (int) a[1]);
            case FD_FDSTAT_SET_FLAGS -> (o, a) -> o.fds.fdstatSetFlags((int) a[0], (int) a[1]);
            case FD_FDSTAT_SET_RIGHTS -> (o, a) -> o.fds.fdstatSetRights((int) a[0], a[1], a[2]);
            case FD_FILESTAT_GET -> (o, a) -> o.fds.filestatGet((int) a[0], (int) a[1], unstable);
            case FD_FILESTAT_SET_SIZE -> (o, a) -> o.fds.filestatSetSize((int) a[0], a[1]);
            case FD_FILESTAT_SET_TIMES -> (o, a) -> o.fds.filestatSetTimes((int) a[0], a[1], a[2], (int) a[3]);
            case FD_PREAD -> (o, a) -> o.fds.pread((int) a[0], (int) a[1], (int) a[2], a[3], (int) a[4]);
            case FD_PRESTAT_GET -> (o, a) -> o.fds.prestatGet((int) a[0], (int) a[1]);
            case FD_PRESTAT_DIR_NAME -> (o, a) -> o.fds.prestatDirName((int) a[0], (int) a[1], (int) a[2]);
            case FD_PWRITE -> (o, a) -> o.fds.pwrite((int) a[0], (int) a[1], (int) a[2], a[3], (int) a[4]);
            case FD_READ -> (o, a) -> o.fds.read((int) a[0], (int) a[1], (int) a[2], (int) a[3]);
            case FD_READDIR -> (o, a) -> o.fds.readdir((int) a[0], (int) a[1], (int) a[2], a[3], (int) a[4]);
            case FD_RENUMBER -> (o, a) -> o.fds.renumber((int) a[0], (int) a[1]);
            case FD_SEEK -> (o, a) -> o.fds.seek((int) a[0], a[1], (int) a[2], (int) a[3], unstable);
            case FD_SYNC -> (o, a) -> o.fds.sync((int) a[0]);
            case FD_TELL -> (o, a) -> o.fds.tell((int) a[0], (int) a[1]);
            case FD_WRITE -> (o, a) -> o.fds.write((int) a[0], (int) a[1], (int) a[2], (int) a[3]);
            case PATH_CREATE_DIRECTORY -> (o, a) -> o.paths.createDirectory((int) a[0], (int) a[1], (int) a[2]);
            case PATH_FILESTAT_GET ->
                (o, a) -> o.paths.filestatGet((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], unstable);
            case PATH_FILESTAT_SET_TIMES ->
                (o, a) -> o.paths.filestatSetTimes(
                        (int) a[0], (int) a[1], (int) a[2], (int) a[3], a[4], a[5], (int) a[6]);
            case PATH_LINK ->
                (o, a) -> o.paths.link(
                        (int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5], (int) a[6]);
            case PATH_OPEN ->
                (o, a) -> o.paths.open(
                        (int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], a[5], (int) a[7], (int) a[8]);
            case PATH_READLINK ->
                (o, a) -> o.paths.readlink((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5]);
            case PATH_REMOVE_DIRECTORY -> (o, a) -> o.paths.removeDirectory((int) a[0], (int) a[1], (int) a[2]);
            case PATH_RENAME ->
                (o, a) -> o.paths.rename((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5]);
            case PATH_SYMLINK -> (o, a) -> o.paths.symlink((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4]);
            case PATH_UNLINK_FILE -> (o, a) -> o.paths.unlinkFile((int) a[0], (int) a[1], (int) a[2]);
            case POLL_ONEOFF -> (o, a) -> o.poll.poll((int) a[0], (int) a[1], (int) a[2], (int) a[3], unstable);
            case PROC_EXIT -> (o, a) -> o.process.procExit((int) a[0]);
            case PROC_RAISE -> (o, a) -> o.process.procRaise((int) a[0]);
            case SCHED_YIELD -> (o, a) -> o.process.schedYield();
            case RANDOM_GET -> (o, a) -> o.process.randomGet((int) a[0], (int) a[1]);
            case SOCK_ACCEPT -> (o, a) -> o.sockets.accept((int) a[0], (int) a[1], (int) a[2]);
            case SOCK_RECV ->
                (o, a) -> o.sockets.recv((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5]);
            case SOCK_SEND -> (o, a) -> o.sockets.send((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4]);
            case SOCK_SHUTDOWN -> (o, a) -> o.sockets.shutdown((int) a[0], (int) a[1]);
        };
    }

    @Override
    public @Nullable String heldState() {
        return opened.descriptors.areAsGiven() ? null : "it has opened or closed descriptors of WASI";
    }

    @Override
    public void reset() {
        if (isUsed) {
            holdings.close();
            holdings.open = OpenDescriptors.open(ctx, guest, limits);
            opened = new OpenedSandbox(holdings.open, memory);
            isUsed = false;
        }
    }

    @Override
    public AutoCloseable holdings() {
        return holdings;
    }
}

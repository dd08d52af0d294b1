package dev.airlock.wasi.preview1;

import dev.airlock.error.ExitException;
import dev.airlock.wasi.Sandbox;
import dev.airlock.wasi.io.Interrupts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The functions on the process: arguments, environment, clocks, randomness, exit. */
final class ProcessFunctions {
    private static final int RANDOM_AT_ONCE = 64 << 10;
    private static final int LAST_SIGNAL = 30;

    private final Sandbox sandbox;
    private final GuestMemory memory;

    ProcessFunctions(Sandbox sandbox, GuestMemory memory) {
        this.sandbox = sandbox;
        this.memory = memory;
    }

    private List<byte[]> args() {
        return sandbox.args().stream().map(ProcessFunctions::terminated).toList();
    }

    private List<byte[]> environ() {
        var variables = new ArrayList<byte[]>();
        sandbox.env().forEach((name, value) -> variables.add(terminated(name + '=' + value)));
        return variables;
    }

    private static byte[] terminated(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }

    private static long size(List<byte[]> texts) {
        return texts.stream().mapToLong(text -> text.length).sum();
    }

    void argsGet(int pointers, int buffer) throws Refusal {
        put(args(), pointers, buffer);
    }

    void argsSizesGet(int count, int size) throws Refusal {
        putSizes(args(), count, size);
    }

    void environGet(int pointers, int buffer) throws Refusal {
        put(environ(), pointers, buffer);
    }

    void environSizesGet(int count, int size) throws Refusal {
        putSizes(environ(), count, size);
    }

    private void put(List<byte[]> texts, int pointers, int buffer) throws Refusal {
        memory.check(pointers, 4L * texts.size());
        memory.check(buffer, size(texts));
        int slot = pointers;
        int at = buffer;
        for (byte[] text : texts) {
            memory.putInt(slot, at);
            memory.put(at, text, text.length);
            slot += 4;
            at += text.length;
        }
    }

    private void putSizes(List<byte[]> texts, int count, int size) throws Refusal {
        memory.check(count, 4);
        memory.check(size, 4);
        memory.putInt(count, texts.size());
        memory.putInt(size, (int) size(texts));
    }

    void clockResGet(int clock, int resolution) throws Refusal {
        memory.check(resolution, 8);
        memory.putLong(
                resolution,
                isRealtime(clock)
                        ? sandbox.clocks().wallResolution()
                        : sandbox.clocks().monotonicResolution());
    }

    /** Returns the time. Ignores the requested precision: the host sets the precision of the clocks. */
    void clockTimeGet(int clock, int time) throws Refusal {
        memory.check(time, 8);
        memory.putLong(time, now(clock));
    }

    /**
     * Throws EINVAL for an unknown clock, and for the two clocks of processor time, which would reveal the load of the
     * host.
     */
    long now(int clock) throws Refusal {
        return isRealtime(clock)
                ? sandbox.clocks().wallNanos()
                : sandbox.clocks().monotonicNanos();
    }

    private static boolean isRealtime(int clock) throws Refusal {
        return switch (clock) {
            case 0 -> true;
            case 1 -> false;
            default -> throw Errno.EINVAL.refusal();
        };
    }

    void randomGet(int buffer, int length) throws Refusal {
        memory.checkBuffer(buffer, length);
        RandomGenerator random = sandbox.random();
        byte[] some = new byte[Math.min(length, RANDOM_AT_ONCE)];
        for (int done = 0; done < length; done += some.length) {
            // Gigabytes take long, and nothing else checks for an interrupt.
            if (done > 0 && Thread.currentThread().isInterrupted()) {
                throw Interrupts.trap();
            }
            random.nextBytes(some);
            memory.put(buffer + done, some, Math.min(some.length, length - done));
        }
    }

    void procExit(int code) {
        throw new ExitException(code);
    }

    /** Throws ENOTSUP for a signal, since there is no process to signal, and EINVAL for a number that is not one. */
    void procRaise(int signal) throws Refusal {
        throw (Integer.compareUnsigned(signal, LAST_SIGNAL) > 0 ? Errno.EINVAL : Errno.ENOTSUP).refusal();
    }

    @SuppressWarnings("ThreadPriorityCheck") // the guest asks for it
    void schedYield() {
        Thread.yield();
    }
}

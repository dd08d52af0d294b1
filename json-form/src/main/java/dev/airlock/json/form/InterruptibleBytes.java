package dev.airlock.json.form;

import dev.airlock.error.Trap;
import dev.airlock.payload.PayloadCodec;
import java.io.ByteArrayInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that stop being read when the thread is interrupted. Jackson ignores interrupts and reads some thousand bytes at a
 * time, and the guest decides how many bytes there are.
 */
public final class InterruptibleBytes extends ByteArrayInputStream {
    /** Reading this many bytes or fewer takes too little time to matter to a deadline. */
    private static final int SHORT = 64 << 10;

    public InterruptibleBytes(byte[] bytes) {
        super(bytes);
    }

    /** Returns whether reading these bytes may take so long that it must be interruptible. */
    public static boolean isLong(byte[] bytes) {
        return bytes.length > SHORT;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        PayloadCodec.heedInterrupt();
        return super.read(into, offset, length);
    }

    /** Returns the trap of the interrupt that ended the reading, or null if there was none: Jackson wraps what is thrown. */
    public static @Nullable Trap interruptOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Trap trap) {
                return trap;
            }
        }
        return null;
    }
}

package dev.airlock.json.form;

import dev.airlock.error.Trap;
import dev.airlock.payload.PayloadCodec;
import java.io.ByteArrayInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes whose reading ends at an interrupt. Jackson ignores interrupts, takes some thousand bytes at a time, and a guest
 * decides how many there are to read.
 */
public final class InterruptibleBytes extends ByteArrayInputStream {
    /** Reading up to this many bytes takes no time that a deadline could notice. */
    private static final int SHORT = 64 << 10;

    public InterruptibleBytes(byte[] bytes) {
        super(bytes);
    }

    /** Whether reading so many bytes may take long enough to be interrupted. */
    public static boolean isLong(byte[] bytes) {
        return bytes.length > SHORT;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        PayloadCodec.heedInterrupt();
        return super.read(into, offset, length);
    }

    /** The interrupt that ended the reading, or null if something else did: Jackson wraps whatever is thrown meanwhile. */
    public static @Nullable Trap interruptOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Trap trap) {
                return trap;
            }
        }
        return null;
    }
}

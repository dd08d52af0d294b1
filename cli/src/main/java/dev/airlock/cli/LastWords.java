package dev.airlock.cli;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last lines of what is written, for a hint. */
final class LastWords extends OutputStream {
    private static final int KEPT = 2048;

    private final byte[] ring = new byte[KEPT];
    private long written;

    @Override
    public synchronized void write(int b) {
        ring[(int) (written++ % KEPT)] = (byte) b;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = Math.max(0, length - KEPT); i < length; i++) {
            write(bytes[offset + i]);
        }
    }

    /** Returns the end of the text. Its first character may be incomplete. */
    synchronized String text() {
        int length = (int) Math.min(written, KEPT);
        byte[] end = new byte[length];
        for (int i = 0; i < length; i++) {
            end[i] = ring[(int) ((written - length + i) % KEPT)];
        }
        return new String(end, StandardCharsets.UTF_8);
    }
}

package dev.airlock.memory;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Writes a range of linear memory, and nothing past it. A memory never shrinks, so a range once checked stays one. */
final class RangeOutputStream extends OutputStream {
    private final LinearMemory memory;
    private final int start;
    private final int end;
    private int position;

    RangeOutputStream(LinearMemory memory, int start, int end) {
        this.memory = memory;
        this.start = start;
        this.end = end;
        this.position = start;
    }

    @Override
    public void write(int b) throws IOException {
        require(1);
        memory.bytes()[position++] = (byte) b;
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        require(len);
        System.arraycopy(b, off, memory.bytes(), position, len);
        position += len;
    }

    private void require(int length) throws IOException {
        if (length > end - position) {
            throw new IOException("the range of " + (end - start) + " bytes at offset " + start + " has room for "
                    + (end - position) + " more, not for " + length);
        }
    }
}

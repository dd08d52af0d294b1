package dev.airlock.memory;

import dev.airlock.memory.linear.LinearMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** Reads a range of linear memory. A memory never shrinks, so a range once checked stays one. */
final class RangeInputStream extends InputStream {
    private final LinearMemory memory;
    private final int end;
    private int position;
    private int mark;

    RangeInputStream(LinearMemory memory, int start, int end) {
        this.memory = memory;
        this.position = start;
        this.mark = start;
        this.end = end;
    }

    @Override
    public int read() {
        return position == end ? -1 : memory.bytes()[position++] & 0xFF;
    }

    @Override
    public int read(byte[] b, int off, int len) {
        Objects.checkFromIndexSize(off, len, b.length);
        if (len == 0) {
            return 0;
        }
        if (position == end) {
            return -1;
        }
        int count = Math.min(len, end - position);
        System.arraycopy(memory.bytes(), position, b, off, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long n) {
        int count = (int) Math.max(0, Math.min(n, end - position));
        position += count;
        return count;
    }

    @Override
    public int available() {
        return end - position;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        int count = end - position;
        out.write(memory.bytes(), position, count);
        position = end;
        return count;
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public synchronized void mark(int readLimit) {
        mark = position;
    }

    @Override
    public synchronized void reset() {
        position = mark;
    }
}

package dev.airlock.memory;

import dev.airlock.memory.linear.LinearMemory;
import java.io.IOException;
import java.io.InputStream;
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
        memory.toWrite(position, 1)[position] = (byte) b;
        position++;
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        require(len);
        System.arraycopy(b, off, memory.toWrite(position, len), position, len);
        position += len;
    }

    private void require(int length) throws IOException {
        if (length > end - position) {
            throw new IOException("the range of " + (end - start) + " bytes at offset " + start + " has room for "
                    + (end - position) + " more, not for " + length);
        }
    }

    /** Reads from a stream into a range until either ends, and says how many bytes that were. */
    @SuppressWarnings("ReferenceEquality")
    static int fill(LinearMemory linear, int from, int length, InputStream in) throws IOException {
        int done = 0;
        while (done < length) {
            byte[] target = linear.toWrite(from + done, length - done);
            int count = in.read(target, from + done, length - done);
            if (count < 0) {
                break;
            }
            if (linear.bytes() != target) {
                // Reading ran a guest that grew this memory.
                System.arraycopy(target, from + done, linear.toWrite(from + done, count), from + done, count);
            }
            done += count;
        }
        return done;
    }
}

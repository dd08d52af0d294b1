package dev.airlock.memory.linear;

/** How many bytes went into a memory, and how many came out. Belongs to one thread at a time. */
public final class Traffic {
    private long in;
    private long out;

    /** None yet. */
    public Traffic() {}

    /**
     * Counts bytes that were written.
     *
     * @param bytes the number of bytes
     */
    public void in(long bytes) {
        in += bytes;
    }

    /**
     * Counts bytes that were read.
     *
     * @param bytes the number of bytes
     */
    public void out(long bytes) {
        out += bytes;
    }

    /**
     * Bytes that were written.
     *
     * @return the number of bytes
     */
    public long bytesIn() {
        return in;
    }

    /**
     * Bytes that were read.
     *
     * @return the number of bytes
     */
    public long bytesOut() {
        return out;
    }
}

package dev.airlock.error;

/**
 * The host reached outside a guest's linear memory.
 *
 * <p>The guest doing the same is a {@link Trap} with {@link TrapCode#MEMORY_OUT_OF_BOUNDS}.
 */
public final class MemoryAccessException extends AirlockException {
    private static final long serialVersionUID = 1L;

    /** The offset asked for, unsigned. */
    private final long offset;
    /** The number of bytes asked for. */
    private final long length;
    /** The size of the memory, in bytes. */
    private final long size;

    /**
     * Creates the exception.
     *
     * @param offset the first offset of the access, in bytes, unsigned
     * @param length the number of bytes
     * @param size the size of the memory, in bytes
     */
    public MemoryAccessException(long offset, long length, long size) {
        super("out of bounds: offset " + offset + ", length " + length + ", but the memory has " + size + " bytes");
        this.offset = offset;
        this.length = length;
        this.size = size;
    }

    /** {@return the offset asked for, unsigned, in bytes from the start of linear memory} */
    public long offset() {
        return offset;
    }

    /** {@return how many bytes were asked for, unsigned} */
    public long length() {
        return length;
    }

    /** {@return how many bytes the memory had at that time} */
    public long size() {
        return size;
    }
}

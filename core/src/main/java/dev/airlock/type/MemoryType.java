package dev.airlock.type;

/**
 * The type of a linear memory (core specification, section 2.3.8).
 *
 * @param initialPages its size at the start, in pages of 65,536 bytes
 * @param maximumPages the declared maximum, or {@link #NO_MAXIMUM}
 * @param shared whether threads may share it
 */
public record MemoryType(int initialPages, int maximumPages, boolean shared) implements ExternType {
    /** {@link #maximumPages()} of a memory that declares no maximum: the range of 32-bit offsets. */
    public static final int NO_MAXIMUM = 65_536;

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public String toString() {
        return "memory "
                + initialPages
                + (maximumPages == NO_MAXIMUM ? ".." : ".." + maximumPages)
                + " pages"
                + (shared ? " shared" : "");
    }
}

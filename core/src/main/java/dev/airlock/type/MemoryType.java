package dev.airlock.type;

/**
 * The type of a linear memory (core specification, section 2.3.11).
 *
 * @param initialPages its size at the start, in pages
 * @param maximumPages the declared maximum, in pages, or {@link #NO_MAXIMUM}
 * @param shared whether threads may share it
 * @param is64 whether addresses are i64 instead of i32
 * @param pageBytes the bytes of a page: 65,536, or what the module declares (custom page sizes)
 */
public record MemoryType(long initialPages, long maximumPages, boolean shared, boolean is64, int pageBytes)
        implements ExternType {
    /** {@link #maximumPages()} of a memory that declares no maximum. */
    public static final long NO_MAXIMUM = Long.MAX_VALUE;

    /** {@link #pageBytes()} of a memory that declares none. */
    public static final int PAGE_BYTES = 65_536;

    /**
     * Creates the type of a memory with 32-bit addresses and pages of 65,536 bytes.
     *
     * @param initialPages its size at the start, in pages
     * @param maximumPages the declared maximum, or {@link #NO_MAXIMUM}
     * @param shared whether threads may share it
     */
    public MemoryType(long initialPages, long maximumPages, boolean shared) {
        this(initialPages, maximumPages, shared, false, PAGE_BYTES);
    }

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public String toString() {
        return (is64 ? "memory i64 " : "memory ")
                + initialPages
                + (maximumPages == NO_MAXIMUM ? ".." : ".." + maximumPages)
                + " pages"
                + (pageBytes == PAGE_BYTES ? "" : " of " + pageBytes + (pageBytes == 1 ? " byte" : " bytes"))
                + (shared ? " shared" : "");
    }
}

package dev.airlock.memory.linear;

/**
 * The type of a memory (core specification, section 2.3.13, with the proposals for threads and custom page sizes).
 *
 * @param minimum in pages, unsigned
 * @param maximum in pages, unsigned; {@link #NO_MAXIMUM} if the module declares none
 * @param pageShift the logarithm of the page size: 16 or 0
 */
public record MemoryLimits(long minimum, long maximum, int pageShift, boolean is64, boolean shared) {
    public static final long NO_MAXIMUM = -1;

    /** The logarithm of the usual page size, 64 KiB. */
    public static final int PAGE_SHIFT = 16;

    /** 2 GiB less a page: the most bytes that a Java array is used for. */
    static final long FLAT_BYTES = (1L << 31) - (1 << PAGE_SHIFT);

    /** Returns the maximum, or the largest size of its address type if none is declared; in pages, never negative. */
    public long mostPages() {
        long possible = is64 ? Long.MAX_VALUE >>> pageShift : 1L << 32 - pageShift;
        return Long.compareUnsigned(maximum, possible) > 0 ? possible : maximum;
    }

    /**
     * Returns whether generated code accesses {@link LinearMemory#bytes} itself. Depends on the type alone, and memories that an
     * import of the type matches are checked for it at instantiation.
     */
    public boolean isDirect() {
        return !is64 && !shared && fits(minimum);
    }

    /** Returns whether one array holds the memory. */
    boolean isFlat() {
        return shared || isDirect() || fits(mostPages());
    }

    private boolean fits(long pages) {
        return pages >= 0 && pages <= FLAT_BYTES >>> pageShift;
    }
}

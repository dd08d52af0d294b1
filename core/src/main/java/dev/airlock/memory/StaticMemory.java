package dev.airlock.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a guest's memory where its linker put constants and variables, so that its allocator never gave them out. What
 * lies there must not be freed.
 *
 * <p>Immutable; equal if the ranges are.
 */
public final class StaticMemory {
    /** No such part is known. */
    public static final StaticMemory NONE = new StaticMemory(new long[0], 0);

    /** Starts and ends in turn, rising; a range is from its start to before its end. */
    private final long[] bounds;

    private final int unknown;

    private StaticMemory(long[] bounds, int unknown) {
        this.bounds = bounds;
        this.unknown = unknown;
    }

    /**
     * A range of offsets.
     *
     * @param start in bytes, unsigned
     * @param end behind its last byte
     */
    public record Range(long start, long end) {
        @Override
        public String toString() {
            return start + ".." + end;
        }
    }

    /**
     * Returns the parts that some ranges cover.
     *
     * @param ranges in any order; empty ones count for nothing
     * @param unknown how many parts there are beside them, at places that only an instance knows
     * @return the parts that some ranges cover
     */
    public static StaticMemory of(List<Range> ranges, int unknown) {
        long[] bounds = new long[2 * ranges.size()];
        int count = 0;
        List<Range> rising = ranges.stream()
                .filter(range -> range.start() < range.end())
                .sorted(Comparator.comparingLong(Range::start))
                .toList();
        for (Range range : rising) {
            if (count > 0 && range.start() <= bounds[count - 1]) {
                bounds[count - 1] = Math.max(bounds[count - 1], range.end());
            } else {
                bounds[count++] = range.start();
                bounds[count++] = range.end();
            }
        }
        return count == 0 && unknown == 0 ? NONE : new StaticMemory(Arrays.copyOf(bounds, count), unknown);
    }

    /**
     * Returns these parts and all that is below an offset, unsigned: where the heap starts.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return these parts and all that is below an offset, unsigned
     */
    public StaticMemory below(int offset) {
        var all = new ArrayList<>(ranges());
        all.add(new Range(0, Integer.toUnsignedLong(offset)));
        return of(all, unknown);
    }

    /**
     * Returns whether the byte at an offset, unsigned, is in one of the parts.
     *
     * @param offset the offset in the memory, in bytes, unsigned
     * @return whether the byte at an offset, unsigned, is in one of the parts
     */
    public boolean contains(int offset) {
        long at = Integer.toUnsignedLong(offset);
        // Most of what is asked for is in the heap, which is above.
        if (bounds.length == 0 || at >= bounds[bounds.length - 1]) {
            return false;
        }
        int found = Arrays.binarySearch(bounds, at);
        return found >= 0 ? (found & 1) == 0 : (-found - 1 & 1) == 1;
    }

    /** {@return how many parts there are at places that only an instance knows} */
    public int unknown() {
        return unknown;
    }

    /** {@return the parts at known places, rising} */
    public List<Range> ranges() {
        return IntStream.range(0, bounds.length / 2)
                .mapToObj(i -> new Range(bounds[2 * i], bounds[2 * i + 1]))
                .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StaticMemory memory
                && Arrays.equals(bounds, memory.bounds)
                && unknown == memory.unknown;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds) + unknown;
    }

    /** As in {@code 1024..3472, 4096..4100, and 1 at unknown places}. */
    @Override
    public String toString() {
        String known = bounds.length == 0
                ? "none"
                : ranges().stream().map(Range::toString).collect(Collectors.joining(", "));
        return unknown == 0 ? known : known + ", and " + unknown + " at unknown places";
    }
}

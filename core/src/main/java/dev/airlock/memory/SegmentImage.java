package dev.airlock.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.PassiveDataSegment;

/**
 * Which data segments an instance had left at one moment: the others were dropped. It is found by way of any memory of the
 * instance; one without a memory has no use for its segments. Immutable. Public for the engine alone.
 */
public final class SegmentImage {
    private final DataSegment[] left;

    private SegmentImage(DataSegment[] left) {
        this.left = left;
    }

    /**
     * Of the instance that has this handle on a memory; null if nothing is left, which no instance can change.
     *
     * @param handle stands for the instance
     * @return the new segment image
     */
    public static @Nullable SegmentImage of(LinearMemory handle) {
        DataSegment[] left = handle.segments().left();
        return Arrays.stream(left).allMatch(segment -> segment == PassiveDataSegment.EMPTY)
                ? null
                : new SegmentImage(left);
    }

    /**
     * Gives the instance that has this handle, of the same module, what was left.
     *
     * @param handle stands for the instance
     */
    public void restore(LinearMemory handle) {
        handle.segments().restore(left);
    }
}

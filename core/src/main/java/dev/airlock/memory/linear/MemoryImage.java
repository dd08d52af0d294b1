package dev.airlock.memory.linear;

import dev.airlock.limit.Allowance;

/** What a memory held at one moment: to make memories that start with it, and to take memories back to it. Thread-safe. */
public abstract sealed class MemoryImage permits FlatImage, SegmentedImage {
    /**
     * Returns what a memory holds now.
     *
     * @param memory not shared between threads, which could be writing it
     */
    public static MemoryImage of(LinearMemory memory) {
        return memory instanceof FlatMemory flat ? new FlatImage(flat) : new SegmentedImage((SegmentedMemory) memory);
    }

    /**
     * Returns a memory that holds this, for an instance that is made without active data segments.
     *
     * @param allowance what its bytes are taken from
     * @throws dev.airlock.error.LimitException if the allowance has not so many
     */
    public abstract LinearMemory newMemory(Allowance allowance);

    /** Takes a memory that was made of this image back to it: to this size, these bytes. */
    public abstract void restore(LinearMemory memory);

    /** Takes a memory that was made of this image away from an instance that is done for. */
    public abstract void recycle(LinearMemory memory);
}

package dev.airlock.memory.linear;

import dev.airlock.limit.Allowance;

/** Of a segmented memory: its pieces, which memories made of it share until they write them. */
final class SegmentedImage extends MemoryImage {
    private final MemoryLimits type;
    private final byte[][] pieces;
    private final long size;

    SegmentedImage(SegmentedMemory memory) {
        type = memory.type();
        pieces = memory.capture();
        size = memory.size();
    }

    @Override
    public LinearMemory newMemory(Allowance allowance) {
        allowance.takeMemory(size);
        return new SegmentedMemory(type, pieces, size, allowance);
    }

    @Override
    public void restore(LinearMemory memory) {
        ((SegmentedMemory) memory).restore(pieces, size);
    }

    @Override
    public void recycle(LinearMemory memory) {
        // Code that still has this memory finds it empty.
        ((SegmentedMemory) memory).restore(new byte[0][], 0);
    }
}

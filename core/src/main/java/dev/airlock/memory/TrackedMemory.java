package dev.airlock.memory;

import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.wasm.types.DataSegment;

/**
 * A memory that can go back to its {@link MemoryImage}: it marks what is written.
 *
 * <p>A class of its own, so that memories that never go back pay nothing for it: in code that only ever met one of the two,
 * the JVM inlines the one.
 */
final class TrackedMemory extends LinearMemory {
    private static final long[] NONE = {};

    private final WriteMarks marks;

    /** What it is to be once its instance is there; null for a memory that is made as any other. */
    private final @Nullable MemoryImage start;

    // A copy of what the marks say, as its superclass has them of the extent.
    private long[] words;

    TrackedMemory(Extent extent, WriteMarks marks, @Nullable MemoryImage start) {
        super(extent, start == null);
        this.marks = marks;
        this.start = start;
        this.words = marks.words();
    }

    @Override
    public LinearMemory alias() {
        return new TrackedMemory(extent, marks, null);
    }

    @Override
    void moved() {
        marks.grow(size());
        // An empty memory may be one whose array, with its marks, is another's by now.
        words = size() == 0 ? NONE : marks.words();
        super.moved();
    }

    @Override
    void written(int offset, int length) {
        marks.mark(offset, length);
    }

    /**
     * Before the store: a guest that recurses without end could otherwise have a stack overflow come between the two, and
     * leave something behind.
     */
    private void mark(int addr) {
        int word = addr >>> WriteMarks.WORD_SHIFT;
        int chunk = addr >>> WriteMarks.SHIFT;
        // What is beyond them is beyond the memory, as the store will say.
        if (word < words.length && (words[word] & 1L << chunk) == 0) {
            marks.mark(chunk);
        }
    }

    @Override
    public long changedBytes() {
        return marks.changedBytes();
    }

    WriteMarks marks() {
        return marks;
    }

    @Override
    public void zero() {
        if (start == null) {
            super.zero();
        }
    }

    @Override
    public void initialize(Instance instance, DataSegment @Nullable [] dataSegments, int memoryIndex) {
        if (start == null) {
            super.initialize(instance, dataSegments, memoryIndex);
        } else {
            // The bytes are there already, and which segments are left the image says too.
            super.initialize(instance, start.adopt(dataSegments), memoryIndex);
        }
    }

    @Override
    public void writeByte(int addr, byte data) {
        mark(addr);
        super.writeByte(addr, data);
    }

    @Override
    public void writeShort(int addr, short data) {
        mark(addr);
        super.writeShort(addr, data);
    }

    @Override
    public void writeI32(int addr, int data) {
        mark(addr);
        super.writeI32(addr, data);
    }

    @Override
    public void writeLong(int addr, long data) {
        mark(addr);
        super.writeLong(addr, data);
    }

    @Override
    public void writeF32(int addr, float data) {
        mark(addr);
        super.writeF32(addr, data);
    }

    @Override
    public void writeF64(int addr, double data) {
        mark(addr);
        super.writeF64(addr, data);
    }
}

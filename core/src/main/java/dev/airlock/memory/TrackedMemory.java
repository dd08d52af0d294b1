package dev.airlock.memory;

/**
 * A memory that can go back to its {@link MemoryImage}: it marks what is written.
 *
 * <p>A class of its own, so that memories that never go back pay nothing for it: in code that only ever met one of the two,
 * the JVM inlines the one.
 */
final class TrackedMemory extends LinearMemory {
    private final WriteMarks marks;

    // A copy of what the marks say, as its superclass has them of the extent.
    private long[] words;

    TrackedMemory(Extent extent, WriteMarks marks) {
        // Nothing is to be zeroed when its instance is made: the bytes are there already.
        super(extent, true);
        this.marks = marks;
        this.words = marks.words();
    }

    @Override
    public LinearMemory alias() {
        return new TrackedMemory(extent, marks);
    }

    @Override
    void moved() {
        marks.grow(size());
        words = marks.words();
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

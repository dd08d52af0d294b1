package dev.airlock.memory;

import dev.airlock.limit.Allowance;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a memory held at one moment: to make memories that start with it, and to take memories back to it. Thread-safe. Public
 * for the engine alone.
 *
 * <p>A memory that is given back leaves its array to the next one, since to get a new array from the JVM takes longer than
 * all else about a small instance. It has been put back to the image by then, so nothing of one is seen by another.
 */
public final class MemoryImage {
    /** A grown memory keeps its array when it goes back, unless that is far larger than what it holds then. */
    private static final int BYTES_TO_SPARE = 1 << 20;

    private static final int MOST_SPARES = Runtime.getRuntime().availableProcessors();

    private final byte[] bytes;
    private final int size;
    private final int initialPages;
    private final int maximumPages;
    private final ConcurrentLinkedQueue<Spare> spares = new ConcurrentLinkedQueue<>();
    private final AtomicInteger spareCount = new AtomicInteger();

    /** An array that holds what the image does, and zeros after it: most guests that grew will grow again. */
    private record Spare(byte[] bytes, WriteMarks marks) {}

    /**
     * What a memory holds now.
     *
     * @param memory not shared between threads, which could be writing it
     */
    public MemoryImage(LinearMemory memory) {
        int end = memory.size();
        byte[] source = memory.bytes();
        while (end > 0 && source[end - 1] == 0) {
            end--;
        }
        bytes = Arrays.copyOf(source, end);
        size = memory.size();
        initialPages = memory.initialPages();
        maximumPages = memory.maximumPages();
    }

    /**
     * Returns a memory that holds this, for an instance that is made without active data segments.
     *
     * @param allowance what its bytes are taken from
     * @return a memory that holds this, for an instance that is made without active data segments
     * @throws dev.airlock.error.LimitException if the allowance has not so many
     */
    public LinearMemory newMemory(Allowance allowance) {
        allowance.takeMemory(size);
        Spare spare = spares.poll();
        if (spare == null) {
            byte[] made = Extent.copy(bytes, size);
            if (made == null) {
                throw Extent.heapExhausted(size);
            }
            spare = new Spare(made, new WriteMarks(size));
        } else {
            spareCount.decrementAndGet();
        }
        return new TrackedMemory(new Extent(initialPages, maximumPages, spare.bytes(), size, allowance), spare.marks());
    }

    /**
     * Takes a memory that was made of this image back to it: to this size, these bytes.
     *
     * @param memory the memory
     */
    public void restore(LinearMemory memory) {
        byte[] array = memory.bytes();
        marksOf(memory).restore(array, bytes);
        if (memory.size() != size) {
            memory.extent.shrink(size, keeps(array) ? array : Arrays.copyOf(array, size));
        }
        assert Arrays.equals(memory.bytes(), Arrays.copyOf(bytes, memory.bytes().length))
                : "something was written that is not marked";
    }

    private boolean keeps(byte[] array) {
        return array.length <= 2L * size + BYTES_TO_SPARE;
    }

    /**
     * Takes a memory that was made of this image away from an instance that is done for.
     *
     * @param memory the memory
     */
    public void recycle(LinearMemory memory) {
        WriteMarks marks = marksOf(memory);
        byte[] array = memory.bytes();
        boolean fits = keeps(array) && spareCount.get() < MOST_SPARES;
        if (fits) {
            restore(memory);
        }
        // Code that still has this memory finds it empty.
        WriteMarks left = marks.handOver();
        memory.extent.shrink(0, new byte[0]);
        if (fits) {
            spareCount.incrementAndGet();
            spares.add(new Spare(array, left));
        }
    }

    private static WriteMarks marksOf(LinearMemory memory) {
        if (memory instanceof TrackedMemory tracked) {
            return tracked.marks();
        }
        throw new IllegalArgumentException("it was not made of an image: " + memory);
    }
}

package dev.airlock.memory.linear;

import dev.airlock.limit.Allowance;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Of a flat memory: its bytes. A memory that is given back leaves its array to the next one, since to get a new array from the
 * JVM takes longer than all else about a small instance. It has been put back to the image by then, so nothing of one is seen by
 * another.
 */
final class FlatImage extends MemoryImage {
    /** A grown memory keeps its array when it goes back, unless that is far larger than what it holds then. */
    private static final int BYTES_TO_SPARE = 1 << 20;

    private static final int MOST_SPARES = Runtime.getRuntime().availableProcessors();

    private final byte[] bytes;
    private final int size;
    private final MemoryLimits type;
    private final long maximumPages;
    private final boolean isExact;
    private final ConcurrentLinkedQueue<Spare> spares = new ConcurrentLinkedQueue<>();
    private final AtomicInteger spareCount = new AtomicInteger();

    /** An array that holds what the image does, and zeros after it: most guests that grew will grow again. */
    private record Spare(byte[] bytes, WriteMarks marks) {}

    FlatImage(FlatMemory memory) {
        size = (int) memory.size();
        int end = size;
        byte[] source = memory.bytes;
        while (end > 0 && source[end - 1] == 0) {
            end--;
        }
        bytes = Arrays.copyOf(source, end);
        type = memory.type();
        maximumPages = memory.maximumPages();
        isExact = memory.isExact();
    }

    @Override
    public LinearMemory newMemory(Allowance allowance) {
        allowance.takeMemory(size);
        Spare spare = spares.poll();
        if (spare == null) {
            byte[] made = FlatMemory.copy(bytes, size);
            if (made == null) {
                throw LinearMemory.heapExhausted(size);
            }
            spare = new Spare(made, new WriteMarks(size));
        } else {
            spareCount.decrementAndGet();
        }
        var memory = new FlatMemory(type, maximumPages, spare.bytes(), size, allowance);
        memory.marks = spare.marks();
        if (isExact) {
            memory.keepExact();
        }
        return memory;
    }

    @Override
    public void restore(LinearMemory memory) {
        byte[] array = memory.bytes;
        marksOf(memory).restore(array, bytes);
        if (memory.size() != size) {
            ((FlatMemory) memory).shrink(size, keeps(array) ? array : Arrays.copyOf(array, size));
        }
        assert Arrays.equals(memory.bytes, Arrays.copyOf(bytes, memory.bytes.length))
                : "something was written that is not marked";
    }

    private boolean keeps(byte[] array) {
        return isExact ? array.length == size : array.length <= 2L * size + BYTES_TO_SPARE;
    }

    @Override
    public void recycle(LinearMemory memory) {
        WriteMarks marks = marksOf(memory);
        byte[] array = memory.bytes;
        boolean fits = keeps(array) && spareCount.get() < MOST_SPARES;
        if (fits) {
            restore(memory);
        }
        // Code that still has this memory finds it empty.
        WriteMarks left = marks.handOver();
        ((FlatMemory) memory).shrink(0, LinearMemory.NOTHING);
        if (fits) {
            spareCount.incrementAndGet();
            spares.add(new Spare(array, left));
        }
    }

    private static WriteMarks marksOf(LinearMemory memory) {
        WriteMarks marks = memory.marks;
        if (marks == null) {
            throw new IllegalArgumentException("it was not made of an image: " + memory);
        }
        return marks;
    }
}

package dev.airlock.memory;

import dev.airlock.error.LimitException;
import dev.airlock.limit.Allowance;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How large a memory is and may become, and the array that holds it: what all {@link LinearMemory} handles on the same
 * memory share.
 *
 * <p>The array is longer than the memory in two cases. A shared memory has all it may ever grow to from the start, since
 * other threads must never see the array move. And a memory that has grown often gets half as much again to spare, since
 * to copy it for every page takes quadratic time, and some allocators ask page by page for ever: to grow 1,000 times by a
 * page took 2.6 s with an exact array each time, and takes 0.1 s this way, about the time that zeroing the pages takes.
 */
final class Extent {
    /** Counts what the host reads and writes, through any handle; null if nothing counts. */
    @Nullable
    Traffic traffic;

    static final int PAGE_SIZE = 65_536;

    /** 2 GiB less a page: the most pages whose bytes a Java array can index. */
    static final int PAGES_CAP = 32_767;

    static final int PAGES_OF_32_BITS = 65_536;

    /** Few guests grow more often than this, and the others can bear to have their memory copied so many times. */
    private static final int EXACT_GROWTHS = 16;

    final int initialPages;
    final int maximumPages;
    final boolean shared;
    final Allowance allowance;
    final @Nullable Waiters waiters;
    private final Object @Nullable [] stripes;
    private final List<WeakReference<LinearMemory>> handles = new ArrayList<>(1);
    private byte[] bytes;
    private volatile int size;
    private int growths;

    Extent(int initialPages, int declaredMaximumPages, boolean shared, Allowance allowance) {
        allowance.takeMemory(Integer.toUnsignedLong(initialPages) * PAGE_SIZE);
        if (Integer.compareUnsigned(initialPages, PAGES_CAP) > 0) {
            throw new LimitException(
                    LimitException.Kind.MEMORY,
                    "pages of linear memory (2 GiB less a page, what a Java array holds)",
                    PAGES_CAP,
                    Integer.toUnsignedLong(initialPages));
        }
        if (declaredMaximumPages < initialPages || declaredMaximumPages > PAGES_OF_32_BITS) {
            throw new IllegalArgumentException(
                    "the maximum is " + declaredMaximumPages + " pages, but must be " + initialPages + " to 65536");
        }
        this.initialPages = initialPages;
        this.shared = shared;
        this.allowance = allowance;
        int maximum = Math.min(declaredMaximumPages, PAGES_CAP);
        this.maximumPages = shared ? reserve(maximum) : maximum;
        this.waiters = shared ? new Waiters() : null;
        this.stripes = shared ? newStripes() : null;
        this.size = initialPages * PAGE_SIZE;
        byte[] made = shared ? allocateForGood() : allocate(size);
        if (made == null) {
            throw heapExhausted(size);
        }
        this.bytes = made;
    }

    /**
     * One that starts with these bytes, and may be taken back to a size that it had.
     *
     * @param size how many of them are the memory; those after it are zero
     */
    Extent(int initialPages, int maximumPages, byte[] bytes, int size, Allowance allowance) {
        this.initialPages = initialPages;
        this.maximumPages = maximumPages;
        this.shared = false;
        this.allowance = allowance;
        this.waiters = null;
        this.stripes = null;
        this.size = size;
        this.bytes = bytes;
    }

    /** Back to a size, and to an array that is at least as long. */
    void shrink(int newSize, byte[] array) {
        allowance.returnMemory(size - newSize);
        bytes = array;
        size = newSize;
        growths = 0;
        tellHandles();
    }

    /** What a shared memory may grow to, all of which it takes now: no more than the allowance has. */
    private int reserve(int maximum) {
        long more = Math.min((long) (maximum - initialPages) * PAGE_SIZE, allowance.memoryLeft()) / PAGE_SIZE;
        allowance.takeMemory(more * PAGE_SIZE);
        return initialPages + (int) more;
    }

    private static Object[] newStripes() {
        Object[] stripes = new Object[64];
        Arrays.setAll(stripes, i -> new Object());
        return stripes;
    }

    /**
     * Returns the largest array up to the maximum that the heap has room for: modules declare generous maxima, and a memory may
     * refuse to grow at any time, but must start.
     */
    private byte @Nullable [] allocateForGood() {
        int pages = maximumPages;
        byte[] made = allocate(pages * PAGE_SIZE);
        while (made == null && pages > initialPages) {
            pages = Math.max(initialPages, pages / 2);
            made = allocate(pages * PAGE_SIZE);
        }
        return made;
    }

    /** Returns a new array, or null if the heap has no room for it. */
    private static byte @Nullable [] allocate(int length) {
        return copy(new byte[0], length);
    }

    static byte @Nullable [] copy(byte[] from, int length) {
        // What can never fit is not even tried: a host may run with -XX:+ExitOnOutOfMemoryError.
        if (length > Runtime.getRuntime().maxMemory()) {
            return null;
        }
        try {
            return Arrays.copyOf(from, length);
        } catch (OutOfMemoryError e) {
            // One array of the guest's choosing did not fit. The heap is as it was before, so this is no danger to the
            // host, and a guest must not be able to raise an Error in it.
            return null;
        }
    }

    static LimitException heapExhausted(long asked) {
        return new LimitException("bytes of Java heap", Runtime.getRuntime().maxMemory(), asked);
    }

    /** Why the memory did not grow to so many pages. */
    LimitException refusal(long asked) {
        if (asked > maximumPages) {
            return new LimitException(LimitException.Kind.MEMORY, "pages of linear memory", maximumPages, asked);
        }
        long more = (asked - pages()) * PAGE_SIZE;
        return !shared && more > allowance.memoryLeft()
                ? allowance.memoryRefusal(more)
                : heapExhausted(asked * PAGE_SIZE);
    }

    byte[] bytes() {
        return bytes;
    }

    /** In bytes. Never negative: see {@link #PAGES_CAP}. */
    int size() {
        return size;
    }

    int pages() {
        return size >>> 16;
    }

    /** Returns whether the array is or may be longer than the memory, so that its own bounds check does not suffice. */
    boolean isLoose() {
        return shared || bytes.length != size;
    }

    /** What stands for the bytes at an offset in atomic accesses; null if there is only one thread. */
    @Nullable
    Object stripe(int offset) {
        // Aligned accesses of all widths that touch a byte in common lie in the same eight bytes.
        return stripes == null ? null : stripes[(offset >>> 3) & (stripes.length - 1)];
    }

    void register(LinearMemory handle) {
        if (shared) {
            return;
        }
        handles.removeIf(reference -> reference.get() == null);
        handles.add(new WeakReference<>(handle));
    }

    /**
     * Returns the previous size in pages, or -1 if refused.
     *
     * @throws LimitException if refused, and the guest is to end then
     */
    int grow(int deltaPages) {
        if (!shared) {
            return growBy(deltaPages);
        }
        synchronized (this) {
            return growBy(deltaPages);
        }
    }

    private int growBy(int deltaPages) {
        int before = pages();
        long after = before + Integer.toUnsignedLong(deltaPages);
        if (after > maximumPages) {
            return -1;
        }
        int newSize = (int) after * PAGE_SIZE;
        long more = (long) newSize - size;
        if (!shared && !allowance.growMemory(more)) {
            return -1;
        }
        if (newSize > bytes.length) {
            byte[] larger = shared ? null : enlarged(newSize);
            if (larger == null) {
                allowance.returnMemory(shared ? 0 : more);
                return -1;
            }
            bytes = larger;
        }
        size = newSize;
        tellHandles();
        return before;
    }

    private void tellHandles() {
        for (WeakReference<LinearMemory> reference : handles) {
            LinearMemory handle = reference.get();
            if (handle != null) {
                handle.moved();
            }
        }
    }

    private byte @Nullable [] enlarged(int newSize) {
        growths++;
        if (growths > EXACT_GROWTHS) {
            long roomy = Math.min(bytes.length + (bytes.length >>> 1), (long) maximumPages * PAGE_SIZE);
            roomy = Math.min(roomy, newSize + Math.min(allowance.memoryLeft(), PAGES_CAP * (long) PAGE_SIZE));
            byte[] larger = roomy > newSize ? copy(bytes, (int) roomy) : null;
            if (larger != null) {
                return larger;
            }
        }
        return copy(bytes, newSize);
    }
}

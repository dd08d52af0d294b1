package dev.airlock.pool;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The idle instances of a pool: one slot for each, taken and filled by one compare-and-set. A thread looks at the slot of its
 * thread id first, so it tends to find the instance that it used last, whose memory is still in the cache of its processor.
 */
final class Shelf {
    /** The distance between slots, so that two processors do not contend for one cache line. */
    private static final int SPREAD = 16;

    private final int places;
    private final AtomicReferenceArray<@Nullable Lease> shelf;

    Shelf(int places) {
        this.places = places;
        this.shelf = new AtomicReferenceArray<>(places * SPREAD);
    }

    @SuppressWarnings("deprecation") // threadId() came with Java 19
    private int own() {
        return (int) (Thread.currentThread().getId() % places);
    }

    @Nullable
    Lease take() {
        int place = own();
        for (int i = 0; i < places; i++) {
            Lease there = shelf.get(place * SPREAD);
            if (there != null && shelf.compareAndSet(place * SPREAD, there, null)) {
                return there;
            }
            place = place + 1 == places ? 0 : place + 1;
        }
        return null;
    }

    /** Puts an instance into a free slot. There is one, since each instance of the pool has a slot. */
    void put(Lease lease) {
        int place = own();
        while (shelf.get(place * SPREAD) != null || !shelf.compareAndSet(place * SPREAD, null, lease)) {
            place = place + 1 == places ? 0 : place + 1;
        }
    }

    int count() {
        int count = 0;
        for (int i = 0; i < places; i++) {
            count += shelf.get(i * SPREAD) == null ? 0 : 1;
        }
        return count;
    }
}

package dev.airlock.wasi.preview1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The descriptors of one instance, by number. A new descriptor gets the lowest free number, as in POSIX. */
final class DescriptorTable {
    private final int maximum;
    private @Nullable Descriptor[] open;

    /** The descriptors that the host opened before the guest ran. */
    private @Nullable Descriptor[] given = {};

    /** All numbers below this one are taken. */
    private int lowestFree;

    DescriptorTable(int maximum) {
        this.maximum = maximum;
        this.open = new Descriptor[Math.min(maximum, 8)];
    }

    /** Throws EBADF if nothing is open under this number. */
    Descriptor get(int number) throws Refusal {
        Descriptor found = Integer.compareUnsigned(number, open.length) < 0 ? open[number] : null;
        if (found == null) {
            throw Errno.EBADF.refusal();
        }
        return found;
    }

    /**
     * Returns a directory. Throws EBADF if nothing is open under this number, and {@code otherwise} if it is not a
     * directory: EBADF, or ENOTDIR for the start of a path.
     */
    DirectoryDescriptor directory(int number, Errno otherwise) throws Refusal {
        if (get(number) instanceof DirectoryDescriptor directory) {
            return directory;
        }
        throw otherwise.refusal();
    }

    /** Throws EMFILE if no more may be open. Call it before anything is opened. */
    void needRoom() throws Refusal {
        while (lowestFree < open.length && open[lowestFree] != null) {
            lowestFree++;
        }
        if (lowestFree == maximum) {
            throw Errno.EMFILE.refusal();
        }
    }

    int add(Descriptor descriptor) throws Refusal {
        needRoom();
        if (lowestFree == open.length) {
            open = Arrays.copyOf(open, (int) Math.min(maximum, open.length * 2L));
        }
        open[lowestFree] = descriptor;
        return lowestFree++;
    }

    void close(int number) throws Refusal {
        Descriptor closed = get(number);
        open[number] = null;
        lowestFree = Math.min(lowestFree, number);
        closed.close();
    }

    /** Closes the target and moves the source to its number. Both have to be open. */
    void renumber(int from, int to) throws Refusal {
        Descriptor moved = get(from);
        Descriptor replaced = get(to);
        if (from == to) {
            return;
        }
        open[to] = moved;
        open[from] = null;
        lowestFree = Math.min(lowestFree, from);
        replaced.close();
    }

    /** Records that the host has opened everything that it gives. */
    void areGiven() {
        given = open.clone();
    }

    /** Returns whether each number refers to what the host gave, and no other number is taken. */
    @SuppressWarnings("ReferenceEquality")
    boolean areAsGiven() {
        for (int i = 0; i < open.length; i++) {
            if (open[i] != (i < given.length ? given[i] : null)) {
                return false;
            }
        }
        return true;
    }

    void closeAll() {
        RuntimeException failure = null;
        for (int i = 0; i < open.length; i++) {
            Descriptor closed = open[i];
            open[i] = null;
            try {
                if (closed != null) {
                    closed.close();
                }
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

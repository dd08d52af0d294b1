package dev.airlock.wasi.preview1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The descriptors of one instance, by number. A new one gets the lowest number that is free, as POSIX has it. */
final class Descriptors {
    private final int maximum;
    private @Nullable Descriptor[] open;

    /** What the host opened, before the guest did anything. */
    private @Nullable Descriptor[] given = {};

    /** No number below this one is free. */
    private int lowestFree;

    Descriptors(int maximum) {
        this.maximum = maximum;
        this.open = new Descriptor[Math.min(maximum, 8)];
    }

    /** EBADF if nothing is open under this number. */
    Descriptor get(int number) throws Refusal {
        Descriptor found = Integer.compareUnsigned(number, open.length) < 0 ? open[number] : null;
        if (found == null) {
            throw Errno.EBADF.refusal();
        }
        return found;
    }

    /** The same, and EBADF for what is no directory too, or ENOTDIR where a path is to start at it. */
    DirectoryDescriptor directory(int number, Errno otherwise) throws Refusal {
        if (get(number) instanceof DirectoryDescriptor directory) {
            return directory;
        }
        throw otherwise.refusal();
    }

    /** EMFILE if no more may be open: to be asked before anything is opened. */
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

    /** Closes the target and has the source take its place. Both have to be open. */
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

    /** Says that the host has opened all that it gives. */
    void areGiven() {
        given = open.clone();
    }

    /** Whether under each number is what the host gave, and no more. */
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

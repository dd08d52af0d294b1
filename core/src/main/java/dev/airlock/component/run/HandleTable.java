package dev.airlock.component.run;

import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The table of handles of one component instance (Canonical ABI, "Table State"). Index 0 is never used; the index that was
 * freed last is used next.
 */
final class HandleTable {
    /** The specification allows 2^28 - 1, too many for a host's heap. */
    static final int MAX_HANDLES = 1 << 20;

    private static final int FEW = 8;

    private final InstanceFamily family;
    private @Nullable Object[] entries = new Object[FEW];
    private int[] free = new int[FEW];
    private int freeCount;
    private int length = 1;
    private boolean changed = true;

    /** @param family the family of the instance that owns this table */
    HandleTable(InstanceFamily family) {
        this.family = family;
    }

    /** A handle of a resource. */
    static final class Handle {
        final LinkedResource resource;
        final Object representation;
        /** See {@link LinkedResource#generation}. */
        final long generation;
        /** The call in which a borrowed handle must be dropped; null for an owning handle. */
        final @Nullable CallScope scope;

        int lends;

        // Links of HostObjects.
        @Nullable
        Handle alike;

        @Nullable
        Handle previous;

        @Nullable
        Handle next;

        Handle(LinkedResource resource, Object representation, @Nullable CallScope scope) {
            this.resource = resource;
            this.representation = representation;
            this.scope = scope;
            this.generation = resource.generation();
        }

        boolean owns() {
            return scope == null;
        }

        boolean ownsHostObject() {
            return scope == null && resource.definer() == null;
        }
    }

    /** A waitable set. It is always empty, since async is not supported. */
    static final class WaitableSet {}

    int add(Object entry) {
        int index = place(entry);
        if (entry instanceof Handle handle && handle.ownsHostObject()) {
            family.hostObjects().add(handle);
        }
        return index;
    }

    private int place(Object entry) {
        changed = true;
        if (freeCount > 0) {
            int index = free[--freeCount];
            entries[index] = entry;
            return index;
        }
        if (length > MAX_HANDLES) {
            throw new LimitException("handles in one component instance", MAX_HANDLES, length);
        }
        if (length == entries.length) {
            entries = Arrays.copyOf(entries, 2 * length);
        }
        entries[length] = entry;
        return length++;
    }

    Object get(int index) {
        Object entry = index > 0 && index < length ? entries[index] : null;
        if (entry == null) {
            throw new Trap(
                    TrapCode.BAD_HANDLE, "unknown handle index " + Integer.toUnsignedString(index), List.of(), null);
        }
        return entry;
    }

    void remove(int index) {
        changed = true;
        entries[index] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = index;
    }

    /** Returns the handle of a resource at an index, or traps. */
    Handle get(int index, LinkedResource resource) {
        Object entry = get(index);
        if (entry instanceof Handle handle && handle.resource == resource) {
            // A reset restores the handles of the family's resources too.
            if (handle.generation != resource.generation() && !resource.isOf(family)) {
                throw wrongKind(index, "a handle of " + resource, "one whose instance was reset");
            }
            return handle;
        }
        boolean alike = entry instanceof Handle other && other.resource.name().equals(resource.name());
        throw wrongKind(
                index, "a handle of " + resource, alike ? "one of another resource of the same name" : describe(index));
    }

    /** Describes the entry at an index. */
    String describe(int index) {
        return get(index) instanceof Handle handle ? "a handle of " + handle.resource : "a waitable set";
    }

    WaitableSet getWaitableSet(int index) {
        Object entry = get(index);
        if (entry instanceof WaitableSet set) {
            return set;
        }
        throw wrongKind(index, "a waitable set", describe(index));
    }

    /** Makes the trap for an index with an entry of another kind. */
    static Trap wrongKind(int index, String wanted, String found) {
        return new Trap(
                TrapCode.BAD_HANDLE,
                "handle index " + index + " used as " + wanted + ", but it is " + found,
                List.of(),
                null);
    }

    /**
     * Removes the handle at an index. A host object stays among those that closing the instance drops, until the caller removes
     * it there.
     */
    Handle take(int index, LinkedResource resource) {
        Handle handle = get(index, resource);
        if (handle.lends > 0) {
            throw new Trap(
                    TrapCode.BAD_HANDLE,
                    "cannot remove owned resource while borrowed: " + resource + ", handle index " + index,
                    List.of(),
                    null);
        }
        remove(index);
        return handle;
    }

    /** Counts one more loan of a handle; the call that ends it decrements the count. */
    Handle lend(int index, LinkedResource resource) {
        Handle lender = get(index, resource);
        changed = true;
        lender.lends++;
        return lender;
    }

    /** Removes all owning handles of other families' resources. A restored table has none. */
    void takePassed(List<Handle> taken) {
        if (!changed) {
            return;
        }
        for (int i = 1; i < length; i++) {
            if (entries[i] instanceof Handle handle
                    && handle.owns()
                    && handle.resource.definer() != null
                    && !handle.resource.isOf(family)) {
                entries[i] = null;
                taken.add(handle);
            }
        }
    }

    /**
     * Captures the table, while no call is in its instance.
     *
     * @param owned returns the number of a handle's resource, if it can be restored
     * @throws InstanceStateException thrown by {@code owned} for other handles
     */
    HandleImage capture(ToIntBiFunction<Integer, Handle> owned) {
        @Nullable Object[] held = new Object[length];
        for (int i = 1; i < length; i++) {
            held[i] = entries[i] instanceof Handle handle
                    ? new HandleImage.Owned(owned.applyAsInt(i, handle), (Integer) handle.representation)
                    : entries[i];
        }
        return new HandleImage(held, Arrays.copyOf(free, freeCount));
    }

    /** @param resources the resources by the numbers in the image */
    void restore(HandleImage image, LinkedResource[] resources) {
        if (!changed) {
            return;
        }
        length = image.entries().length;
        entries = Arrays.copyOf(image.entries(), Math.max(length, FEW));
        for (int i = 1; i < length; i++) {
            if (entries[i] instanceof HandleImage.Owned owned) {
                entries[i] = new Handle(resources[owned.resource()], owned.representation(), null);
            }
        }
        freeCount = image.free().length;
        free = Arrays.copyOf(image.free(), Math.max(freeCount, FEW));
        changed = false;
    }
}

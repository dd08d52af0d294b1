package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.LimitException;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.Allowance;
import dev.airlock.memory.linear.GuestTrap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table (core specification, section 4.2.7). A table of functions holds those of its {@link #home} as slots, so that
 * {@code call_indirect} is a switch, its contents can be shared with an image until they are written, and thousands of elements
 * cost no objects. All other elements are references. Public for generated code and for the library itself.
 */
public final class TableInstance {
    public static final long NO_MAXIMUM = -1;

    private static final int[] NO_SLOTS = {};
    private static final int CHECKED = 1 << 16;

    /** What a Java array may have. */
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    /**
     * For each element of a table of functions the slot of a function of {@link #home}, else 0; as long as the table. May be
     * shared: only this class writes it.
     */
    public int[] slots = NO_SLOTS;

    /** The instance whose functions the slots number; null as long as there is none. */
    public @Nullable InstanceState home;

    /**
     * The elements that are no function of {@link #home}, null for those that are; null for a table of functions that has none of
     * them.
     */
    public @Nullable Object @Nullable [] refs;

    private final FieldType element;
    private final boolean ofFunctions;
    private final long maximum;
    private final boolean is64;
    private final Allowance allowance;
    private boolean sharesSlots;

    /** Whether references may have been written since it was made or taken back. */
    private boolean hasReferences;

    /**
     * Makes a table.
     *
     * @param element the type of its elements
     * @param minimum in elements, unsigned
     * @param maximum unsigned, or {@link #NO_MAXIMUM}
     * @param initial what each element is
     * @param allowance what its elements are taken from
     * @throws LimitException if the minimum is more than the allowance or the heap has
     */
    public TableInstance(
            FieldType element,
            long minimum,
            long maximum,
            boolean is64,
            @Nullable Object initial,
            Allowance allowance) {
        this(element, maximum, is64, allowance);
        allowance.takeTable(minimum < 0 ? Long.MAX_VALUE : minimum);
        if (minimum < 0 || minimum > MOST_ELEMENTS || !resize((int) minimum)) {
            throw new LimitException(LimitException.Kind.TABLE, "elements of a table", MOST_ELEMENTS, minimum);
        }
        if (initial != null) {
            fillChecked(0, initial, (int) minimum);
        }
    }

    private TableInstance(FieldType element, long maximum, boolean is64, Allowance allowance) {
        this.element = element;
        this.ofFunctions = isFunction(element);
        this.maximum = maximum;
        this.is64 = is64;
        this.allowance = allowance;
        if (!ofFunctions) {
            refs = new Object[0];
        }
    }

    /** Makes a table that shares the slots of an image until it is written; one that is not of functions holds nulls. */
    TableInstance(
            FieldType element,
            long maximum,
            boolean is64,
            int[] slots,
            int size,
            InstanceState home,
            Allowance allowance) {
        this(element, maximum, is64, allowance);
        allowance.takeTable(size);
        this.home = home;
        if (ofFunctions) {
            this.slots = slots;
            this.sharesSlots = true;
        } else {
            this.refs = new Object[size];
        }
    }

    static boolean isFunction(FieldType type) {
        DefinedType defined = type.defined();
        if (defined != null) {
            return defined.kind() == DefinedType.Kind.FUNC;
        }
        int heap = ValueTypes.heapType(type.code());
        return heap == ValueTypes.HEAP_FUNC || heap == ValueTypes.HEAP_NOFUNC;
    }

    public FieldType element() {
        return element;
    }

    boolean ofFunctions() {
        return ofFunctions;
    }

    public int size() {
        return ofFunctions ? slots.length : refs().length;
    }

    /** Returns the maximum, unsigned, or {@link #NO_MAXIMUM}. */
    public long maximum() {
        return maximum;
    }

    public boolean is64() {
        return is64;
    }

    /** Returns the references, to be written. */
    private @Nullable Object[] refsToWrite() {
        hasReferences = true;
        return refs();
    }

    private @Nullable Object[] refs() {
        @Nullable Object[] present = refs;
        if (present == null) {
            present = new Object[slots.length];
            refs = present;
        }
        return present;
    }

    /** Returns the slot at an index; 0 if there is none, or no such index. */
    public static int slot(int[] slots, int index) {
        return index >= 0 && index < slots.length ? slots[index] : 0;
    }

    /** Returns an element; the index is within the table. */
    public @Nullable Object get(int index) {
        @Nullable Object[] present = refs;
        if (present != null && (present[index] != null || !ofFunctions)) {
            return present[index];
        }
        int slot = slots[index];
        InstanceState owner = home;
        return slot == 0 || owner == null ? null : owner.functionAt(slot);
    }

    /** Sets an element; the index is within the table. */
    public void set(int index, @Nullable Object value) {
        if (!ofFunctions) {
            refsToWrite()[index] = value;
            return;
        }
        int slot = slotOf(value);
        if (slots[index] != slot) {
            own();
            slots[index] = slot;
        }
        if (slot != 0 || value == null) {
            if (refs != null) {
                refs[index] = null;
            }
        } else {
            refsToWrite()[index] = value;
        }
    }

    /** Returns the slot by which a value is stored, or 0. A table that has no home yet takes that of its first function. */
    private int slotOf(@Nullable Object value) {
        if (!(value instanceof FuncRef function) || function.slot == 0) {
            return 0;
        }
        if (home == null) {
            home = function.owner;
        }
        return function.owner == home ? function.slot : 0;
    }

    /** Before slots are written. */
    private void own() {
        if (sharesSlots) {
            slots = slots.clone();
            sharesSlots = false;
        }
    }

    /**
     * Grows the table.
     *
     * @param delta unsigned
     * @param value what the new elements are
     * @return the size before; -1 if the maximum, the allowance or the heap refuses
     * @throws LimitException if the allowance refuses and the guest is to end then
     */
    public int grow(long delta, @Nullable Object value) {
        int before = size();
        long after = before + delta;
        if (delta < 0 || after > MOST_ELEMENTS || Long.compareUnsigned(after, maximum) > 0) {
            return -1;
        }
        if (!allowance.growTable(delta)) {
            return -1;
        }
        if (!resize((int) after)) {
            allowance.returnTable(delta);
            return -1;
        }
        if (value != null) {
            fillChecked(before, value, (int) delta);
        }
        return before;
    }

    private boolean resize(int size) {
        try {
            if (ofFunctions && refs == null) {
                slots = Arrays.copyOf(slots, size);
            } else {
                @Nullable Object[] more = Arrays.copyOf(refsToWrite(), size);
                if (ofFunctions) {
                    slots = Arrays.copyOf(slots, size);
                }
                refs = more;
            }
            sharesSlots = false;
            return true;
        } catch (OutOfMemoryError e) {
            // One array of the guest's choosing did not fit; the table is as it was.
            return false;
        }
    }

    /** Traps if a range is not within the table. All numbers are unsigned. */
    void checkRange(long from, long length) {
        int size = size();
        if ((from | length) < 0 || from > size || length > size - from) {
            throw outOfBounds(from, length, "table", size);
        }
    }

    static GuestTrap outOfBounds(long from, long length, String what, int size) {
        return new GuestTrap(
                TrapCode.TABLE_OUT_OF_BOUNDS,
                "out of bounds table access: index " + Long.toUnsignedString(from) + ", length "
                        + Long.toUnsignedString(length) + ", but the " + what + " has " + size + " elements");
    }

    void fillChecked(int from, @Nullable Object value, int length) {
        if (length == 0) {
            return;
        }
        if (!ofFunctions) {
            for (int done = 0; done < length; done += CHECKED) {
                Arrays.fill(refsToWrite(), from + done, from + Math.min(length, done + CHECKED), value);
                checkInterrupt(length);
            }
            return;
        }
        int slot = slotOf(value);
        own();
        boolean asReference = slot == 0 && value != null;
        if (asReference) {
            refs();
        }
        for (int done = 0; done < length; done += CHECKED) {
            int end = from + Math.min(length, done + CHECKED);
            Arrays.fill(slots, from + done, end, slot);
            if (refs != null) {
                Arrays.fill(refs, from + done, end, asReference ? value : null);
            }
            checkInterrupt(length);
        }
    }

    private static void checkInterrupt(int length) {
        if (length > CHECKED && Thread.currentThread().isInterrupted()) {
            throw new GuestTrap(TrapCode.INTERRUPTED, "interrupted in a table instruction");
        }
    }

    /** Copies elements between ranges that are within their tables, which may be one and overlap. */
    void copyChecked(int to, TableInstance source, int from, int length) {
        boolean slotsSay = !ofFunctions || source.home == home || source.home == null;
        if (length == 0 || source == this && to == from) {
            return;
        }
        if (slotsSay) {
            copyArrays(to, source, from, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            set(to + i, source.get(from + i));
            if (i % CHECKED == CHECKED - 1) {
                checkInterrupt(length);
            }
        }
    }

    private void copyArrays(int to, TableInstance source, int from, int length) {
        if (source.refs != null) {
            System.arraycopy(source.refs, from, refsToWrite(), to, length);
        } else if (refs != null) {
            Arrays.fill(refs, to, to + length, null);
        }
        if (ofFunctions) {
            own();
            System.arraycopy(source.slots, from, slots, to, length);
        }
        checkInterrupt(length);
    }

    /** Copies from a segment; both ranges are within. */
    void initChecked(int to, ElementSegment segment, int from, int length, InstanceState instance) {
        if (length == 0) {
            return;
        }
        int[] numbers = segment.slots;
        if (ofFunctions && segment.isOwn && numbers != null && (home == null || home == instance)) {
            home = instance;
            own();
            System.arraycopy(numbers, from, slots, to, length);
            if (refs != null) {
                Arrays.fill(refs, to, to + length, null);
            }
            checkInterrupt(length);
            return;
        }
        for (int i = 0; i < length; i++) {
            set(to + i, segment.get(from + i, instance));
            if (i % CHECKED == CHECKED - 1) {
                checkInterrupt(length);
            }
        }
    }

    /** Returns the slots, to be shared with other tables; this one copies them before it writes. */
    int[] share() {
        sharesSlots = true;
        return slots;
    }

    /** Takes it back to slots that an image shares and nulls elsewhere, or to nulls only, if it is not of functions. */
    void restore(int[] image, int size, InstanceState owner) {
        int more = size - size();
        if (more > 0) {
            allowance.takeTable(more);
        } else if (more < 0) {
            allowance.returnTable(-more);
        }
        if (!ofFunctions) {
            if (hasReferences) {
                refs = new Object[size];
                hasReferences = false;
            }
            return;
        }
        if (slots != image) {
            slots = image;
            sharesSlots = true;
        }
        if (refs != null) {
            refs = null;
        }
        if (home != owner) {
            home = owner;
        }
    }
}

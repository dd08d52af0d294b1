package dev.airlock.abi.placed;

import dev.airlock.abi.GuestText;
import dev.airlock.abi.form.Budget;
import dev.airlock.abi.form.HeapCost;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.memory.Interruption;
import dev.airlock.memory.Memory;
import dev.airlock.placement.ManagedClass;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.ManagedList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads managed objects of an AssemblyScript guest. Everything that a guest says of them is checked before it is used: that
 * an object lies in the memory, of which class it is, how large it is, and that its elements lie in its own buffer.
 *
 * <pre>{@code
 *  -20        -16      -12      -8      -4       pointer, a multiple of 16
 *   ┌──────────┬────────┬────────┬───────┬────────▼─ ─
 *   │ block    │ collector's own │ class │ size   │ content, as many bytes as the size says
 *   └──────────┴────────┴────────┴───────┴────────┴─ ─
 *
 * Int64Array   ┌────────┬───────────┬────────────┐          Array<i64>   the same, and a fourth field,
 *              │ buffer │ dataStart │ byteLength │                       the count of elements
 *              └───┬────┴─────┬─────┴────────────┘
 *                  └─▶ ArrayBuffer ┌──────────▼─ ─ ─┐
 *                                  └────────────────┘
 * }</pre>
 */
final class ManagedReader {
    static final int POINTER = 4;
    private static final int HEADER = 20;

    private final Memory memory;
    private final ManagedClasses classes;
    private final String giver;
    /** The path from the value to the part that is read: names of fields, and indexes of lists. */
    private final List<Object> place = new ArrayList<>(0);

    private @Nullable Budget budget;

    private ManagedReader(Memory memory, ManagedClasses classes, String giver) {
        this.memory = memory;
        this.classes = classes;
        this.giver = giver;
    }

    /**
     * Reads a value that is more than one string or one list of numbers.
     *
     * @param name of the value, for errors
     */
    static @Nullable Object read(
            Memory memory, int object, ManagedForm form, ManagedClasses classes, String giver, String name)
            throws Throwable {
        var reader = new ManagedReader(memory, classes, giver);
        reader.in(name);
        return form.read(reader, object);
    }

    /** Checks a string, and returns how many code units it has. */
    static int units(Memory memory, int object, int number, ManagedClasses classes, String giver) {
        long at = Integer.toUnsignedLong(object);
        if (at >= HEADER && at <= memory.dataSize() && memory.readInt(object - 8) == number) {
            int size = memory.readInt(object - 4);
            if ((size & 1) == 0 && at + Integer.toUnsignedLong(size) <= memory.dataSize()) {
                return size >>> 1;
            }
        }
        // The message says what is wrong.
        return new ManagedReader(memory, classes, giver).unitsOf(object, number);
    }

    /** Checks a list of numbers, and returns where its elements are: the pointer in the upper half, the count in the lower. */
    static long elements(
            Memory memory, int object, List<ManagedClass> list, int width, ManagedClasses classes, String giver) {
        return new ManagedReader(memory, classes, giver).elementsOfAny(object, list, width, "a list");
    }

    Memory memory() {
        return memory;
    }

    /** Enters an element of a list. */
    void at(int index) {
        if ((index & Interruption.ELEMENTS) == Interruption.ELEMENTS) {
            Interruption.check();
        }
        place.add(index);
    }

    /** Enters a field of an object. */
    void in(String field) {
        place.add(field);
    }

    void back() {
        place.remove(place.size() - 1);
    }

    /** Returns a failure whose message says at which place of the whole value it was. */
    Trap trap(TrapCode code, String found, String rest) {
        String path = place.stream()
                .map(step -> step instanceof Integer index ? "[" + index + "]" : "." + step)
                .collect(Collectors.joining());
        String in = place.size() < 2 ? "" : " in " + path.substring(1);
        return new Trap(code, giver + found + in + rest, List.of(), null);
    }

    private int header(int object, String what) {
        if (object == 0) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    " gave null",
                    ", where " + what
                            + " is needed: if it may be missing, declare it as Optional or @Nullable, in WIT as"
                            + " option<…>");
        }
        long at = Integer.toUnsignedLong(object);
        if (at < HEADER || at > memory.dataSize()) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    " gave the pointer " + at,
                    ", where no object can be: the memory has " + memory.dataSize() + " bytes");
        }
        return memory.readInt(object - 8);
    }

    private int size(int object) {
        int size = memory.readInt(object - 4);
        if (Integer.toUnsignedLong(object) + Integer.toUnsignedLong(size) > memory.dataSize()) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    " gave an object at offset " + Integer.toUnsignedString(object) + " that says it has "
                            + Integer.toUnsignedString(size) + " bytes",
                    ", but the memory has " + memory.dataSize() + " bytes");
        }
        return size;
    }

    private Trap wrongClass(int object, int found, List<Integer> wanted, String what) {
        return trap(
                TrapCode.WRONG_CLASS,
                " gave an object of " + classes.describe(found) + " at offset " + Integer.toUnsignedString(object),
                ", where " + what + " is needed, of "
                        + (wanted.size() == 1 ? classes.describe(wanted.get(0)) : ManagedClass.text(wanted)));
    }

    /**
     * Checks an object.
     *
     * @return its size in bytes
     */
    int object(int object, List<Integer> wanted, String what) {
        int found = header(object, what);
        if (!wanted.contains(found)) {
            throw wrongClass(object, found, wanted, what);
        }
        return size(object);
    }

    private int object(int object, int wanted, String what) {
        int found = header(object, what);
        if (found != wanted) {
            throw wrongClass(object, found, List.of(wanted), what);
        }
        return size(object);
    }

    private int unitsOf(int object, int number) {
        int size = object(object, number, "a string");
        if ((size & 1) != 0) {
            throw trap(
                    TrapCode.BAD_VALUE,
                    " gave a string of " + Integer.toUnsignedString(size) + " bytes",
                    ", which is no number of UTF-16 code units");
        }
        return size >>> 1;
    }

    String text(int object, int number) {
        int units = unitsOf(object, number);
        take(units, 2, 2);
        memory.linear().allowance().checkString(units * 2L);
        try {
            return GuestText.decode(memory, object, units * 2, StandardCharsets.UTF_16LE);
        } catch (ValueException e) {
            throw trap(TrapCode.BAD_VALUE, " gave a string that is no text", ": " + e.getMessage());
        }
    }

    Object numbers(int object, ManagedForm.Numbers form) {
        int width = form.form().width();
        long found = elementsOfAny(object, form.classes(), width, form.what());
        int pointer = (int) (found >>> 32);
        int count = (int) found;
        take(count, width, width);
        return switch (form.form()) {
            case BYTES -> {
                byte[] bytes = Blocks.decodeBytes(memory, pointer, count, giver);
                yield form.bools() ? bools(bytes) : bytes;
            }
            case SHORTS -> Blocks.decodeShorts(memory, pointer, count, giver);
            case INTS -> Blocks.decodeInts(memory, pointer, count, giver);
            case LONGS -> Blocks.decodeLongs(memory, pointer, count, giver);
            case FLOATS -> Blocks.decodeFloats(memory, pointer, count, giver);
            case DOUBLES -> Blocks.decodeDoubles(memory, pointer, count, giver);
            case UTF8, UTF16, PAYLOAD, PAYLOAD_UTF16, OBJECTS ->
                throw new IllegalStateException(form.form() + " is no list of numbers");
        };
    }

    private static boolean[] bools(byte[] bytes) {
        boolean[] bools = new boolean[bytes.length];
        for (int i = 0; i < bools.length; i++) {
            bools[i] = bytes[i] != 0;
        }
        return bools;
    }

    /** The same as {@link #elements(Memory, int, List, int, ManagedClasses, String)}. */
    long elementsOfAny(int object, List<ManagedClass> list, int width, String what) {
        int found = header(object, what);
        for (ManagedClass candidate : list) {
            if (candidate.number() == found) {
                return elementsOf(object, candidate.list(), width);
            }
        }
        throw wrongClass(object, found, ManagedClass.numbers(list), what);
    }

    private long elementsOf(int object, ManagedList list, int width) {
        int size = size(object);
        int pointer = object;
        long bytes = Integer.toUnsignedLong(size);
        if (list.hasBuffer()) {
            if (Integer.compareUnsigned(size, list.fields()) < 0) {
                throw trap(
                        TrapCode.BAD_VALUE,
                        " gave a list at offset " + Integer.toUnsignedString(object) + " whose object has "
                                + Integer.toUnsignedString(size) + " bytes",
                        ", which has to have " + list.fields());
            }
            pointer = memory.readInt(object + 4);
            bytes = Integer.toUnsignedLong(memory.readInt(object + 8));
            checkBuffer(object, memory.readInt(object), pointer, bytes);
            bytes = list == ManagedList.ARRAY ? counted(object, bytes, width) : bytes;
        }
        if (bytes % width != 0) {
            throw trap(
                    TrapCode.BAD_VALUE,
                    " gave a list of " + bytes + " bytes at offset " + Integer.toUnsignedString(object),
                    ", which is no number of elements of " + width);
        }
        memory.linear().allowance().checkString(bytes);
        return (long) pointer << 32 | bytes / width;
    }

    private long counted(int object, long capacity, int width) {
        long bytes = Integer.toUnsignedLong(memory.readInt(object + 12)) * width;
        if (bytes > capacity) {
            throw trap(
                    TrapCode.BAD_VALUE,
                    " gave a list of " + bytes / width + " elements at offset " + Integer.toUnsignedString(object),
                    ", which has room for " + capacity / width);
        }
        return bytes;
    }

    private void checkBuffer(int object, int buffer, int start, long bytes) {
        int size = object(buffer, classes.buffer(), "the buffer of a list");
        long from = Integer.toUnsignedLong(buffer);
        long first = Integer.toUnsignedLong(start);
        if (first < from || first + bytes > from + Integer.toUnsignedLong(size)) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    " gave a list at offset " + Integer.toUnsignedString(object) + " with its elements at offset "
                            + first + ", length " + bytes,
                    ", and its buffer is at offset " + from + ", length " + Integer.toUnsignedString(size));
        }
    }

    /**
     * Charges what elements have in the guest's memory and will have in Java's heap, before any is made.
     *
     * @param heap of each, in bytes
     */
    void take(int count, int width, long heap) {
        if (budget == null) {
            budget = Budget.of(memory.linear());
        }
        budget.take(Integer.toUnsignedLong(count) * width);
        budget.lift(HeapCost.times(Integer.toUnsignedLong(count), heap), giver);
    }
}

package dev.airlock.engine.runtime;

import dev.airlock.engine.validate.DefinedType;
import dev.airlock.error.TrapCode;
import dev.airlock.memory.linear.GuestTrap;
import org.jspecify.annotations.Nullable;

/**
 * Operators on tables as generated code calls them, operands in the order of the operand stack, then the table (core specification,
 * section 4.6.6). Indices and lengths are unsigned; those that are {@code int} are for tables with 32-bit addresses.
 */
public final class TableOperators {
    private TableOperators() {}

    private static long unsigned(int number) {
        return number & 0xFFFF_FFFFL;
    }

    private static int checked(long index, TableInstance table) {
        table.checkRange(index, 1);
        return (int) index;
    }

    public static @Nullable Object get(int index, TableInstance table) {
        return table.get(checked(unsigned(index), table));
    }

    public static @Nullable Object get(long index, TableInstance table) {
        return table.get(checked(index, table));
    }

    public static void set(int index, @Nullable Object value, TableInstance table) {
        table.set(checked(unsigned(index), table), value);
    }

    public static void set(long index, @Nullable Object value, TableInstance table) {
        table.set(checked(index, table), value);
    }

    public static int size32(TableInstance table) {
        return table.size();
    }

    public static long size64(TableInstance table) {
        return table.size();
    }

    public static int grow(@Nullable Object value, int delta, TableInstance table) {
        return table.grow(unsigned(delta), value);
    }

    public static long grow(@Nullable Object value, long delta, TableInstance table) {
        return table.grow(delta, value);
    }

    public static void fill(int from, @Nullable Object value, int length, TableInstance table) {
        fill(unsigned(from), value, unsigned(length), table);
    }

    public static void fill(long from, @Nullable Object value, long length, TableInstance table) {
        table.checkRange(from, length);
        table.fillChecked((int) from, value, (int) length);
    }

    public static void copy(int to, int from, int length, TableInstance target, TableInstance source) {
        copy(unsigned(to), unsigned(from), unsigned(length), target, source);
    }

    public static void copy(long to, int from, int length, TableInstance target, TableInstance source) {
        copy(to, unsigned(from), unsigned(length), target, source);
    }

    public static void copy(int to, long from, int length, TableInstance target, TableInstance source) {
        copy(unsigned(to), from, unsigned(length), target, source);
    }

    public static void copy(long to, long from, long length, TableInstance target, TableInstance source) {
        target.checkRange(to, length);
        source.checkRange(from, length);
        target.copyChecked((int) to, source, (int) from, (int) length);
    }

    /** {@code table.init} from an element segment of the instance. */
    public static void init(int to, int from, int length, int segment, TableInstance table, InstanceState instance) {
        init(unsigned(to), from, length, segment, table, instance);
    }

    public static void init(long to, int from, int length, int segment, TableInstance table, InstanceState instance) {
        ElementSegment elements = instance.elements[segment];
        long first = unsigned(from);
        long count = unsigned(length);
        if (first > elements.length() || count > elements.length() - first) {
            throw TableInstance.outOfBounds(first, count, "element segment", elements.length());
        }
        table.checkRange(to, count);
        table.initChecked((int) to, elements, from, length, instance);
    }

    /** {@code elem.drop}. */
    public static void drop(int segment, InstanceState instance) {
        instance.elements[segment] = ElementSegment.DROPPED;
    }

    /**
     * Returns the function that {@code call_indirect} calls, for what its switch does not know.
     *
     * @param type the type that it must have, or a supertype
     */
    public static FuncRef callee(int index, DefinedType type, TableInstance table) {
        return callee(unsigned(index), type, table);
    }

    public static FuncRef callee(long index, DefinedType type, TableInstance table) {
        if (index < 0 || index >= table.size()) {
            throw new GuestTrap(
                    TrapCode.UNDEFINED_ELEMENT,
                    "undefined element: index " + Long.toUnsignedString(index) + ", but the table has " + table.size()
                            + " elements");
        }
        if (!(table.get((int) index) instanceof FuncRef function)) {
            throw new GuestTrap(TrapCode.UNINITIALIZED_ELEMENT, "uninitialized element " + index);
        }
        if (function.type != type && !function.type.isSubtypeOf(type)) {
            throw new GuestTrap(
                    TrapCode.INDIRECT_CALL_TYPE_MISMATCH,
                    "indirect call type mismatch: element " + index + " is a function of another type");
        }
        return function;
    }

    /** Returns the slot at an index, by which an instance may call a function of its own; else 0. */
    public static int slot(int index, TableInstance table, InstanceState instance) {
        return table.home == instance ? TableInstance.slot(table.slots, index) : 0;
    }

    public static int slot(long index, TableInstance table, InstanceState instance) {
        return (int) index == index ? slot((int) index, table, instance) : 0;
    }
}

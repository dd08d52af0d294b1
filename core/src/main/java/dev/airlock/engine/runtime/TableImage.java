package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.error.InstanceStateException;
import dev.airlock.limit.Allowance;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a table held at one moment. Tables of functions that are made of it share its slots until they are written. */
final class TableImage {
    private final int size;
    private final int[] slots;

    /** Indices of elements that are functions of others than the table's instance, and the numbers of these. */
    private final int[] places;

    private final long[] numbers;

    /**
     * Returns what a table holds now.
     *
     * @param refusal makes the error for what cannot be captured
     */
    TableImage(TableInstance table, FunctionNumbers functions, Function<String, InstanceStateException> refusal) {
        size = table.size();
        @Nullable Object[] refs = table.refs;
        int[] found = new int[4];
        long[] named = new long[4];
        int count = 0;
        for (int i = 0; refs != null && i < size; i++) {
            Object value = refs[i];
            if (value == null) {
                continue;
            }
            if (!(value instanceof FuncRef function)) {
                throw refusal.apply(
                        value instanceof WasmException && isException(table)
                                ? "a table holds an exception, at index " + i
                                : "a table holds a reference to a host object, at index " + i);
            }
            long number = functions.of(function);
            if (number == FunctionNumbers.NULL) {
                throw refusal.apply("a table holds a function of another instance, at index " + i);
            }
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
                named = Arrays.copyOf(named, 2 * count);
            }
            found[count] = i;
            named[count++] = number;
        }
        slots = table.share();
        places = Arrays.copyOf(found, count);
        numbers = Arrays.copyOf(named, count);
    }

    private static boolean isException(TableInstance table) {
        int heap = ValueTypes.heapType(table.element().code());
        return heap == ValueTypes.HEAP_EXN || heap == ValueTypes.HEAP_NOEXN;
    }

    /** Makes a table that holds this as soon as {@link #fill} says whose functions it has. */
    TableInstance newTable(Instantiator instantiator, int index, InstanceState state, Allowance allowance) {
        return instantiator.newTable(index, slots, size, state, allowance);
    }

    /** Sets the elements that belong to others. */
    void fill(TableInstance table, InstanceState[] members) {
        for (int i = 0; i < places.length; i++) {
            table.set(places[i], FunctionNumbers.function(numbers[i], members));
        }
    }

    /** Takes a table back to this. */
    void restore(TableInstance table, InstanceState state, InstanceState[] members) {
        table.restore(slots, size, state);
        fill(table, members);
    }
}

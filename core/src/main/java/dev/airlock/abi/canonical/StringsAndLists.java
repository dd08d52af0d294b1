package dev.airlock.abi.canonical;

import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.ValType;
import java.util.List;

/** Counts the values whose length the guest decides: strings, lists and maps. */
final class StringsAndLists {
    private StringsAndLists() {}

    /** Returns whether values of these types may have more than one of them together. */
    static boolean areSeveral(List<? extends ValType> types) {
        return count(types) > 1;
    }

    /** Counts up to two. */
    private static int count(List<? extends ValType> types) {
        int count = 0;
        for (ValType type : types) {
            count += count(type);
            if (count > 1) {
                return 2;
            }
        }
        return count;
    }

    private static int count(ValType type) {
        if (type == PrimitiveType.STRING) {
            return 1;
        }
        int inside = count(type.parts());
        boolean repeats = type instanceof ListType || type instanceof MapType;
        return repeats ? Math.min(2, 1 + inside) : inside;
    }
}

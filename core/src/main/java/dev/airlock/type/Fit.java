package dev.airlock.type;

import dev.airlock.error.Nearest;
import dev.airlock.error.ValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that values fit types, with messages that all kinds of values share. */
final class Fit {
    private static final int TYPE_IN_MESSAGE = 80;

    private Fit() {}

    static void check(ValType needed, Value value, ValuePath path) {
        if (!needed.equals(value.type())) {
            throw path.refuse("takes " + brief(needed) + ", got " + brief(value.type()));
        }
    }

    /** Checks the payload of a case, which may have none. */
    static void check(String carrier, @Nullable ValType needed, @Nullable Value value, ValuePath path) {
        if (needed == null && value != null) {
            throw path.refuse(carrier + " carries no value, got " + brief(value.type()));
        }
        if (needed != null && value == null) {
            throw path.refuse(carrier + " carries " + brief(needed) + ", got no value");
        }
        if (needed != null && value != null) {
            check(needed, value, path);
        }
    }

    static void count(ValType type, int needed, String unit, int got, ValuePath path) {
        if (needed != got) {
            throw path.refuse(brief(type) + " has " + needed + " " + unit + (needed == 1 ? "" : "s") + ", got " + got);
        }
    }

    static int index(ValType type, List<String> names, String unit, String name, ValuePath path) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw path.refuse(brief(type) + " has no " + unit + " \"" + brief(name) + "\"" + Nearest.hint(name, names)
                    + "; it has " + brief(names));
        }
        return index;
    }

    static void range(ValType type, int count, String unit, int index, ValuePath path) {
        if (index < 0 || index >= count) {
            throw path.refuse(brief(type) + " has " + unit + "s 0.." + (count - 1) + ", got " + index);
        }
    }

    static ValueException wrongArray(ValType type, Object array, ValuePath path) {
        return path.refuse(brief(type) + " is not held as " + array.getClass().getSimpleName());
    }

    static String brief(Object type) {
        String text = type.toString();
        return text.length() <= TYPE_IN_MESSAGE ? text : text.substring(0, TYPE_IN_MESSAGE) + "…";
    }

    private static String brief(List<String> names) {
        return brief((Object) String.join(", ", names));
    }
}

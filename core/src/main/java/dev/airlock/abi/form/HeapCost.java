package dev.airlock.abi.form;

import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An upper bound of the bytes of Java's heap that a value takes, as far as its type tells: of the objects that a
 * reference to it leads to. The content of strings and lists is not part of it, since only the guest's count tells: see
 * {@link Budget}.
 *
 * <p>Sizes are those of HotSpot with references of eight bytes, as it has with large heaps. If a form may take either
 * of two sizes, such as an {@code Integer} that the JDK caches, the larger counts.
 */
public final class HeapCost implements Form.Visitor<Long> {
    public static final int REFERENCE = 8;

    private static final int HEADER = 12;
    /** The header of an array of numbers. */
    public static final int ARRAY = 16;

    /** A {@link String} and its array. */
    public static final int TEXT = 48;

    /** A list around an array: the JDK's, and for values one of ours too. */
    public static final int LIST = 128;

    /** A reference to a resource, with what the host keeps to recognize it. */
    private static final int HANDLE = 128;

    /** The object for a string or list that waits to be copied to another guest. */
    static final int MOVED_BLOCK = 192;

    private static final int MOVED_HANDLE = 64;

    private static final HeapCost COST = new HeapCost();

    private HeapCost() {}

    /** Returns the bytes that a reference to a value of this form leads to. */
    public static long of(Form form) {
        return form.accept(COST);
    }

    /** Returns the bytes of an element of a list, its place in the list included. */
    public static long ofElement(Form.Sequence form) {
        return plus(slots(form), of(form.element()));
    }

    /**
     * Returns the bytes of an element on its way to another guest, without its content: the objects that wait to be
     * lowered there.
     */
    public static long ofMoved(ValType element) {
        List<@Nullable ValType> cases = BridgedTypes.cases(element);
        if (BridgedTypes.isHandle(element)) {
            return MOVED_HANDLE;
        } else if (cases != null) {
            return cases.stream()
                    .filter(Objects::nonNull)
                    .mapToLong(HeapCost::ofMoved)
                    .max()
                    .orElse(0);
        } else if (element instanceof ListType list && list.fixedLength() != null) {
            return times(list.fixedLength(), ofMoved(list.element()));
        } else if (element == PrimitiveType.STRING || element instanceof ListType || element instanceof MapType) {
            return MOVED_BLOCK;
        }
        return element.parts().stream().mapToLong(HeapCost::ofMoved).reduce(0, HeapCost::plus);
    }

    /**
     * Returns the bytes of places in arrays while the list is made: one for the array that the list is made around, and
     * more for copies. A map has a table, which doubles as it grows, and an entry.
     */
    private static long slots(Form.Sequence form) {
        if (Value.class.isAssignableFrom(form.javaType())) {
            return 4 * REFERENCE;
        }
        return form.type() instanceof MapType ? REFERENCE + 4 * REFERENCE + object(5 * REFERENCE + 4) : REFERENCE;
    }

    static long object(long fields) {
        return HEADER + fields + 7 & ~7L;
    }

    public static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    public static long times(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high != 0 || low < 0 ? Long.MAX_VALUE : low;
    }

    private static int width(Class<?> primitive) {
        return primitive == long.class || primitive == double.class
                ? 8
                : primitive == int.class || primitive == float.class
                        ? 4
                        : primitive == short.class || primitive == char.class ? 2 : 1;
    }

    @Override
    public Long visitScalar(Form.Scalar form) {
        Class<?> primitive = MethodType.methodType(form.javaType()).unwrap().returnType();
        // The JDK caches the small ones.
        return primitive == boolean.class || primitive == byte.class ? 0 : object(width(primitive));
    }

    @Override
    public Long visitCoded(Form.Coded form) {
        return form.javaType().isEnum() ? 0 : object(3 * REFERENCE);
    }

    @Override
    public Long visitText(Form.Text form) {
        return (long) TEXT;
    }

    @Override
    public Long visitArray(Form.Array form) {
        return (long) ARRAY;
    }

    @Override
    public Long visitSequence(Form.Sequence form) {
        return form.length() < 0 ? LIST : plus(LIST, times(form.length(), ofElement(form)));
    }

    @Override
    public Long visitProduct(Form.Product form) {
        long fields = 0;
        long inner = 0;
        for (Form.Part part : form.parts()) {
            Class<?> held = part.get().type().returnType();
            fields += held.isPrimitive() ? width(held) : REFERENCE;
            inner = plus(inner, held.isPrimitive() ? 0 : of(part.form()));
        }
        if (Value.class.isAssignableFrom(form.javaType())) {
            // A value of a record or tuple holds a list, and that an array.
            return plus(object(2 * REFERENCE) + object(2 * REFERENCE) + ARRAY + fields, inner);
        }
        return plus(object(fields), inner);
    }

    @Override
    public Long visitSum(Form.Sum form) {
        long largest = 0;
        for (Form.Case one : form.cases()) {
            largest = Math.max(largest, payload(one.payload()));
        }
        return form.nullable() ? largest : plus(object(2 * REFERENCE + 4), largest);
    }

    private static long payload(@Nullable Form form) {
        return form == null ? 0 : of(form);
    }

    @Override
    public Long visitHandle(Form.Handle form) {
        return (long) HANDLE;
    }

    @Override
    public Long visitWrapped(Form.Wrapped form) {
        return form.inner() instanceof Form.Scalar
                ? object(8)
                : plus(object(2 * REFERENCE) + object(2 * REFERENCE), of(form.inner()));
    }
}

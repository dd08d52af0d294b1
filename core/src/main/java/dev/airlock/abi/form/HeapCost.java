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
 * How many bytes of Java's heap a value takes, at the most, as far as its type says: what a reference to it leads to. What a
 * string or list holds is not part of it, since only the guest's count tells: see {@link Budget}.
 *
 * <p>Sizes are those of HotSpot with references of eight bytes, which is what it has with large heaps. Where a form takes the
 * smaller of two sizes, such as an {@code Integer} that the JDK keeps, the larger counts.
 */
public final class HeapCost implements Form.Visitor<Long> {
    public static final int REFERENCE = 8;

    private static final int HEADER = 12;
    /** Of numbers, without them. */
    public static final int ARRAY = 16;

    /** A {@link String} and its array. */
    public static final int TEXT = 48;

    /** A list around an array: of the JDK's, and for values one of ours too. */
    public static final int LIST = 128;

    /** A reference to a resource, with what the host keeps to know it again. */
    private static final int HANDLE = 128;

    /** What stands for a string or list that waits to be copied to another guest. */
    static final int MOVED_BLOCK = 192;

    private static final int MOVED_HANDLE = 64;

    private static final HeapCost COST = new HeapCost();

    private HeapCost() {}

    /** What a reference to a value of this form leads to. */
    public static long of(Form form) {
        return form.accept(COST);
    }

    /** What an element of a list takes, its place in the list included. */
    public static long ofElement(Form.Sequence form) {
        return plus(slots(form), of(form.element()));
    }

    /** What an element takes on its way to another guest, apart from its bytes: what waits to be lowered there. */
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
     * Places in arrays, while the list is made: one for the array that the list is made around, and more for copies. A map
     * has a table, whose places double, and an entry.
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
        // The JDK has one object for each of the small ones.
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

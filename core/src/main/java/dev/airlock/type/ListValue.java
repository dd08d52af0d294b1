package dev.airlock.type;

import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a list.
 *
 * <p>Elements that Java has a primitive for are held in a primitive array, so that a megabyte of bytes costs a
 * megabyte; all others are held as values.
 *
 * <table>
 * <caption>What holds the elements</caption>
 * <tr><td>bool</td><td>{@code boolean[]}</td></tr>
 * <tr><td>s8, u8</td><td>{@code byte[]}, u8 as bits</td></tr>
 * <tr><td>s16, u16</td><td>{@code short[]}, u16 as bits</td></tr>
 * <tr><td>s32, u32</td><td>{@code int[]}, u32 as bits</td></tr>
 * <tr><td>s64, u64</td><td>{@code long[]}, u64 as bits</td></tr>
 * <tr><td>f32, f64</td><td>{@code float[]}, {@code double[]}</td></tr>
 * <tr><td>char</td><td>{@code int[]} of code points</td></tr>
 * <tr><td>all others</td><td>{@code List<Value>}</td></tr>
 * </table>
 */
public final class ListValue implements Value {
    private final ListType type;
    private final Elements elements;

    private ListValue(ListType type, Elements elements) {
        this.type = type;
        this.elements = elements;
    }

    /** A list of these values. */
    public static ListValue of(ListType type, List<? extends Value> values) {
        return of(type, values, ValuePath.root());
    }

    /**
     * A list of these values.
     *
     * @param path for errors, the way to the list
     */
    public static ListValue of(ListType type, List<? extends Value> values, ValuePath path) {
        checkLength(type, values.size(), path);
        for (int i = 0; i < values.size(); i++) {
            // The path is made for errors only; most lists are long and without any.
            if (!type.element().equals(values.get(i).type())) {
                Fit.check(type.element(), values.get(i), path.index(i));
            }
        }
        return new ListValue(type, Elements.of(type, values));
    }

    /**
     * A list of a copy of this array's numbers.
     *
     * @param array of the kind that the table above has for the element type
     */
    public static ListValue ofArray(ListType type, Object array) {
        return new ListValue(type, checked(type, array, ValuePath.root()).copy());
    }

    /**
     * A list that takes the array over: no copy is made, and the caller must not write to it any more.
     *
     * @param array of the kind that the table above has for the element type
     * @param path for errors, the way to the list
     */
    public static ListValue wrap(ListType type, Object array, ValuePath path) {
        return new ListValue(type, checked(type, array, path));
    }

    /** The kind of array that the table above has for the element type; null for all others. */
    public static @Nullable Class<?> arrayType(ListType type) {
        Class<?> element = Elements.carrier(type.element());
        return element == null ? null : element.arrayType();
    }

    private static Elements checked(ListType type, Object array, ValuePath path) {
        Elements elements = Elements.ofArray(type, array);
        if (elements == null) {
            throw Fit.wrongArray(type, array, path);
        }
        checkLength(type, elements.size(), path);
        if (type.element() == PrimitiveType.CHAR && array instanceof int[] chars) {
            for (int i = 0; i < chars.length; i++) {
                if (!Character.isValidCodePoint(chars[i]) || chars[i] >>> 11 == Character.MIN_SURROGATE >>> 11) {
                    UnicodeText.checkScalar(chars[i], path.index(i));
                }
            }
        }
        return elements;
    }

    private static void checkLength(ListType type, int length, ValuePath path) {
        Integer fixed = type.fixedLength();
        if (fixed != null) {
            Fit.count(type, fixed, "element", length, path);
        }
    }

    @Override
    public ListType type() {
        return type;
    }

    /** How many elements there are. */
    public int size() {
        return elements.size();
    }

    /** An element, counted from 0. Where the elements are in an array, each call makes a value anew. */
    public Value get(int index) {
        return elements.get(index);
    }

    /** All elements, made as they are asked for. */
    public List<Value> values() {
        return new AbstractList<>() {
            @Override
            public Value get(int index) {
                return elements.get(index);
            }

            @Override
            public int size() {
                return elements.size();
            }
        };
    }

    /** The array that holds the elements, itself and not a copy, only to be read; null where there is none. */
    public @Nullable Object array() {
        return elements.array();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitList(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ListValue that && type.equals(that.type) && elements.sameAs(that.elements));
    }

    @Override
    public int hashCode() {
        return elements.hash();
    }

    /** The type and how many elements, not the elements. */
    @Override
    public String toString() {
        return "ListValue[" + Fit.brief(type) + ", " + size() + (size() == 1 ? " element]" : " elements]");
    }
}

package dev.airlock.type;

import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a list.
 *
 * <p>Elements for which Java has a primitive are held in a primitive array, so that a megabyte of bytes takes a
 * megabyte. All others are held as values.
 *
 * <table>
 * <caption>How elements are held</caption>
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

    /**
     * Returns a list of values.
     *
     * @param type the type of the list
     * @param values copied
     * @return the list
     */
    public static ListValue of(ListType type, List<? extends Value> values) {
        return of(type, values, ValuePath.root());
    }

    /**
     * Returns a list of values.
     *
     * @param type the type of the list
     * @param values copied
     * @param path the path to the list, for errors
     * @return the list
     */
    public static ListValue of(ListType type, List<? extends Value> values, ValuePath path) {
        checkLength(type, values.size(), path);
        for (int i = 0; i < values.size(); i++) {
            // The path is made for errors only: most lists are long and have no errors.
            if (!type.element().equals(values.get(i).type())) {
                Fit.check(type.element(), values.get(i), path.index(i));
            }
        }
        return new ListValue(type, Elements.of(type, values));
    }

    /**
     * Returns a list of a copy of an array.
     *
     * @param type the type of the list
     * @param array of the kind that the table above has for the element type
     * @return the list
     */
    public static ListValue ofArray(ListType type, Object array) {
        return new ListValue(type, checked(type, array, ValuePath.root()).copy());
    }

    /**
     * Returns a list that takes an array over without a copy. The caller must no longer write to the array.
     *
     * @param type the type of the list
     * @param array of the kind that the table above has for the element type
     * @param path the path to the list, for errors
     * @return the list
     */
    public static ListValue wrap(ListType type, Object array, ValuePath path) {
        return new ListValue(type, checked(type, array, path));
    }

    /**
     * Returns the component type of the arrays that the table above has for the element type.
     *
     * @param type the type of a list
     * @return null if the elements are held as values
     */
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

    /** {@return the number of elements} */
    public int size() {
        return elements.size();
    }

    /**
     * Returns an element. If the elements are held in an array, each call creates a value.
     *
     * @param index from 0
     * @return the element
     */
    public Value get(int index) {
        return elements.get(index);
    }

    /** {@return all elements, created when they are accessed} */
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

    /**
     * Returns the array that holds the elements. It is not a copy: do not write to it.
     *
     * @return null if the elements are held as values
     */
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

    /** Returns the type and the number of elements, without the elements. */
    @Override
    public String toString() {
        return "ListValue[" + Fit.brief(type) + ", " + size() + (size() == 1 ? " element]" : " elements]");
    }
}

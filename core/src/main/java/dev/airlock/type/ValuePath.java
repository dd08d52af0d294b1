package dev.airlock.type;

import dev.airlock.error.ValueException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The path from a whole value to a place inside it, for errors: {@code order.items[3].qty}.
 *
 * <p>Immutable. A step costs one small object; the text is made only when an error needs it.
 *
 * <table>
 * <caption>How the steps are printed</caption>
 * <tr><td>a field of a record</td><td>{@code .qty}</td></tr>
 * <tr><td>an element of a list, a pair of a map</td><td>{@code [3]}</td></tr>
 * <tr><td>an element of a tuple</td><td>{@code .0}</td></tr>
 * <tr><td>the key or the value of a pair</td><td>{@code .key}, {@code .value}</td></tr>
 * <tr><td>the payload of a case</td><td>{@code .circle}; {@code .some}, {@code .ok}, {@code .err}</td></tr>
 * </table>
 */
public final class ValuePath {
    private static final ValuePath ROOT = new ValuePath(null, "", -1);

    private final @Nullable ValuePath parent;
    private final String name;
    private final int index;

    private ValuePath(@Nullable ValuePath parent, String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /** {@return the path of a whole value without a name, which prints as nothing} */
    public static ValuePath root() {
        return ROOT;
    }

    /**
     * Returns the path of a whole value with a name, such as a parameter.
     *
     * @param name the name
     * @return the path
     */
    public static ValuePath of(String name) {
        return new ValuePath(null, name, -1);
    }

    /**
     * Returns the path to a field of the record at this path.
     *
     * @param name the name of the field
     * @return the path
     */
    public ValuePath field(String name) {
        return new ValuePath(this, name, -1);
    }

    /**
     * Returns the path to an element of the list, or a pair of the map, at this path.
     *
     * @param index from 0
     * @return the path
     */
    public ValuePath index(int index) {
        return new ValuePath(this, "", index);
    }

    /**
     * Returns the path to an element of the tuple at this path.
     *
     * @param index from 0
     * @return the path
     */
    public ValuePath element(int index) {
        return new ValuePath(this, Integer.toString(index), -1);
    }

    /**
     * Returns the path to the payload of the variant at this path.
     *
     * @param caseName the name of the case
     * @return the path
     */
    public ValuePath payload(String caseName) {
        return new ValuePath(this, caseName, -1);
    }

    /** {@return the path to the value of the option at this path} */
    public ValuePath some() {
        return payload("some");
    }

    /** {@return the path to the value of success of the result at this path} */
    public ValuePath ok() {
        return payload("ok");
    }

    /** {@return the path to the value of failure of the result at this path} */
    public ValuePath err() {
        return payload("err");
    }

    /** {@return the path to the key of the pair at this path} */
    public ValuePath key() {
        return field("key");
    }

    /** {@return the path to the value of the pair at this path} */
    public ValuePath value() {
        return field("value");
    }

    /**
     * Returns an exception for the value at this path, for the caller to throw.
     *
     * @param reason what is wrong with the value
     * @return the exception
     */
    public ValueException refuse(String reason) {
        return new ValueException(at(reason));
    }

    /**
     * Returns the path, a colon, and a text; only the text if the path prints as nothing.
     *
     * @param text the text
     * @return both
     */
    public String at(String text) {
        String path = toString();
        return path.isEmpty() ? text : path + ": " + text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof ValuePath that && toString().equals(that.toString()));
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        Deque<ValuePath> steps = new ArrayDeque<>();
        for (ValuePath step = this; step != null; step = step.parent) {
            steps.push(step);
        }
        StringBuilder text = new StringBuilder();
        for (ValuePath step : steps) {
            if (step.index >= 0) {
                text.append('[').append(step.index).append(']');
            } else {
                text.append(text.length() == 0 ? "" : ".").append(step.name);
            }
        }
        return text.toString();
    }
}

package dev.airlock.type;

import dev.airlock.error.ValueException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The way from a whole value down to one inside it, for errors: {@code order.items[3].qty}.
 *
 * <p>Immutable. A step costs one small object; nothing is put into words until an error needs it.
 *
 * <table>
 * <caption>How the steps are printed</caption>
 * <tr><td>a field of a record</td><td>{@code .qty}</td></tr>
 * <tr><td>an element of a list, a pair of a map</td><td>{@code [3]}</td></tr>
 * <tr><td>an element of a tuple</td><td>{@code .0}</td></tr>
 * <tr><td>the key or the value of a pair</td><td>{@code .key}, {@code .value}</td></tr>
 * <tr><td>what a case carries</td><td>{@code .circle}; {@code .some}, {@code .ok}, {@code .err}</td></tr>
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

    /** The way to a whole value that has no name. It prints as nothing. */
    public static ValuePath root() {
        return ROOT;
    }

    /** The way to a whole value, as a parameter, by its name. */
    public static ValuePath of(String name) {
        return new ValuePath(null, name, -1);
    }

    /** On to a field of a record. */
    public ValuePath field(String name) {
        return new ValuePath(this, name, -1);
    }

    /** On to an element of a list or a pair of a map, counted from 0. */
    public ValuePath index(int index) {
        return new ValuePath(this, "", index);
    }

    /** On to an element of a tuple, counted from 0. */
    public ValuePath element(int index) {
        return new ValuePath(this, Integer.toString(index), -1);
    }

    /** On to what a case of a variant carries. */
    public ValuePath payload(String caseName) {
        return new ValuePath(this, caseName, -1);
    }

    /** On to what an option holds. */
    public ValuePath some() {
        return payload("some");
    }

    /** On to what a result carries in success. */
    public ValuePath ok() {
        return payload("ok");
    }

    /** On to what a result carries in failure. */
    public ValuePath err() {
        return payload("err");
    }

    /** On from a pair of a map to its key. */
    public ValuePath key() {
        return field("key");
    }

    /** On from a pair of a map to its value. */
    public ValuePath value() {
        return field("value");
    }

    /** The error that says what is wrong with the value at this place, to be thrown. */
    public ValueException refuse(String reason) {
        return new ValueException(at(reason));
    }

    /** The path, a colon, and the text; the text alone at a root without a name. */
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

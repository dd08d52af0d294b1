package dev.airlock.json.form;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that does not fit, with the path to it. */
public final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names of members, and indices of elements as {@link Integer}, the outermost first. */
    private final transient Deque<Object> path = new ArrayDeque<>();

    public Mismatch(String message) {
        super(message);
    }

    /** Creates a mismatch that Jackson reports, or that occurred while Jackson was reading. */
    public Mismatch(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Puts the member of an object before the path. */
    public Mismatch within(String name) {
        path.addFirst(name);
        return this;
    }

    /** Puts the element of an array before the path. */
    public Mismatch within(int index) {
        path.addFirst(index);
        return this;
    }

    /** Returns names as {@link String} and indices as {@link Integer}, the outermost first. */
    public List<Object> path() {
        return List.copyOf(path);
    }

    /** Returns the path to the value and what is wrong with it: {@code order.items[3].qty: u8 takes 0..255, got 300}. */
    public String describe() {
        var text = new StringBuilder();
        for (Object step : path) {
            if (step instanceof Integer index) {
                text.append('[').append(index.intValue()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.isEmpty()
                ? String.valueOf(getMessage())
                : text.append(": ").append(getMessage()).toString();
    }
}

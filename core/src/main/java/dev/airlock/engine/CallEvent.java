package dev.airlock.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call from a guest to its host, after it has ended: see {@link Linker#trace}.
 *
 * <p>All text in it is fit to be shown: what comes from the guest has its control characters escaped and is cut where it is
 * long.
 *
 * @param guest the name of the module that called
 * @param module the first of the import's two names
 * @param name the second
 * @param arguments what it was called with, in words where its meaning is known ({@code path="a.txt"}); else the numbers
 * @param result what it gave back, in the same way; empty where it gave nothing, or threw
 * @param thrown what ended the call and the guest's execution, or null
 * @param nanos how long it took, with what the guest was called back for
 */
public record CallEvent(
        String guest,
        String module,
        String name,
        List<String> arguments,
        String result,
        @Nullable Throwable thrown,
        long nanos) {
    /**
     * Copies what it is given.
     *
     * @param guest as in the record
     * @param module as in the record
     * @param name as in the record
     * @param arguments as in the record
     * @param result as in the record
     * @param thrown as in the record
     * @param nanos as in the record
     */
    public CallEvent {
        arguments = List.copyOf(arguments);
    }

    /** One line, as a tracer of system calls prints it, with both names. */
    @Override
    public String toString() {
        return module + "." + text();
    }

    /** {@return the same without the first name} */
    public String text() {
        String outcome = thrown != null
                ? " = ? " + TraceText.shown(String.valueOf(thrown.getMessage()))
                : result.isEmpty() ? "" : " = " + result;
        return name + "(" + String.join(", ", arguments) + ")" + outcome + " <" + time() + ">";
    }

    private String time() {
        long tenths = nanos / 100;
        return tenths / 10 + "." + tenths % 10 + " µs";
    }
}

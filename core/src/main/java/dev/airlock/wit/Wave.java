package dev.airlock.wit;

import dev.airlock.error.ValueException;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;

/**
 * Reads and prints WAVE, the WebAssembly Value Encoding: values as text (wasm-wave, "Encoding").
 *
 * <pre>{@code
 * var type = new ListType(PrimitiveType.U32);
 * Value numbers = Wave.parse(type, "[1, 2, 3]");
 * String text = Wave.print(numbers); // [1, 2, 3]
 * }</pre>
 *
 * <table>
 * <caption>The text of each type</caption>
 * <tr><td>bool, integers, floats</td><td>{@code true}, {@code -9}, {@code 6.022e+23}, {@code nan}, {@code -inf}</td></tr>
 * <tr><td>char, string</td><td>{@code 'x'}, {@code "a\tb"}; a string over several lines between {@code """}</td></tr>
 * <tr><td>tuple, list</td><td>{@code ("abc", 123)}, {@code [1, 2]}</td></tr>
 * <tr><td>record</td><td>{@code {name: "Ada", num: 3}}; fields that are options may be missing; <code>{:}</code></td></tr>
 * <tr><td>variant, enum, flags</td><td>{@code days(30)}, {@code south}, {@code {read, write}}</td></tr>
 * <tr><td>option, result</td><td>{@code some(1)}, {@code none}, {@code ok(1)}, {@code err("no")}; {@code 1}
 *     for the first and the third, unless the payload is an option or a result too</td></tr>
 * </table>
 *
 * <p>A comma may follow the last element, and {@code //} starts a comment. A case named like a keyword (true, false,
 * inf, nan, some, none, ok, err) needs a leading {@code %}. WAVE has no maps yet: a map is written as the list of its
 * pairs, {@code [("a", 1)]}. Resources, futures, streams and error contexts have no text.
 */
public final class Wave {
    /** The longest text that is read, in UTF-16 units. */
    static final int MAX_TEXT = 1 << 28;

    private Wave() {}

    /**
     * Reads a value.
     *
     * @param type the type of the value
     * @param text one value in WAVE
     * @return the value
     * @throws dev.airlock.error.WitException if the text is not WAVE
     * @throws ValueException if it is not a value of the type; the message has the path to the place in the value, and
     *     the place in the text
     */
    public static Value parse(ValType type, String text) {
        return parse(type, text, ValuePath.root());
    }

    /**
     * Reads a value, as {@link #parse(ValType, String)}.
     *
     * @param type the type of the value
     * @param text one value in WAVE
     * @param path the path to the whole value, for errors
     * @return the value
     */
    public static Value parse(ValType type, String text, ValuePath path) {
        Cursor cursor = new Cursor(new SourceText("", text), MAX_TEXT, false);
        Value value = new WaveReader(cursor).read(type, path);
        if (!cursor.atEnd()) {
            throw cursor.expected("the end of the text");
        }
        return value;
    }

    /**
     * Prints a value on one line, which reads back as an equal value. Fields of records whose value is none are left
     * out.
     *
     * @param value the value
     * @return its text
     * @throws ValueException if the value contains a resource, future, stream or error context
     */
    public static String print(Value value) {
        StringBuilder out = new StringBuilder();
        value.accept(new WavePrinter(out));
        return out.toString();
    }
}

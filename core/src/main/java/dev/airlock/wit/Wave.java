package dev.airlock.wit;

import dev.airlock.error.ValueException;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;

/**
 * WAVE, the WebAssembly Value Encoding: values as text (wasm-wave, "Encoding").
 *
 * <table>
 * <caption>What it looks like</caption>
 * <tr><td>bool, integers, floats</td><td>{@code true}, {@code -9}, {@code 6.022e+23}, {@code nan}, {@code -inf}</td></tr>
 * <tr><td>char, string</td><td>{@code 'x'}, {@code "a\tb"}; a string over several lines between {@code """}</td></tr>
 * <tr><td>tuple, list</td><td>{@code ("abc", 123)}, {@code [1, 2]}</td></tr>
 * <tr><td>record</td><td>{@code {name: "Ada", num: 3}}; fields that are options may be missing; <code>{:}</code></td></tr>
 * <tr><td>variant, enum, flags</td><td>{@code days(30)}, {@code south}, {@code {read, write}}</td></tr>
 * <tr><td>option, result</td><td>{@code some(1)}, {@code none}, {@code ok(1)}, {@code err("no")}; {@code 1} for the
 *     first and the third, unless what is inside is an option or a result too</td></tr>
 * </table>
 *
 * <p>Commas may end a list, and {@code //} starts a comment. A case named like a keyword (true, false, inf, nan, some,
 * none, ok, err) takes a {@code %} in front. WAVE has no maps yet: a map is written as the list of pairs that it crosses
 * as, {@code [("a", 1)]}. Resources, futures, streams and error contexts have no text.
 */
public final class Wave {
    /** The longest text that is read, in UTF-16 units. */
    static final int MAX_TEXT = 1 << 28;

    private Wave() {}

    /**
     * Reads a value.
     *
     * @throws dev.airlock.error.WitException where the text is not WAVE
     * @throws ValueException where it is not a value of the type; the message has the path to what does not fit and its
     *     place in the text
     */
    public static Value parse(ValType type, String text) {
        return parse(type, text, ValuePath.root());
    }

    /**
     * Reads a value, as {@link #parse(ValType, String)}.
     *
     * @param path the way to the whole value, for errors
     */
    public static Value parse(ValType type, String text, ValuePath path) {
        Cursor cursor = new Cursor(new Source("", text), MAX_TEXT, false);
        Value value = new WaveReader(cursor).read(type, path);
        if (!cursor.atEnd()) {
            throw cursor.expected("the end of the text");
        }
        return value;
    }

    /**
     * Prints a value on one line, to be read back as an equal one. Nothing is abbreviated but fields of records: those
     * that are none are left out.
     *
     * @throws ValueException where there is a resource, future, stream or error context in the value
     */
    public static String print(Value value) {
        StringBuilder out = new StringBuilder();
        value.accept(new WavePrinter(out));
        return out.toString();
    }
}

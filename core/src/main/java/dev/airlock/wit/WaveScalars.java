package dev.airlock.wit;

import dev.airlock.error.WitException;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Reads the values in WAVE that contain no others: words, numbers, chars and strings. */
final class WaveScalars {
    /** Longer than any integer. Longer numbers are refused unread, since reading them takes long. */
    private static final int MAX_INTEGER_LENGTH = 40;

    private static final String TRIPLE = "\"\"\"";

    private final Cursor cursor;
    private final SourceText source;
    private final Quoted quoted;

    WaveScalars(Cursor cursor) {
        this.cursor = cursor;
        this.source = cursor.source();
        this.quoted = new Quoted(cursor);
    }

    /** Reads the next value, or returns null if it is of another kind. */
    @Nullable
    Value read(PrimitiveType type, ValuePath path) {
        cursor.skipBlank();
        return switch (type) {
            case BOOL -> bool();
            case S8, U8, S16, U16, S32, U32, S64, U64 -> integer(type, path);
            case F32 -> {
                String number = floatText();
                yield number == null ? null : new PrimitiveValue.F32(Float.parseFloat(number));
            }
            case F64 -> {
                String number = floatText();
                yield number == null ? null : new PrimitiveValue.F64(Double.parseDouble(number));
            }
            case CHAR -> cursor.here() == '\'' ? character(path) : null;
            case STRING -> cursor.here() == '"' ? PrimitiveValue.string(string(), path) : null;
            case ERROR_CONTEXT -> null;
        };
    }

    /**
     * Returns what to write for a text without quotes; empty if the next token is not such a text, or the type takes no
     * text.
     */
    String bareText(ValType type) {
        if (type != PrimitiveType.STRING && type != PrimitiveType.CHAR) {
            return "";
        }
        String text = source.text();
        int start = cursor.skipBlank();
        int end = start;
        while (end < text.length() && ",()[]{}\"'\\\n".indexOf(text.charAt(end)) < 0 && !text.startsWith("//", end)) {
            end++;
        }
        String bare = text.substring(start, end).strip();
        if (bare.isEmpty() || !Character.isLetter(bare.codePointAt(0))) {
            return "";
        }
        if (type == PrimitiveType.STRING) {
            return SourceText.cut(bare) + " is a bare word; write " + SourceText.quote(bare);
        }
        return bare.codePointCount(0, bare.length()) == 1 ? bare + " is a bare character; write '" + bare + "'" : "";
    }

    /** Describes the next token for errors. Throws if it cannot start a value. */
    String kindOfNext() {
        int start = cursor.skipBlank();
        int c = cursor.here();
        if (atNumber()) {
            String number = number();
            cursor.moveTo(start);
            return SourceText.cut(number);
        }
        if (c == '%' || !cursor.peekWord().isEmpty()) {
            return cursor.describeNext();
        }
        return switch (c) {
            case '"' -> "a string";
            case '\'' -> "a char";
            case '[' -> "a list";
            case '(' -> "a tuple";
            case '{' -> "a record or flags";
            default -> throw cursor.expected("a value");
        };
    }

    private PrimitiveValue.@Nullable Bool bool() {
        String word = cursor.peekWord();
        if (!word.equals("true") && !word.equals("false")) {
            return null;
        }
        cursor.word();
        return new PrimitiveValue.Bool(word.equals("true"));
    }

    private boolean atNumber() {
        int c = cursor.here();
        return (c == '-' && !cursor.peekWord().equals("-inf")) || (c >= '0' && c <= '9');
    }

    private @Nullable PrimitiveValue integer(PrimitiveType type, ValuePath path) {
        if (!atNumber()) {
            return null;
        }
        String number = number();
        if (!number.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
            throw path.refuse(type + " takes whole numbers, got " + SourceText.cut(number));
        }
        if (number.length() > MAX_INTEGER_LENGTH) {
            throw path.refuse(
                    type + " takes no number of " + number.length() + " digits, got " + SourceText.cut(number));
        }
        return PrimitiveValue.integer(type, new BigInteger(number), path);
    }

    /** Reads a float as Java writes it, or returns null. */
    private @Nullable String floatText() {
        String word = cursor.peekWord();
        if (word.equals("nan") || word.equals("inf") || word.equals("-inf")) {
            cursor.word();
            return word.replace("inf", "Infinity").replace("nan", "NaN");
        }
        return atNumber() ? number() : null;
    }

    /** Reads a number as in JSON: the only sign is minus, no leading zero, digits on both sides of the point. */
    private String number() {
        int start = cursor.offset();
        skip("-");
        if (!skip("0")) {
            digits(start);
        }
        if (skip(".")) {
            digits(start);
        }
        if (skip("e") || skip("E")) {
            if (!skip("+")) {
                skip("-");
            }
            digits(start);
        }
        if (Cursor.isWordPart(cursor.here())) {
            throw badNumber(start);
        }
        return source.text().substring(start, cursor.offset());
    }

    private boolean skip(String piece) {
        boolean found = source.text().startsWith(piece, cursor.offset());
        if (found) {
            cursor.moveTo(cursor.offset() + piece.length());
        }
        return found;
    }

    private void digits(int start) {
        int first = cursor.offset();
        while (cursor.here() >= '0' && cursor.here() <= '9') {
            cursor.moveTo(cursor.offset() + 1);
        }
        if (cursor.offset() == first) {
            throw badNumber(start);
        }
    }

    private WitException badNumber(int start) {
        int end = Math.min(cursor.offset() + 1, source.text().length());
        return source.error(
                start,
                "expected a number as in 12, -0.5 or 6.022e+23, got "
                        + SourceText.quote(source.text().substring(start, end)));
    }

    private PrimitiveValue character(ValuePath path) {
        int start = cursor.offset();
        cursor.moveTo(start + 1);
        int c = cursor.here();
        if (c == Cursor.END || c == '\n' || c == '\'') {
            throw source.error(start, "expected one character between single quotes, as in 'x' or '\\n'");
        }
        StringBuilder out = new StringBuilder();
        quoted.character(out);
        if (cursor.here() != '\'') {
            throw source.error(start, "expected one character between single quotes, as in 'x' or '\\n'");
        }
        cursor.moveTo(cursor.offset() + 1);
        return PrimitiveValue.character(out.codePointAt(0), path);
    }

    private String string() {
        return source.text().startsWith(TRIPLE, cursor.offset()) ? multiLine() : quoted.string();
    }

    /**
     * Reads lines between triple quotes. The last line holds only the closing quotes; the spaces before them are
     * removed from every line, and a line with fewer spaces is refused.
     */
    private String multiLine() {
        String text = source.text();
        int open = cursor.offset();
        int start = open + TRIPLE.length();
        int firstLine = start + lineBreak(start);
        if (firstLine == start) {
            throw source.error(start, "expected a line break after the opening \"\"\"");
        }
        int close = text.indexOf(TRIPLE, start);
        if (close < 0) {
            throw source.error(open, "this string has no end: expected a closing \"\"\"");
        }
        int lastLine = text.lastIndexOf('\n', close) + 1;
        int indent = close - lastLine;
        if (!isSpaces(lastLine, close)) {
            throw source.error(close, "expected nothing but spaces before the closing \"\"\"");
        }
        StringBuilder out = new StringBuilder();
        cursor.moveTo(firstLine);
        while (cursor.offset() < lastLine) {
            if (cursor.offset() > firstLine) {
                out.append('\n');
            }
            line(indent, out);
        }
        cursor.moveTo(close + TRIPLE.length());
        return out.toString();
    }

    private void line(int indent, StringBuilder out) {
        int start = cursor.offset();
        if (!isSpaces(start, start + indent)) {
            throw source.error(start, "expected " + indent + " spaces, as before the closing \"\"\"");
        }
        cursor.moveTo(start + indent);
        while (lineBreak(cursor.offset()) == 0) {
            quoted.character(out);
        }
        cursor.moveTo(cursor.offset() + lineBreak(cursor.offset()));
    }

    private boolean isSpaces(int start, int end) {
        for (int i = start; i < end; i++) {
            if (i >= source.text().length() || source.text().charAt(i) != ' ') {
                return false;
            }
        }
        return true;
    }

    /** Returns the length of the line break at the offset, 0 if there is none. */
    private int lineBreak(int offset) {
        if (source.text().startsWith("\n", offset)) {
            return 1;
        }
        return source.text().startsWith("\r\n", offset) ? 2 : 0;
    }
}

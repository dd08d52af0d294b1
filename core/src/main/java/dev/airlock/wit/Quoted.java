package dev.airlock.wit;

import dev.airlock.error.WitException;

/**
 * Reads and prints quoted characters. WIT and WAVE share all escapes except one: the two-digit escape that WIT takes
 * from the core text format, {@code \7f}, is not supported, since it stands for a byte, and {@code \}{@code u{7f}} says
 * the same.
 */
final class Quoted {
    private static final int MAX_HEX_DIGITS = 6;

    private final Cursor cursor;
    private final SourceText source;

    Quoted(Cursor cursor) {
        this.cursor = cursor;
        this.source = cursor.source();
    }

    /** Reads a string in double quotes, which comes next. */
    String string() {
        int start = cursor.offset();
        cursor.moveTo(start + 1);
        StringBuilder out = new StringBuilder();
        while (true) {
            int c = cursor.here();
            if (c == '"') {
                cursor.moveTo(cursor.offset() + 1);
                return out.toString();
            }
            if (c == Cursor.END || c == '\n') {
                throw source.error(start, "this string has no end: expected a closing \"");
            }
            character(out);
        }
    }

    /** Reads one character or escape. */
    void character(StringBuilder out) {
        int c = cursor.here();
        int start = cursor.offset();
        if (c != '\\') {
            int codePoint = source.text().codePointAt(start);
            cursor.moveTo(start + Character.charCount(codePoint));
            out.appendCodePoint(codePoint);
            return;
        }
        cursor.moveTo(start + 1);
        int escape = cursor.here();
        cursor.moveTo(Math.min(start + 2, source.text().length()));
        switch (escape) {
            case '\'', '"', '\\' -> out.append((char) escape);
            case 't' -> out.append('\t');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 'u' -> out.appendCodePoint(codePoint(start));
            default -> throw badEscape(start);
        }
    }

    private int codePoint(int start) {
        String text = source.text();
        int open = start + 2;
        int end = open + 1;
        while (end < text.length() && end - open <= MAX_HEX_DIGITS && Unicode.isHexDigit(text.charAt(end))) {
            end++;
        }
        if (cursor.here() != '{' || end == open + 1 || end >= text.length() || text.charAt(end) != '}') {
            throw badEscape(start);
        }
        cursor.moveTo(end + 1);
        int codePoint = Integer.parseInt(text.substring(open + 1, end), 16);
        if (!Character.isValidCodePoint(codePoint) || Character.getType(codePoint) == Character.SURROGATE) {
            throw source.error(start, String.format("U+%04X is not a Unicode scalar value", codePoint));
        }
        return codePoint;
    }

    private WitException badEscape(int start) {
        return source.error(start, "expected an escape: \\\", \\', \\\\, \\t, \\n, \\r or \\u{1f30a}");
    }

    /** Prints a text in the given quotes. Escapes all characters that could be mistaken for others. */
    static void print(String text, char quote, StringBuilder out) {
        out.append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(quote);
                    } else if (Character.isISOControl(c) || isInvisible(c)) {
                        out.append("\\u{").append(Integer.toHexString(c)).append('}');
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        out.append(quote);
    }

    private static boolean isInvisible(int c) {
        return Unicode.isBidiControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || Unicode.isRefusedInWit(c);
    }
}

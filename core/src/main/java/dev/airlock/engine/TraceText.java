package dev.airlock.engine;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.util.ArrayList;
import java.util.List;

/** Text for people's eyes, of things that a guest says. */
public final class TraceText {
    private static final int LONGEST = 200;

    private TraceText() {}

    /**
     * Returns the same text in quotes, with quotes and backslashes escaped too.
     *
     * @param text the text
     * @return the same text in quotes, with quotes and backslashes escaped too
     */
    public static String quoted(String text) {
        return '"' + escaped(text, true, LONGEST) + '"';
    }

    /**
     * Text that cannot drive a terminal: what is no plain character is escaped, and what is long is cut.
     *
     * @param text the text
     * @return the text, with control characters escaped
     */
    public static String shown(String text) {
        return shown(text, LONGEST);
    }

    /** Returns the same, cut behind so many characters. */
    static String shown(String text, int longest) {
        return escaped(text, false, longest);
    }

    private static String escaped(String text, boolean quotes, int longest) {
        var shown = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (shown.length() >= longest) {
                return shown.append("… (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (quotes && (c == '"' || c == '\\')) {
                shown.append('\\').append((char) c);
            } else if (isPlain(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u{%x}", c));
            }
        }
        return shown.toString();
    }

    /** Not so: control characters, those that turn the direction of text around, halves of surrogates, line ends. */
    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Numbers of core types. */
    static List<String> numbers(List<CoreValType> types, long[] bits) {
        var shown = new ArrayList<String>();
        for (int i = 0; i < types.size() && i < bits.length; i++) {
            shown.add(number(types.get(i), bits[i]));
        }
        return shown;
    }

    private static String number(CoreValType type, long bits) {
        return switch (type.kind()) {
            case I32 -> Integer.toString((int) bits);
            case I64 -> Long.toString(bits);
            case F32 -> Float.toString(Float.intBitsToFloat((int) bits));
            case F64 -> Double.toString(Double.longBitsToDouble(bits));
            case V128, REF -> type.text();
        };
    }

    /** Calls of a function of which nothing is known but its type. */
    static HostModule.CallReader ofType(CoreFuncType type) {
        return new HostModule.CallReader() {
            @Override
            public List<String> arguments(Caller caller, long[] args) {
                return numbers(type.params(), args);
            }

            @Override
            public String result(Caller caller, long[] args, long[] results) {
                return String.join(", ", numbers(type.results(), results));
            }
        };
    }
}

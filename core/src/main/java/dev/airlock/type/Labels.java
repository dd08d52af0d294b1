package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the names of fields, cases, flags and parameters: words of ASCII letters and digits joined by single hyphens.
 * Each word is either lower case or upper case, and the first word starts with a letter (Explainer, "Import and Export
 * Definitions": {@code label}).
 */
public final class Labels {
    private static final int LENGTH_IN_MESSAGE = 60;

    private Labels() {}

    /**
     * Returns whether a text is a label, such as {@code name}, {@code is-XML} and {@code a1-2-3}.
     *
     * @param text any text
     * @return whether it is a label
     */
    public static boolean isLabel(String text) {
        int start = 0;
        while (true) {
            int end = text.indexOf('-', start);
            int stop = end < 0 ? text.length() : end;
            if (!isWord(text, start, stop, start == 0)) {
                return false;
            }
            if (end < 0) {
                return true;
            }
            start = end + 1;
        }
    }

    private static boolean isWord(String text, int start, int end, boolean first) {
        if (start == end || (first && isDigit(text.charAt(start)))) {
            return false;
        }
        boolean lower = false;
        boolean upper = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                lower = true;
            } else if (c >= 'A' && c <= 'Z') {
                upper = true;
            } else if (!isDigit(c)) {
                return false;
            }
        }
        return !(lower && upper);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Refuses labels that are ill-formed, and labels that differ only in case. */
    static void check(String what, List<String> labels) {
        Map<String, String> seen = new HashMap<>();
        for (String label : labels) {
            check(what, label);
            String before = seen.put(label.toLowerCase(Locale.ROOT), label);
            if (before != null) {
                throw new SignatureException(
                        before.equals(label)
                                ? "two " + what + "s have the name \"" + shorten(label) + "\""
                                : "the " + what + "s \"" + shorten(before) + "\" and \"" + shorten(label)
                                        + "\" differ only in case");
            }
        }
    }

    static void check(String what, @Nullable String label) {
        if (label != null && !isLabel(label)) {
            throw new SignatureException("\"" + shorten(label) + "\" cannot name a " + what
                    + ": a name is words of letters and digits with one hyphen between them, each in one case,"
                    + " the first starting with a letter");
        }
    }

    private static String shorten(String label) {
        return label.length() <= LENGTH_IN_MESSAGE ? label : label.substring(0, LENGTH_IN_MESSAGE) + "…";
    }
}

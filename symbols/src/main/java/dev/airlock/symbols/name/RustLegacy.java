package dev.airlock.symbols.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rust's older scheme: a C++ name whose parts are names, the last of them a hash. Characters that C++ does not allow
 * are escaped.
 *
 * <p>A linker that reads such a symbol as C++ leaves {@code geometry::area::h0123456789abcdef}, which is accepted too.
 */
final class RustLegacy {
    private static final int HASH_DIGITS = 16;
    private static final Map<String, String> ESCAPES =
            Map.of("SP", "@", "BP", "*", "RF", "&", "LT", "<", "GT", ">", "LP", "(", "RP", ")", "C", ",");

    private RustLegacy() {}

    static boolean isOne(String symbol) {
        return symbol.startsWith("_ZN") ? hashEnd(symbol) > 0 : isHash(symbol.substring(lastName(symbol)), false);
    }

    private static int lastName(String symbol) {
        int colons = symbol.lastIndexOf("::");
        return colons < 1 ? symbol.length() : colons + 2;
    }

    /** Returns the end of the hash: the end of the symbol, or the start of a suffix by LLVM ({@code .llvm.1234}). */
    private static int hashEnd(String symbol) {
        int dot = symbol.indexOf("E.");
        int end = dot < 0 ? symbol.length() : dot + 1;
        int start = end - 1 - HASH_DIGITS - 1;
        return start > 5 && symbol.startsWith("17", start - 2) && isHash(symbol.substring(start, end), true) ? end : -1;
    }

    private static boolean isHash(String name, boolean ended) {
        int length = 1 + HASH_DIGITS + (ended ? 1 : 0);
        if (name.length() != length || name.charAt(0) != 'h' || (ended && name.charAt(length - 1) != 'E')) {
            return false;
        }
        for (int i = 1; i <= HASH_DIGITS; i++) {
            if (Character.digit(name.charAt(i), 16) < 0 || name.charAt(i) > 'f') {
                return false;
            }
        }
        return true;
    }

    static String read(String symbol) {
        return String.join("::", symbol.startsWith("_ZN") ? names(symbol) : splitNames(symbol));
    }

    private static List<String> names(String symbol) {
        var letters = new Letters(symbol, "_ZN".length());
        var names = new ArrayList<String>();
        while (!letters.take('E')) {
            names.add(plain(letters.next(letters.number())));
        }
        names.remove(names.size() - 1);
        if (names.isEmpty()) {
            throw NotUnderstood.INSTANCE;
        }
        return names;
    }

    private static List<String> splitNames(String symbol) {
        var names = new ArrayList<String>();
        for (String name : symbol.substring(0, lastName(symbol) - 2).split("::", -1)) {
            names.add(plain(name));
        }
        return names;
    }

    private static String plain(String name) {
        var plain = new StringBuilder();
        // An escape may not start a name, so an underscore precedes it.
        int at = name.startsWith("_$") ? 1 : 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            if (c == '.') {
                boolean two = name.startsWith("..", at);
                plain.append(two ? "::" : ".");
                at += two ? 2 : 1;
            } else if (c == '$') {
                int end = name.indexOf('$', at + 1);
                if (end < 0) {
                    throw NotUnderstood.INSTANCE;
                }
                plain.append(unescaped(name.substring(at + 1, end)));
                at = end + 1;
            } else {
                plain.append(c);
                at++;
            }
        }
        return plain.toString();
    }

    private static String unescaped(String escape) {
        String known = ESCAPES.get(escape);
        if (known != null) {
            return known;
        }
        if (escape.length() < 2 || escape.length() > 7 || escape.charAt(0) != 'u') {
            throw NotUnderstood.INSTANCE;
        }
        try {
            int c = Integer.parseInt(escape.substring(1), 16);
            if (Character.isISOControl(c)) {
                throw NotUnderstood.INSTANCE;
            }
            return Character.toString(c);
        } catch (IllegalArgumentException e) {
            throw NotUnderstood.INSTANCE;
        }
    }
}

package dev.airlock.symbols.name;

import java.util.ArrayList;

/** Names with letters beyond ASCII, in the form of Rust's newer scheme: RFC 3492, with {@code _} for its {@code -}. */
final class Punycode {
    private static final int BASE = 36;
    private static final int FIRST_THRESHOLD = 1;
    private static final int LAST_THRESHOLD = 26;

    private Punycode() {}

    static String decode(String name) {
        int split = name.lastIndexOf('_');
        var decoded = new ArrayList<Integer>();
        for (int i = 0; i < split; i++) {
            decoded.add((int) name.charAt(i));
        }
        long place = 0;
        long codePoint = 128;
        int bias = 72;
        int at = split + 1;
        while (at < name.length()) {
            long before = place;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < name.length() ? digit(name.charAt(at++)) : -1;
                place += digit * weight;
                int threshold = Math.max(FIRST_THRESHOLD, Math.min(k - bias, LAST_THRESHOLD));
                if (digit < 0 || place > Integer.MAX_VALUE) {
                    throw NotUnderstood.INSTANCE;
                }
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (weight > Integer.MAX_VALUE) {
                    throw NotUnderstood.INSTANCE;
                }
            }
            int count = decoded.size() + 1;
            bias = bias(place - before, count, before == 0);
            codePoint += place / count;
            place %= count;
            if (!Character.isValidCodePoint((int) codePoint)
                    || codePoint > Character.MAX_CODE_POINT
                    || Character.getType((int) codePoint) == Character.SURROGATE) {
                throw NotUnderstood.INSTANCE;
            }
            decoded.add((int) place++, (int) codePoint);
        }
        var text = new StringBuilder();
        decoded.forEach(text::appendCodePoint);
        return text.toString();
    }

    private static int digit(char c) {
        return c >= 'a' && c <= 'z' ? c - 'a' : c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }

    private static int bias(long difference, int count, boolean first) {
        long delta = first ? difference / 700 : difference / 2;
        delta += delta / count;
        int k = 0;
        while (delta > ((BASE - FIRST_THRESHOLD) * LAST_THRESHOLD) / 2) {
            delta /= BASE - FIRST_THRESHOLD;
            k += BASE;
        }
        return (int) (k + (BASE - FIRST_THRESHOLD + 1) * delta / (delta + 38));
    }
}

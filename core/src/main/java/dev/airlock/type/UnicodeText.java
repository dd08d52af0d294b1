package dev.airlock.type;

/** Checks that chars and strings have no lone surrogates, which are not Unicode scalar values. */
final class UnicodeText {
    private UnicodeText() {}

    static void checkScalar(int codePoint, ValuePath path) {
        if (!Character.isValidCodePoint(codePoint)) {
            throw path.refuse("char takes Unicode scalar values, got " + hex(codePoint));
        }
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw path.refuse("char takes Unicode scalar values, got the surrogate " + hex(codePoint));
        }
    }

    static void check(String text, ValuePath path) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                throw path.refuse("string takes Unicode text, got the lone surrogate " + hex(c) + " at index " + i);
            }
        }
    }

    private static String hex(int codePoint) {
        return String.format("U+%04X", codePoint);
    }
}

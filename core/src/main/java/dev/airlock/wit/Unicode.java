package dev.airlock.wit;

/** Characters that are invisible or look like something else. */
final class Unicode {
    private Unicode() {}

    /**
     * Returns whether the character changes the direction of the text around it, and so can make the text look like
     * another.
     */
    static boolean isBidiControl(int c) {
        return (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200E
                || c == 0x200F
                || c == 0x061C;
    }

    /** Returns whether WIT refuses the character at any place (WIT, "Lexical structure"). */
    static boolean isRefusedInWit(int c) {
        return (c < ' ' && c != '\n' && c != '\r' && c != '\t')
                || (c >= 0x7F && c <= 0x9F)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || isDiscouraged(c);
    }

    /** Returns whether Unicode deprecates or strongly discourages the character. */
    private static boolean isDiscouraged(int c) {
        return switch (c) {
            case 0x0149,
                    0x0673,
                    0x0F77,
                    0x0F79,
                    0x17A3,
                    0x17A4,
                    0x17B4,
                    0x17B5,
                    0x206A,
                    0x206B,
                    0x206C,
                    0x206D,
                    0x206E,
                    0x206F -> true;
            default -> false;
        };
    }

    static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}

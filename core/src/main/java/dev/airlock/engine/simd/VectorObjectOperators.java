package dev.airlock.engine.simd;

import org.jspecify.annotations.Nullable;

/**
 * The operators on vectors that are one operator, or a few, of {@code jdk.incubator.vector}: only those that C2 turns into
 * instructions of every processor with 128-bit vectors, since any other allocates. All others work on two longs.
 */
final class VectorObjectOperators {
    /**
     * How an operator is made.
     *
     * @param kind what is done, see {@link VectorObjectCode}
     * @param type of the lanes: B, S, I, L, F, D
     * @param name of the constant of {@code VectorOperators}
     * @param constantType the simple name of its type there
     */
    record Recipe(Kind kind, char type, String name, String constantType) {}

    enum Kind {
        UNARY,
        BINARY,
        SHIFT,
        COMPARE,
        COMPARE_UNSIGNED,
        EXTREME_UNSIGNED,
        CHOOSE_LESS,
        SUBTRACT_SATURATING_UNSIGNED,
        ADD_SATURATING_UNSIGNED,
        SIGN_BITS,
        MULTIPLY_ADD,
        BLEND,
        AND_NOT,
        SPLAT,
        EXTRACT,
        REPLACE
    }

    private static final @Nullable Recipe[] RECIPES = new @Nullable Recipe[0x114];

    static {
        bits();
        integers();
        floats(0xE0, 'F', 0x41);
        floats(0xEC, 'D', 0x47);
        add(0x105, Kind.MULTIPLY_ADD, 'F', "ADD", "");
        add(0x106, Kind.MULTIPLY_ADD, 'F', "SUB", "");
        add(0x107, Kind.MULTIPLY_ADD, 'D', "ADD", "");
        add(0x108, Kind.MULTIPLY_ADD, 'D', "SUB", "");
        lanes();
    }

    private VectorObjectOperators() {}

    /** @param number without the prefix */
    static @Nullable Recipe of(int number) {
        return RECIPES[number];
    }

    private static void bits() {
        add(0x4D, Kind.UNARY, 'B', "NOT", "Unary");
        add(0x4E, Kind.BINARY, 'B', "AND", "Associative");
        add(0x4F, Kind.AND_NOT, 'B', "AND", "Associative");
        add(0x50, Kind.BINARY, 'B', "OR", "Associative");
        add(0x51, Kind.BINARY, 'B', "XOR", "Associative");
        add(0x52, Kind.BLEND, 'B', "", "");
    }

    private static void integers() {
        char[] types = {'B', 'S', 'I', 'L'};
        for (int i = 0; i < types.length; i++) {
            int first = 0x60 + i * 0x20;
            char type = types[i];
            if (type != 'L') {
                add(first, Kind.UNARY, type, "ABS", "Unary");
                add(first + 0x0C, Kind.SHIFT, type, "ASHR", "Binary");
                add(first + 0x16, Kind.BINARY, type, "MIN", "Associative");
                add(first + 0x17, Kind.EXTREME_UNSIGNED, type, "GT", "Comparison");
                add(first + 0x18, Kind.BINARY, type, "MAX", "Associative");
                add(first + 0x19, Kind.EXTREME_UNSIGNED, type, "LT", "Comparison");
                comparisons(0x23 + i * 10, type);
            }
            add(first + 0x01, Kind.UNARY, type, "NEG", "Unary");
            add(first + 0x0B, Kind.SHIFT, type, "LSHL", "Binary");
            add(first + 0x0D, Kind.SHIFT, type, "LSHR", "Binary");
            add(first + 0x0E, Kind.BINARY, type, "ADD", "Associative");
            add(first + 0x11, Kind.BINARY, type, "SUB", "Binary");
            if (i < 2) {
                add(first + 0x10, Kind.ADD_SATURATING_UNSIGNED, type, "", "");
                add(first + 0x13, Kind.SUBTRACT_SATURATING_UNSIGNED, type, "", "");
            }
        }
        add(0x95, Kind.BINARY, 'S', "MUL", "Associative");
        add(0xB5, Kind.BINARY, 'I', "MUL", "Associative");
    }

    private static void comparisons(int first, char type) {
        String[] names = {"EQ", "NE", "LT", "LT", "GT", "GT", "LE", "LE", "GE", "GE"};
        for (int i = 0; i < names.length; i++) {
            boolean isUnsigned = i > 2 && i % 2 == 1;
            add(first + i, isUnsigned ? Kind.COMPARE_UNSIGNED : Kind.COMPARE, type, names[i], "Comparison");
        }
    }

    private static void floats(int first, char type, int comparison) {
        String[] comparisons = {"EQ", "NE", "LT", "GT", "LE", "GE"};
        for (int i = 0; i < comparisons.length; i++) {
            add(comparison + i, Kind.COMPARE, type, comparisons[i], "Comparison");
        }
        add(first, Kind.SIGN_BITS, type, "AND", "Associative");
        add(first + 1, Kind.SIGN_BITS, type, "XOR", "Associative");
        add(first + 3, Kind.UNARY, type, "SQRT", "Unary");
        add(first + 4, Kind.BINARY, type, "ADD", "Associative");
        add(first + 5, Kind.BINARY, type, "SUB", "Binary");
        add(first + 6, Kind.BINARY, type, "MUL", "Associative");
        add(first + 7, Kind.BINARY, type, "DIV", "Binary");
        add(first + 10, Kind.CHOOSE_LESS, type, "GT", "Comparison");
        add(first + 11, Kind.CHOOSE_LESS, type, "LT", "Comparison");
    }

    private static void lanes() {
        String types = "BSILFD";
        int[] splats = {0x0F, 0x10, 0x11, 0x12, 0x13, 0x14};
        int[] extracts = {0x15, 0x18, 0x1B, 0x1D, 0x1F, 0x21};
        int[] replaces = {0x17, 0x1A, 0x1C, 0x1E, 0x20, 0x22};
        for (int i = 0; i < types.length(); i++) {
            char type = types.charAt(i);
            add(splats[i], Kind.SPLAT, type, "", "");
            add(extracts[i], Kind.EXTRACT, type, "", "");
            add(replaces[i], Kind.REPLACE, type, "", "");
            if (i < 4) {
                add(0x07 + i, Kind.SPLAT, type, "", "");
            }
        }
        add(0x16, Kind.EXTRACT, 'B', "u", "");
        add(0x19, Kind.EXTRACT, 'S', "u", "");
    }

    private static void add(int number, Kind kind, char type, String name, String constantType) {
        RECIPES[number] = new Recipe(kind, type, name, constantType);
    }
}

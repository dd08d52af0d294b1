package dev.airlock.engine.simd;

import org.jspecify.annotations.Nullable;

/**
 * The operators on vectors (core specification, sections 5.4.9 and 4.3.4 to 4.3.6), by the number behind the prefix 0xFD: their
 * operands and the static methods that compute each half of the result.
 */
final class VectorOperators {
    private static final String VECTOR = "dev/airlock/engine/vector/";
    private static final String BYTES = VECTOR + "VectorBytes";
    private static final String SHORTS = VECTOR + "VectorShorts";
    private static final String INTS = VECTOR + "VectorInts";
    private static final String LONGS = VECTOR + "VectorLongs";
    private static final String FLOATS = VECTOR + "VectorFloats";
    private static final String DOUBLES = VECTOR + "VectorDoubles";
    private static final String WIDTHS = VECTOR + "VectorWidths";
    private static final String LANES = VECTOR + "VectorLanes";

    /**
     * A call of a static method. Its arguments are letters: {@code a} and {@code A} are the low and the high half of the first
     * vector operand, {@code b} and {@code B} of the second and so on, {@code i} is the operand that is a scalar.
     *
     * @param result the descriptor of the result
     */
    record Call(String owner, String method, String arguments, char result) {}

    /**
     * An operator.
     *
     * @param number its number; of a relaxed operator, that of the operator which does the same
     * @param shape its operands, bottom first, and its result, as in {@code VI>V}: I, J, F, D for the scalar types as in
     *     descriptors, V for a vector
     * @param low what computes the low half, or the scalar result; null if the operator is emitted inline
     * @param high what computes the high half; null if that is zero, or if the result is a scalar
     */
    record Operator(
            int number,
            String shape,
            @Nullable Call low,
            @Nullable Call high) {
        String operands() {
            return shape.substring(0, shape.indexOf('>'));
        }

        boolean returnsVector() {
            return shape.endsWith("V");
        }
    }

    private static final @Nullable Operator[] OPERATORS = new @Nullable Operator[0x114];

    static {
        memory();
        lanes();
        comparisons();
        bitwise();
        integers();
        widths();
        floats();
        relaxed();
    }

    private VectorOperators() {}

    /** @param opcode with the prefix */
    static Operator of(int opcode) {
        Operator operator = OPERATORS[opcode & 0xFFFF];
        if (operator == null) {
            throw new IllegalArgumentException("no operator on vectors: 0x" + Integer.toHexString(opcode));
        }
        return operator;
    }

    private static void memory() {
        inline(0x00, ">V");
        widen(0x01, "8", "J", "i", "i");
        widen(0x03, "16", "J", "i", "i");
        widen(0x05, "32", "J", "i", "i");
        splat(0x07, "I", "splat8");
        splat(0x08, "I", "splat16");
        splat(0x09, "I", "splat32");
        inline(0x0A, "J>V");
        inline(0x0B, "V>");
        for (int width = 0; width < 3; width++) {
            inline(0x54 + width, "IV>V");
            inline(0x58 + width, "V>I");
        }
        inline(0x57, "JV>V");
        inline(0x5B, "V>J");
        inline(0x5C, "I>V");
        inline(0x5D, "J>V");
    }

    private static void lanes() {
        inline(0x0C, ">V");
        inline(0x0D, "VV>V");
        halves(0x0E, "VV>V", LANES, "swizzle", "aAb", "swizzle", "aAB");
        splat(0x0F, "I", "splat8");
        splat(0x10, "I", "splat16");
        splat(0x11, "I", "splat32");
        inline(0x12, "J>V");
        splat(0x13, "F", "splat");
        splat(0x14, "D", "splat");
        inline(0x15, "V>I");
        inline(0x16, "V>I");
        inline(0x17, "VI>V");
        inline(0x18, "V>I");
        inline(0x19, "V>I");
        inline(0x1A, "VI>V");
        inline(0x1B, "V>I");
        inline(0x1C, "VI>V");
        inline(0x1D, "V>J");
        inline(0x1E, "VJ>V");
        inline(0x1F, "V>F");
        inline(0x20, "VF>V");
        inline(0x21, "V>D");
        inline(0x22, "VD>V");
    }

    private static void comparisons() {
        String[] integers = {"eq", "ne", "ltS", "ltU", "gtS", "gtU", "leS", "leU", "geS", "geU"};
        for (int i = 0; i < integers.length; i++) {
            half(0x23 + i, "VV>V", BYTES, integers[i]);
            half(0x2D + i, "VV>V", SHORTS, integers[i]);
            half(0x37 + i, "VV>V", INTS, integers[i]);
        }
        String[] longs = {"eq", "ne", "ltS", "gtS", "leS", "geS"};
        String[] floats = {"eq", "ne", "lt", "gt", "le", "ge"};
        for (int i = 0; i < longs.length; i++) {
            half(0xD6 + i, "VV>V", LONGS, longs[i]);
            half(0x41 + i, "VV>V", FLOATS, floats[i]);
            half(0x47 + i, "VV>V", DOUBLES, floats[i]);
        }
    }

    private static void bitwise() {
        inline(0x4D, "V>V");
        for (int i = 0x4E; i <= 0x51; i++) {
            inline(i, "VV>V");
        }
        inline(0x52, "VVV>V");
        scalar(0x53, LANES, "anyTrue");
    }

    private static void integers() {
        String[] owners = {BYTES, SHORTS, INTS, LONGS};
        for (int i = 0; i < owners.length; i++) {
            int first = 0x60 + i * 0x20;
            String owner = owners[i];
            half(first, "V>V", owner, "abs");
            half(first + 0x01, "V>V", owner, "neg");
            scalar(first + 0x03, owner, "allTrue");
            scalar(first + 0x04, owner, "bitmask");
            half(first + 0x0B, "VI>V", owner, "shl");
            half(first + 0x0C, "VI>V", owner, "shrS");
            half(first + 0x0D, "VI>V", owner, "shrU");
            half(first + 0x0E, "VV>V", owner, "add");
            half(first + 0x11, "VV>V", owner, "sub");
            if (i < 2) {
                half(first + 0x0F, "VV>V", owner, "addSatS");
                half(first + 0x10, "VV>V", owner, "addSatU");
                half(first + 0x12, "VV>V", owner, "subSatS");
                half(first + 0x13, "VV>V", owner, "subSatU");
                half(first + 0x1B, "VV>V", owner, "avgrU");
            }
            if (i > 0) {
                half(first + 0x15, "VV>V", owner, "mul");
            }
            if (i < 3) {
                half(first + 0x16, "VV>V", owner, "minS");
                half(first + 0x17, "VV>V", owner, "minU");
                half(first + 0x18, "VV>V", owner, "maxS");
                half(first + 0x19, "VV>V", owner, "maxU");
            }
        }
        half(0x62, "V>V", BYTES, "popcnt");
        half(0x82, "VV>V", SHORTS, "q15mulrSatS");
    }

    private static void widths() {
        narrow(0x65, "narrow16s");
        narrow(0x66, "narrow16u");
        narrow(0x85, "narrow32s");
        narrow(0x86, "narrow32u");
        half(0x7C, "V>V", WIDTHS, "pairwise8s");
        half(0x7D, "V>V", WIDTHS, "pairwise8u");
        half(0x7E, "V>V", WIDTHS, "pairwise16s");
        half(0x7F, "V>V", WIDTHS, "pairwise16u");
        String[] widths = {"8", "16", "32"};
        for (int i = 0; i < widths.length; i++) {
            int first = 0x87 + i * 0x20;
            widen(first, widths[i], "V", "a", "A");
            multiply(0x9C + i * 0x20, widths[i]);
        }
        half(0xBA, "VV>V", WIDTHS, "dot16s");
    }

    private static void floats() {
        String[] rounding = {"ceil", "floor", "trunc", "nearest"};
        int[] roundDoubles = {0x74, 0x75, 0x7A, 0x94};
        for (int i = 0; i < rounding.length; i++) {
            half(0x67 + i, "V>V", FLOATS, rounding[i]);
            half(roundDoubles[i], "V>V", DOUBLES, rounding[i]);
        }
        String[] binary = {"add", "sub", "mul", "div", "min", "max", "pmin", "pmax"};
        floats(0xE0, FLOATS, binary);
        floats(0xEC, DOUBLES, binary);
        half(0xF8, "V>V", FLOATS, "truncSatS");
        half(0xF9, "V>V", FLOATS, "truncSatU");
        half(0xFA, "V>V", FLOATS, "convertS");
        half(0xFB, "V>V", FLOATS, "convertU");
        lowOnly(0x5E, "demote");
        lowOnly(0xFC, "truncSatS");
        lowOnly(0xFD, "truncSatU");
        halves(0x5F, "V>V", WIDTHS, "promoteLower", "a", "promoteUpper", "a");
        halves(0xFE, "V>V", WIDTHS, "convertLowerS", "a", "convertUpperS", "a");
        halves(0xFF, "V>V", WIDTHS, "convertLowerU", "a", "convertUpperU", "a");
    }

    private static void floats(int first, String owner, String[] binary) {
        half(first, "V>V", owner, "abs");
        half(first + 1, "V>V", owner, "neg");
        half(first + 3, "V>V", owner, "sqrt");
        for (int i = 0; i < binary.length; i++) {
            half(first + 4 + i, "VV>V", owner, binary[i]);
        }
    }

    /** Relaxed operators give what the specification's deterministic profile says (section 4.3.6), on every machine. */
    private static void relaxed() {
        same(0x100, 0x0E);
        same(0x101, 0xF8);
        same(0x102, 0xF9);
        same(0x103, 0xFC);
        same(0x104, 0xFD);
        half(0x105, "VVV>V", FLOATS, "madd");
        half(0x106, "VVV>V", FLOATS, "nmadd");
        half(0x107, "VVV>V", DOUBLES, "madd");
        half(0x108, "VVV>V", DOUBLES, "nmadd");
        for (int i = 0x109; i <= 0x10C; i++) {
            same(i, 0x52);
        }
        same(0x10D, 0xE8);
        same(0x10E, 0xE9);
        same(0x10F, 0xF4);
        same(0x110, 0xF5);
        same(0x111, 0x82);
        half(0x112, "VV>V", WIDTHS, "dot8s");
        half(0x113, "VVV>V", WIDTHS, "dotAdd8s");
    }

    private static void inline(int number, String shape) {
        OPERATORS[number] = new Operator(number, shape, null, null);
    }

    /** Adds an operator each half of whose result depends on that half of its operands alone. */
    private static void half(int number, String shape, String owner, String method) {
        StringBuilder low = new StringBuilder();
        StringBuilder high = new StringBuilder();
        int vectors = 0;
        for (int i = 0; shape.charAt(i) != '>'; i++) {
            if (shape.charAt(i) == 'V') {
                low.append((char) ('a' + vectors));
                high.append((char) ('A' + vectors));
                vectors++;
            } else {
                low.append('i');
                high.append('i');
            }
        }
        halves(number, shape, owner, method, low.toString(), method, high.toString());
    }

    private static void halves(
            int number,
            String shape,
            String owner,
            String low,
            String lowArguments,
            String high,
            String highArguments) {
        OPERATORS[number] = new Operator(
                number, shape, new Call(owner, low, lowArguments, 'J'), new Call(owner, high, highArguments, 'J'));
    }

    private static void scalar(int number, String owner, String method) {
        OPERATORS[number] = new Operator(number, "V>I", new Call(owner, method, "aA", 'I'), null);
    }

    private static void lowOnly(int number, String method) {
        OPERATORS[number] = new Operator(number, "V>V", new Call(WIDTHS, method, "aA", 'J'), null);
    }

    private static void splat(int number, String scalar, String method) {
        halves(number, scalar + ">V", LANES, method, "i", method, "i");
    }

    private static void narrow(int number, String method) {
        halves(number, "VV>V", WIDTHS, method, "aA", method, "bB");
    }

    /** Adds two operators, signed and unsigned, that widen one half; or four, of the low half and then of the high half. */
    private static void widen(int first, String width, String operand, String low, String high) {
        String shape = operand + ">V";
        int number = first;
        for (String sign : new String[] {"s", "u"}) {
            halves(number++, shape, WIDTHS, "lower" + width + sign, low, "upper" + width + sign, low);
            if (!high.equals(low)) {
                halves(number++, shape, WIDTHS, "lower" + width + sign, high, "upper" + width + sign, high);
            }
        }
    }

    private static void multiply(int first, String width) {
        int number = first;
        for (String sign : new String[] {"s", "u"}) {
            for (String half : new String[] {"ab", "AB"}) {
                halves(number++, "VV>V", WIDTHS, "mulLower" + width + sign, half, "mulUpper" + width + sign, half);
            }
        }
    }

    private static void same(int number, int other) {
        OPERATORS[number] = OPERATORS[other];
    }
}

package dev.airlock.engine.validate;

import org.jspecify.annotations.Nullable;

/**
 * The types of operators without types of their own, as text: operands, then {@code >}, then results, each one of I, J, F, D
 * and V for i32, i64, f32, f64 and v128 (core specification, sections 3.4.1 and 3.4.2).
 */
final class Shapes {
    private static final byte[] OPERANDS = new byte[0x100];
    private static final byte[] OPERAND = new byte[0x100];
    private static final byte[] RESULT = new byte[0x100];
    private static final String[] SATURATING = {"F>I", "F>I", "D>I", "D>I", "F>J", "F>J", "D>J", "D>J"};
    private static final @Nullable String[] VECTOR = new String[276];

    private Shapes() {}

    /** Returns how many operands an operator from 0x45 to 0xC4 has, all of one type; 0 if the opcode is none of them. */
    static int operands(int opcode) {
        return OPERANDS[opcode];
    }

    static int operand(int opcode) {
        return OPERAND[opcode];
    }

    static int result(int opcode) {
        return RESULT[opcode];
    }

    /** Returns the shape of an operator behind 0xFC on numbers alone, or null. The number is unsigned. */
    static @Nullable String prefixed(int number) {
        if (number >= 0 && number < SATURATING.length) {
            return SATURATING[number];
        }
        return switch (number) {
            case 19, 20 -> "JJJJ>JJ";
            case 21, 22 -> "JJ>JJ";
            default -> null;
        };
    }

    /** Returns the shape of a vector operator without immediates or with lanes, or null. The number is unsigned. */
    static @Nullable String vector(int number) {
        return number >= 0 && number < VECTOR.length ? VECTOR[number] : null;
    }

    private static void numeric(int from, int to, String shape) {
        int arrow = shape.indexOf('>');
        for (int i = from; i <= to; i++) {
            OPERANDS[i] = (byte) arrow;
            OPERAND[i] = (byte) FunctionValidator.type(shape.charAt(0));
            RESULT[i] = (byte) FunctionValidator.type(shape.charAt(arrow + 1));
        }
    }

    private static void vector(String shape, int... numbers) {
        for (int number : numbers) {
            VECTOR[number] = shape;
        }
    }

    private static void vectors(String shape, int from, int to) {
        for (int i = from; i <= to; i++) {
            VECTOR[i] = shape;
        }
    }

    static {
        numeric(0x45, 0x45, "I>I");
        numeric(0x46, 0x4F, "II>I");
        numeric(0x50, 0x50, "J>I");
        numeric(0x51, 0x5A, "JJ>I");
        numeric(0x5B, 0x60, "FF>I");
        numeric(0x61, 0x66, "DD>I");
        numeric(0x67, 0x69, "I>I");
        numeric(0x6A, 0x78, "II>I");
        numeric(0x79, 0x7B, "J>J");
        numeric(0x7C, 0x8A, "JJ>J");
        numeric(0x8B, 0x91, "F>F");
        numeric(0x92, 0x98, "FF>F");
        numeric(0x99, 0x9F, "D>D");
        numeric(0xA0, 0xA6, "DD>D");
        String[] conversions = {
            "J>I", "F>I", "F>I", "D>I", "D>I", "I>J", "I>J", "F>J", "F>J", "D>J", "D>J", "I>F", "I>F", "J>F", "J>F",
            "D>F", "I>D", "I>D", "J>D", "J>D", "F>D", "F>I", "D>J", "I>F", "J>D", "I>I", "I>I", "J>J", "J>J", "J>J"
        };
        for (int i = 0; i < conversions.length; i++) {
            numeric(0xA7 + i, 0xA7 + i, conversions[i]);
        }
    }

    static {
        vector("VV>V", 14);
        vectors("I>V", 15, 17);
        vector("J>V", 18);
        vector("F>V", 19);
        vector("D>V", 20);
        vector("V>I", 21, 22, 24, 25, 27);
        vector("VI>V", 23, 26, 28);
        vector("V>J", 29);
        vector("VJ>V", 30);
        vector("V>F", 31);
        vector("VF>V", 32);
        vector("V>D", 33);
        vector("VD>V", 34);
        vectors("VV>V", 35, 76);
        vector("V>V", 77);
        vectors("VV>V", 78, 81);
        vector("VVV>V", 82);
        vector("V>I", 83);
        vectors("V>V", 94, 98);
        vector("V>I", 99, 100);
        vector("VV>V", 101, 102);
        vectors("V>V", 103, 106);
        vectors("VI>V", 107, 109);
        vectors("VV>V", 110, 115);
        vector("V>V", 116, 117);
        vectors("VV>V", 118, 121);
        vector("V>V", 122);
        vector("VV>V", 123);
        vectors("V>V", 124, 129);
        vector("VV>V", 130);
        vector("V>I", 131, 132);
        vector("VV>V", 133, 134);
        vectors("V>V", 135, 138);
        vectors("VI>V", 139, 141);
        vectors("VV>V", 142, 147);
        vector("V>V", 148);
        vectors("VV>V", 149, 153);
        vectors("VV>V", 155, 159);
        vector("V>V", 160, 161);
        vector("V>I", 163, 164);
        vectors("V>V", 167, 170);
        vectors("VI>V", 171, 173);
        vector("VV>V", 174, 177, 181, 182, 183, 184, 185, 186, 188, 189, 190, 191);
        vector("V>V", 192, 193);
        vector("V>I", 195, 196);
        vectors("V>V", 199, 202);
        vectors("VI>V", 203, 205);
        vector("VV>V", 206, 209, 213);
        vectors("VV>V", 214, 223);
        vector("V>V", 224, 225, 227);
        vectors("VV>V", 228, 235);
        vector("V>V", 236, 237, 239);
        vectors("VV>V", 240, 247);
        vectors("V>V", 248, 255);
        vector("VV>V", 256);
        vectors("V>V", 257, 260);
        vectors("VVV>V", 261, 268);
        vectors("VV>V", 269, 274);
        vector("VVV>V", 275);
    }
}

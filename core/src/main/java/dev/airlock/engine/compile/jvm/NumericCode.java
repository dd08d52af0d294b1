package dev.airlock.engine.compile.jvm;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** How each operator on numbers becomes JVM code: an instruction or two, or a call of a small method. */
public final class NumericCode {
    private static final String NUMBERS = "dev/airlock/engine/runtime/Numbers";
    private static final String INTEGER = "java/lang/Integer";
    private static final String LONG = "java/lang/Long";
    private static final String MATH = "java/lang/Math";

    static final int SATURATING = 0xFC << 16;
    public static final int ADD128 = SATURATING | 19;
    public static final int MUL_WIDE_U = SATURATING | 22;

    private static final int ROTL = 0x77;
    private static final int ROTR = 0x78;

    /** From an operator on ints to the same on longs. */
    private static final int LONGS = 0x12;

    private static final int FIRST = 0x67;
    private static final int LAST = 0xC4;
    private static final Operator[] PLAIN = new Operator[LAST - FIRST + 1];
    private static final Operator[] SATURATED = new Operator[8];

    private static final int WRAP = Opcodes.L2I;

    /** No instruction, but a few: see {@link JvmCode#extendUnsigned}. */
    private static final int UNSIGNED = -1;

    /**
     * One operator: conversions of what is on top, then an instruction or a call, then another conversion.
     *
     * @param operands their carriers
     * @param before an instruction for the operand on top, or 0
     * @param instruction 0 if a method is called, or if nothing is needed
     * @param after an instruction for the result, or 0
     */
    public record Operator(
            String operands,
            char result,
            int before,
            int instruction,
            @Nullable String owner,
            String name,
            String descriptor,
            int after) {
        public void emit(JvmCode code) {
            if (before != 0) {
                code.visitInsn(before);
            }
            if (owner != null) {
                code.invokeStatic(owner, name, descriptor);
            } else if (instruction == UNSIGNED) {
                code.extendUnsigned();
            } else if (instruction != 0) {
                code.visitInsn(instruction);
            }
            if (after != 0) {
                code.visitInsn(after);
            }
        }

        public boolean isFloat() {
            return result == 'F' || result == 'D';
        }
    }

    private NumericCode() {}

    /** Returns how an operator is made that is no comparison. */
    public static Operator of(int opcode) {
        return opcode >= SATURATING ? SATURATED[opcode - SATURATING] : PLAIN[opcode - FIRST];
    }

    public static boolean isWide(int opcode) {
        return opcode >= ADD128 && opcode <= MUL_WIDE_U;
    }

    private static void instruction(int opcode, String operands, char result, int instruction) {
        PLAIN[opcode - FIRST] = new Operator(operands, result, 0, instruction, null, "", "", 0);
    }

    private static void instruction(int opcode, String operands, char result, int before, int instruction) {
        PLAIN[opcode - FIRST] = new Operator(operands, result, before, instruction, null, "", "", 0);
    }

    private static Operator call(String operands, char result, int before, String owner, String name, String type) {
        return new Operator(operands, result, before, 0, owner, name, type, 0);
    }

    private static void call(int opcode, String operands, char result, String owner, String name) {
        String type = "(" + operands + ")" + result;
        PLAIN[opcode - FIRST] = call(operands, result, 0, owner, name, type);
    }

    private static void count(int opcode, String name) {
        call(opcode, "I", 'I', INTEGER, name);
        PLAIN[opcode + 0x12 - FIRST] = new Operator("J", 'J', 0, 0, LONG, name, "(J)I", Opcodes.I2L);
    }

    private static void both(int opcode, int instruction) {
        instruction(opcode, "II", 'I', instruction);
        // The instructions for longs follow those for ints.
        instruction(opcode + 0x12, "JJ", 'J', instruction + 1);
    }

    private static void shift(int opcode, int instruction) {
        instruction(opcode, "II", 'I', instruction);
        instruction(opcode + 0x12, "JJ", 'J', WRAP, instruction + 1);
    }

    private static void rotate(int opcode, String name) {
        call(opcode, "II", 'I', INTEGER, name);
        PLAIN[opcode + 0x12 - FIRST] = call("JJ", 'J', WRAP, LONG, name, "(JI)J");
    }

    public static boolean isRotation(int opcode) {
        return opcode == ROTL || opcode == ROTR || opcode == ROTL + LONGS || opcode == ROTR + LONGS;
    }

    /** Rotates what is on the JVM's stack by a constant, without a method: hash functions do this often. Returns its carrier. */
    public static char rotate(JvmCode code, int opcode, int by) {
        boolean isLong = opcode >= ROTL + LONGS;
        int wide = isLong ? 1 : 0;
        boolean left = opcode - wide * LONGS == ROTL;
        code.visitInsn(isLong ? Opcodes.DUP2 : Opcodes.DUP);
        code.pushInt(by & (isLong ? 63 : 31));
        code.visitInsn((left ? Opcodes.ISHL : Opcodes.IUSHR) + wide);
        if (isLong) {
            code.visitInsn(Opcodes.DUP2_X2);
            code.visitInsn(Opcodes.POP2);
        } else {
            code.visitInsn(Opcodes.SWAP);
        }
        code.pushInt(-by & (isLong ? 63 : 31));
        code.visitInsn((left ? Opcodes.IUSHR : Opcodes.ISHL) + wide);
        code.visitInsn(Opcodes.IOR + wide);
        return isLong ? 'J' : 'I';
    }

    private static void division(int opcode, String owner, String longOwner, String name) {
        call(opcode, "II", 'I', owner, name);
        call(opcode + 0x12, "JJ", 'J', longOwner, name);
    }

    private static void unary(int opcode, String owner, String name) {
        call(opcode, "F", 'F', owner, name);
        call(opcode + 0x0E, "D", 'D', owner, name);
    }

    private static void floats(int opcode, int instruction) {
        instruction(opcode, "FF", 'F', instruction);
        // Those for doubles come after the next.
        instruction(opcode + 0x0E, "DD", 'D', instruction + 1);
    }

    private static void binary(int opcode, String owner, String name) {
        call(opcode, "FF", 'F', owner, name);
        call(opcode + 0x0E, "DD", 'D', owner, name);
    }

    /** From a float and from a double: a float is widened first, which is exact. */
    private static void truncation(int opcode, char result, String name) {
        String type = "(D)" + result;
        PLAIN[opcode - FIRST] = call("F", result, Opcodes.F2D, NUMBERS, name, type);
        PLAIN[opcode + 2 - FIRST] = call("D", result, 0, NUMBERS, name, type);
    }

    static {
        count(0x67, "numberOfLeadingZeros");
        count(0x68, "numberOfTrailingZeros");
        count(0x69, "bitCount");
        both(0x6A, Opcodes.IADD);
        both(0x6B, Opcodes.ISUB);
        both(0x6C, Opcodes.IMUL);
        division(0x6D, NUMBERS, NUMBERS, "divS");
        division(0x6E, INTEGER, LONG, "divideUnsigned");
        both(0x6F, Opcodes.IREM);
        division(0x70, INTEGER, LONG, "remainderUnsigned");
        both(0x71, Opcodes.IAND);
        both(0x72, Opcodes.IOR);
        both(0x73, Opcodes.IXOR);
        shift(0x74, Opcodes.ISHL);
        shift(0x75, Opcodes.ISHR);
        shift(0x76, Opcodes.IUSHR);
        rotate(ROTL, "rotateLeft");
        rotate(ROTR, "rotateRight");
        unary(0x8B, NUMBERS, "abs");
        instruction(0x8C, "F", 'F', Opcodes.FNEG);
        instruction(0x9A, "D", 'D', Opcodes.DNEG);
        unary(0x8D, NUMBERS, "ceil");
        unary(0x8E, NUMBERS, "floor");
        unary(0x8F, NUMBERS, "trunc");
        unary(0x90, NUMBERS, "nearest");
        call(0x91, "F", 'F', NUMBERS, "sqrt");
        call(0x9F, "D", 'D', MATH, "sqrt");
        floats(0x92, Opcodes.FADD);
        floats(0x93, Opcodes.FSUB);
        floats(0x94, Opcodes.FMUL);
        floats(0x95, Opcodes.FDIV);
        binary(0x96, NUMBERS, "min");
        binary(0x97, NUMBERS, "max");
        binary(0x98, MATH, "copySign");
        instruction(0xA7, "J", 'I', WRAP);
        truncation(0xA8, 'I', "truncS32");
        truncation(0xA9, 'I', "truncU32");
        instruction(0xAC, "I", 'J', Opcodes.I2L);
        PLAIN[0xAD - FIRST] = new Operator("I", 'J', 0, UNSIGNED, null, "", "", 0);
        truncation(0xAE, 'J', "truncS64");
        truncation(0xAF, 'J', "truncU64");
        instruction(0xB2, "I", 'F', Opcodes.I2F);
        call(0xB3, "I", 'F', NUMBERS, "convertU32ToF32");
        instruction(0xB4, "J", 'F', Opcodes.L2F);
        call(0xB5, "J", 'F', NUMBERS, "convertU64ToF32");
        call(0xB6, "D", 'F', NUMBERS, "demote");
        instruction(0xB7, "I", 'D', Opcodes.I2D);
        call(0xB8, "I", 'D', NUMBERS, "convertU32ToF64");
        instruction(0xB9, "J", 'D', Opcodes.L2D);
        call(0xBA, "J", 'D', NUMBERS, "convertU64ToF64");
        instruction(0xBB, "F", 'D', Opcodes.F2D);
        call(0xBC, "F", 'I', "java/lang/Float", "floatToRawIntBits");
        call(0xBD, "D", 'J', "java/lang/Double", "doubleToRawLongBits");
        call(0xBE, "I", 'F', "java/lang/Float", "intBitsToFloat");
        call(0xBF, "J", 'D', "java/lang/Double", "longBitsToDouble");
        instruction(0xC0, "I", 'I', Opcodes.I2B);
        instruction(0xC1, "I", 'I', Opcodes.I2S);
        extension(0xC2, Opcodes.I2B);
        extension(0xC3, Opcodes.I2S);
        instruction(0xC4, "J", 'J', WRAP, Opcodes.I2L);
        for (int i = 0; i < SATURATED.length; i++) {
            SATURATED[i] = saturating(i);
        }
    }

    private static void extension(int opcode, int narrowing) {
        PLAIN[opcode - FIRST] = new Operator("J", 'J', WRAP, narrowing, null, "", "", Opcodes.I2L);
    }

    /** The JVM's own conversions saturate, and make 0 of a NaN. */
    private static Operator saturating(int number) {
        boolean isLong = number >= 4;
        boolean isDouble = (number & 2) != 0;
        boolean unsigned = (number & 1) != 0;
        char result = isLong ? 'J' : 'I';
        String operand = isDouble ? "D" : "F";
        if (unsigned) {
            String name = isLong ? "truncSatU64" : "truncSatU32";
            return call(operand, result, isDouble ? 0 : Opcodes.F2D, NUMBERS, name, "(D)" + result);
        }
        int instruction = isDouble ? (isLong ? Opcodes.D2L : Opcodes.D2I) : (isLong ? Opcodes.F2L : Opcodes.F2I);
        return new Operator(operand, result, 0, instruction, null, "", "", 0);
    }
}

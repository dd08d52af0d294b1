package dev.airlock.engine.simd;

import dev.airlock.engine.simd.VectorOperators.Call;
import dev.airlock.engine.simd.VectorOperators.Operator;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Emits the operators on vectors (opcodes behind 0xFD). The compiler first puts every operand into JVM locals: a scalar into
 * one of its carrier, a vector into the four of its {@link VectorForm}. The result is stored into four locals, after all operands
 * were read, so they may be those of an operand; a scalar result stays on the JVM's stack.
 *
 * <p>Memory accesses are the compiler's. {@link #accessBytes} tells how many bytes an operator reads or writes:
 *
 * <ul>
 *   <li>16, a load: the compiler loads two {@code long}s and stores them by {@link #storeHalf}, low first. A store checks all
 *       16 bytes before it writes any; {@link #pushHalf} gives the halves.
 *   <li>8, 4, 2, 1, a load: the compiler loads a {@code long}, or else an {@code int} without sign, into a local, which is the
 *       operand J or I of the shape; the address is none. So {@code v128.load8_lane} is {@code IV>V}.
 *   <li>8, 4, 2, 1, a store: the operator leaves the {@code long}, or else the {@code int}, for the compiler to store.
 * </ul>
 */
public final class VectorEmitter {
    private static final String FLOAT_CONSTANTS = "dev/airlock/engine/runtime/FloatConstants";

    public static final int V128_LOAD = 0xFD_0000;
    public static final int V128_STORE = 0xFD_000B;
    public static final int V128_CONST = 0xFD_000C;
    public static final int SHUFFLE = 0xFD_000D;

    private VectorEmitter() {}

    /** Returns the operands of an operator, bottom first, as in {@code VI}: I, J, F, D, and V for a vector. */
    public static String operands(int opcode) {
        return VectorOperators.of(opcode).operands();
    }

    /** Returns I, J, F, D or V for the result of an operator; a store of a lane gives what is to be stored. */
    public static char result(int opcode) {
        String shape = VectorOperators.of(opcode).shape();
        return shape.charAt(shape.length() - 1);
    }

    /** Returns whether an operator that accesses memory writes to it. */
    public static boolean isStore(int opcode) {
        int number = opcode & 0xFFFF;
        return number == 0x0B || number >= 0x58 && number <= 0x5B;
    }

    /** Returns how many bytes of memory an operator reads or writes; 0 if it accesses none. */
    public static int accessBytes(int opcode) {
        int number = opcode & 0xFFFF;
        if (number == 0x00 || number == 0x0B) {
            return 16;
        }
        if (number <= 0x06 || number == 0x5D) {
            return 8;
        }
        if (number <= 0x0A) {
            return 1 << number - 0x07;
        }
        if (number >= 0x54 && number <= 0x5B) {
            return 1 << (number & 3);
        }
        return number == 0x5C ? 4 : 0;
    }

    /**
     * Emits an operator.
     *
     * @param opcode with its prefix; neither {@code v128.load} nor {@code v128.store}
     * @param low the lane; of a constant, its low half; of a shuffle, the lane numbers of the result's low half
     * @param high of a constant or a shuffle, the high half; else unused
     * @param operands the first JVM local of each operand, bottom first
     * @param forms the form of each operand that is a vector; entries of scalars are ignored
     * @param form the form in which the result is stored
     * @param target the first of the four JVM locals of a result that is a vector; else unused
     */
    public static void emit(
            MethodVisitor code,
            int opcode,
            long low,
            long high,
            int[] operands,
            @Nullable VectorForm[] forms,
            VectorForm form,
            int target) {
        Operator operator = VectorOperators.of(opcode);
        Emission emission = new Emission(code, operator.operands(), operands, forms);
        if (emission.isObject(operator.returnsVector() ? form : null)
                && new VectorObjectCode(emission, operator.number(), (int) low).emit(low, high)) {
            if (operator.returnsVector()) {
                code.visitVarInsn(Opcodes.ASTORE, target);
            }
            return;
        }
        if (new VectorLaneCode(emission, operator.number(), form, target).emit()) {
            return;
        }
        Call lowCall = operator.low();
        if (lowCall == null) {
            VectorInlines.emit(emission, operator.number(), low, high, form, target);
            return;
        }
        emission.call(lowCall);
        if (operator.returnsVector()) {
            Call highCall = operator.high();
            if (highCall == null) {
                code.visitInsn(Opcodes.LCONST_0);
            } else {
                emission.call(highCall);
            }
            storeHalves(code, form, target);
        }
    }

    /** Returns the form in whose lanes an operator computes what may become a NaN; null if it makes none. */
    private static @Nullable VectorForm computes(int opcode) {
        return switch (VectorOperators.of(opcode).number()) {
            case 0x5E, 0x67, 0x68, 0x69, 0x6A, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0x105, 0x106 ->
                VectorForm.FLOATS;
            case 0x5F, 0x74, 0x75, 0x7A, 0x94, 0xEF, 0xF0, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0x107, 0x108 ->
                VectorForm.DOUBLES;
            default -> null;
        };
    }

    /** Emits, after an operator, that NaNs which it may have made become canonical; nothing for operators that make none. */
    public static void canonicalize(MethodVisitor code, int opcode, VectorForm form, int target) {
        onLanes(code, opcode, "canonical", form, target);
    }

    /** Emits, after an operator with a constant operand, that NaNs which it may have let through become quiet. */
    public static void quiet(MethodVisitor code, int opcode, VectorForm form, int target) {
        onLanes(code, opcode, "quieted", form, target);
    }

    private static void onLanes(MethodVisitor code, int opcode, String method, VectorForm form, int target) {
        VectorForm made = computes(opcode);
        if (made == null) {
            return;
        }
        String owner = "dev/airlock/engine/vector/" + (made == VectorForm.FLOATS ? "FloatLane" : "DoubleLane");
        String descriptor = "(" + made.carrier() + ")" + made.carrier();
        VectorLaneCode.storeLanes(
                code,
                made,
                lane -> {
                    VectorLaneCode.pushLane(code, form, target, made, lane);
                    code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, method, descriptor, false);
                },
                form,
                target);
    }

    /**
     * Pushes one half of a vector as a {@code long}.
     *
     * @param base the first of its JVM locals
     * @param half 0 for the low half, 1 for the high half
     */
    public static void pushHalf(MethodVisitor code, VectorForm form, int base, int half) {
        int first = form.local(base, half * form.lanes() / 2);
        switch (form) {
            case OBJECT -> VectorObjectCode.pushHalf(code, base, half);
            case LONGS -> code.visitVarInsn(Opcodes.LLOAD, first);
            case DOUBLES -> {
                code.visitVarInsn(Opcodes.DLOAD, first);
                doubleBits(code);
            }
            case INTS, FLOATS -> {
                pushLaneBits(code, form, first);
                code.visitInsn(Opcodes.I2L);
                code.visitLdcInsn(0xFFFF_FFFFL);
                code.visitInsn(Opcodes.LAND);
                pushLaneBits(code, form, first + 1);
                code.visitInsn(Opcodes.I2L);
                code.visitIntInsn(Opcodes.BIPUSH, 32);
                code.visitInsn(Opcodes.LSHL);
                code.visitInsn(Opcodes.LOR);
            }
        }
    }

    /** Stores the {@code long} on the JVM's stack into one half of a vector. */
    public static void storeHalf(MethodVisitor code, VectorForm form, int base, int half) {
        int first = form.local(base, half * form.lanes() / 2);
        switch (form) {
            case OBJECT -> throw new IllegalArgumentException("half of a vector that is an object");
            case LONGS -> code.visitVarInsn(Opcodes.LSTORE, first);
            case DOUBLES -> {
                code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "longBitsToDouble", "(J)D", false);
                code.visitVarInsn(Opcodes.DSTORE, first);
            }
            case INTS, FLOATS -> {
                code.visitInsn(Opcodes.DUP2);
                code.visitInsn(Opcodes.L2I);
                storeLaneBits(code, form, first);
                code.visitIntInsn(Opcodes.BIPUSH, 32);
                code.visitInsn(Opcodes.LUSHR);
                code.visitInsn(Opcodes.L2I);
                storeLaneBits(code, form, first + 1);
            }
        }
    }

    /** Stores two {@code long}s on the JVM's stack, the high half on top, into a vector. */
    public static void storeHalves(MethodVisitor code, VectorForm form, int base) {
        if (form == VectorForm.OBJECT) {
            VectorObjectCode.fromHalves(code);
            code.visitVarInsn(Opcodes.ASTORE, base);
            return;
        }
        storeHalf(code, form, base, 1);
        storeHalf(code, form, base, 0);
    }

    /** Copies a vector from one form and place into another, which may be the same. */
    public static void copy(MethodVisitor code, VectorForm from, int source, VectorForm to, int target) {
        if (from == to && source == target) {
            return;
        }
        if (to == VectorForm.OBJECT) {
            if (from == to) {
                code.visitVarInsn(Opcodes.ALOAD, source);
                code.visitVarInsn(Opcodes.ASTORE, target);
            } else {
                pushHalf(code, from, source, 0);
                pushHalf(code, from, source, 1);
                storeHalves(code, to, target);
            }
            return;
        }
        VectorLaneCode.storeLanes(code, to, lane -> VectorLaneCode.pushLane(code, from, source, to, lane), to, target);
    }

    /** Stores a constant. */
    public static void constant(MethodVisitor code, long low, long high, VectorForm form, int target) {
        if (form == VectorForm.OBJECT) {
            VectorObjectCode.constant(code, low, high);
            code.visitVarInsn(Opcodes.ASTORE, target);
            return;
        }
        for (int lane = 0; lane < form.lanes(); lane++) {
            long half = lane < form.lanes() / 2 ? low : high;
            int word = (int) (half >>> (lane & 1) * 32);
            switch (form) {
                case LONGS -> longConstant(code, half);
                case DOUBLES -> doubleConstant(code, half);
                case INTS -> intConstant(code, word);
                case FLOATS -> floatConstant(code, word);
                case OBJECT -> throw new IllegalArgumentException("an object has no lanes");
            }
            store(code, form, form.local(target, lane));
        }
    }

    public static void longConstant(MethodVisitor code, long value) {
        if (value == 0 || value == 1) {
            code.visitInsn(Opcodes.LCONST_0 + (int) value);
        } else if (value == (int) value && (short) value == value) {
            intConstant(code, (int) value);
            code.visitInsn(Opcodes.I2L);
        } else {
            code.visitLdcInsn(value);
        }
    }

    public static void intConstant(MethodVisitor code, int value) {
        if (value >= -1 && value <= 5) {
            code.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value == (byte) value) {
            code.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value == (short) value) {
            code.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            code.visitLdcInsn(value);
        }
    }

    /** A NaN is pushed by its bits, since class files and ASM may change its payload. */
    private static void floatConstant(MethodVisitor code, int bits) {
        float value = Float.intBitsToFloat(bits);
        if (Float.isNaN(value)) {
            intConstant(code, bits);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "intBitsToFloat", "(I)F", false);
        } else if (bits == 0 || value == 1) {
            code.visitFieldInsn(Opcodes.GETSTATIC, FLOAT_CONSTANTS, bits == 0 ? "floatZero" : "floatOne", "F");
        } else {
            code.visitLdcInsn(value);
        }
    }

    private static void doubleConstant(MethodVisitor code, long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isNaN(value)) {
            longConstant(code, bits);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "longBitsToDouble", "(J)D", false);
        } else if (bits == 0 || value == 1) {
            code.visitFieldInsn(Opcodes.GETSTATIC, FLOAT_CONSTANTS, bits == 0 ? "doubleZero" : "doubleOne", "D");
        } else {
            code.visitLdcInsn(value);
        }
    }

    public static void load(MethodVisitor code, VectorForm form, int local) {
        int opcode = switch (form) {
            case LONGS -> Opcodes.LLOAD;
            case INTS -> Opcodes.ILOAD;
            case FLOATS -> Opcodes.FLOAD;
            case DOUBLES -> Opcodes.DLOAD;
            case OBJECT -> Opcodes.ALOAD;
        };
        code.visitVarInsn(opcode, local);
    }

    public static void store(MethodVisitor code, VectorForm form, int local) {
        int opcode = switch (form) {
            case LONGS -> Opcodes.LSTORE;
            case INTS -> Opcodes.ISTORE;
            case FLOATS -> Opcodes.FSTORE;
            case DOUBLES -> Opcodes.DSTORE;
            case OBJECT -> Opcodes.ASTORE;
        };
        code.visitVarInsn(opcode, local);
    }

    private static void pushLaneBits(MethodVisitor code, VectorForm form, int local) {
        load(code, form, local);
        VectorLaneCode.toBits(code, form);
    }

    private static void storeLaneBits(MethodVisitor code, VectorForm form, int local) {
        VectorLaneCode.fromBits(code, form);
        store(code, form, local);
    }

    private static void doubleBits(MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
    }

    /** An operator's operands while it is emitted. */
    record Emission(
            MethodVisitor code,
            String shape,
            int[] operands,
            @Nullable VectorForm[] forms) {
        /** Pushes a half of a vector operand. */
        void half(int operand, int half) {
            pushHalf(code, form(operand), operands[operand], half);
        }

        /** Pushes a lane of a vector operand, as a lane of a form. */
        void lane(int operand, VectorForm wanted, int lane) {
            VectorLaneCode.pushLane(code, form(operand), operands[operand], wanted, lane);
        }

        /** Returns the form of an operand that is a vector. */
        VectorForm form(int operand) {
            VectorForm form = forms[operand];
            if (form == null) {
                throw new IllegalArgumentException("operand " + operand + " of " + shape + " has no form");
            }
            return form;
        }

        /** Whether the operator is one on objects: by its result, or by its operand if the result is a scalar. */
        boolean isObject(@Nullable VectorForm result) {
            return result == null ? form(vectorIndex(0)) == VectorForm.OBJECT : result == VectorForm.OBJECT;
        }

        /** Returns how many vector operands lie in lanes of 32 bits, less those that do not. */
        int words() {
            int words = 0;
            for (VectorForm form : forms) {
                words += form == null ? 0 : form.lanes() == 4 ? 1 : -1;
            }
            return words;
        }

        /** Pushes the operand that is a scalar. */
        void scalar() {
            int operand = scalarIndex();
            code.visitVarInsn(
                    switch (shape.charAt(operand)) {
                        case 'I' -> Opcodes.ILOAD;
                        case 'J' -> Opcodes.LLOAD;
                        case 'F' -> Opcodes.FLOAD;
                        default -> Opcodes.DLOAD;
                    },
                    operands[operand]);
        }

        /** Returns I, J, F or D for the operand that is a scalar. */
        char scalarType() {
            return shape.charAt(scalarIndex());
        }

        /** Pushes the operand that is a scalar as a lane of a form that has lanes of its width. */
        void scalarAs(VectorForm form) {
            scalar();
            char scalar = shape.charAt(scalarIndex());
            if (scalar == form.carrier()) {
                return;
            }
            switch (scalar) {
                case 'F' ->
                    code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false);
                case 'D' -> doubleBits(code);
                case 'I' ->
                    code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "intBitsToFloat", "(I)F", false);
                default ->
                    code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "longBitsToDouble", "(J)D", false);
            }
        }

        /** Returns the index of a vector operand, counted among those that are vectors. */
        int vectorIndex(int number) {
            int index = -1;
            for (int i = 0; i <= number; i++) {
                index = shape.indexOf('V', index + 1);
            }
            return index;
        }

        void call(Call call) {
            StringBuilder descriptor = new StringBuilder("(");
            for (int i = 0; i < call.arguments().length(); i++) {
                char argument = call.arguments().charAt(i);
                if (argument == 'i') {
                    scalar();
                    descriptor.append(shape.charAt(scalarIndex()));
                } else {
                    boolean isHigh = argument < 'a';
                    half(vectorIndex(argument - (isHigh ? 'A' : 'a')), isHigh ? 1 : 0);
                    descriptor.append('J');
                }
            }
            descriptor.append(')').append(call.result());
            code.visitMethodInsn(Opcodes.INVOKESTATIC, call.owner(), call.method(), descriptor.toString(), false);
        }

        private int scalarIndex() {
            for (int i = 0; i < shape.length(); i++) {
                if (shape.charAt(i) != 'V') {
                    return i;
                }
            }
            throw new IllegalStateException("no scalar operand: " + shape);
        }
    }
}

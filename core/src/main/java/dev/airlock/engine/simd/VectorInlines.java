package dev.airlock.engine.simd;

import dev.airlock.engine.simd.VectorEmitter.Emission;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Emits the operators on vectors that need no static method: constants, bits, and lanes by number. */
final class VectorInlines {
    private VectorInlines() {}

    static void emit(Emission operands, int number, long low, long high, VectorForm form, int target) {
        MethodVisitor code = operands.code();
        switch (number) {
            case 0x0A, 0x12, 0x5C, 0x5D -> fromScalar(operands, number, form, target);
            case 0x0C -> VectorEmitter.constant(code, low, high, form, target);
            case 0x0D -> VectorShuffles.emit(operands, low, high, form, target);
            case 0x15, 0x16, 0x18, 0x19, 0x1B, 0x1D, 0x1F, 0x21 -> extract(operands, number, (int) low);
            case 0x17, 0x1A, 0x1C, 0x1E, 0x20, 0x22, 0x54, 0x55, 0x56, 0x57 ->
                replace(operands, number, (int) low, form, target);
            case 0x58, 0x59, 0x5A, 0x5B -> pushLane(operands, number, (int) low);
            case 0x4D, 0x4E, 0x4F, 0x50, 0x51, 0x52 -> {
                for (int half = 0; half < 2; half++) {
                    bits(operands, number, half);
                }
                VectorEmitter.storeHalves(code, form, target);
            }
            default -> throw new IllegalArgumentException("no operator on vectors: 0x" + Integer.toHexString(number));
        }
    }

    private static void fromScalar(Emission operands, int number, VectorForm form, int target) {
        MethodVisitor code = operands.code();
        operands.scalar();
        if (number == 0x5C) {
            zeroExtend(code);
        }
        if (number == 0x0A || number == 0x12) {
            operands.scalar();
        } else {
            code.visitInsn(Opcodes.LCONST_0);
        }
        VectorEmitter.storeHalves(code, form, target);
    }

    private static void bits(Emission operands, int number, int half) {
        MethodVisitor code = operands.code();
        operands.half(0, half);
        switch (number) {
            case 0x4D -> not(code);
            case 0x4E -> {
                operands.half(1, half);
                code.visitInsn(Opcodes.LAND);
            }
            case 0x4F -> {
                operands.half(1, half);
                not(code);
                code.visitInsn(Opcodes.LAND);
            }
            case 0x50 -> {
                operands.half(1, half);
                code.visitInsn(Opcodes.LOR);
            }
            case 0x51 -> {
                operands.half(1, half);
                code.visitInsn(Opcodes.LXOR);
            }
            default -> {
                // (a ^ b) & mask ^ b
                operands.half(1, half);
                code.visitInsn(Opcodes.LXOR);
                operands.half(2, half);
                code.visitInsn(Opcodes.LAND);
                operands.half(1, half);
                code.visitInsn(Opcodes.LXOR);
            }
        }
    }

    private static void not(MethodVisitor code) {
        code.visitLdcInsn(-1L);
        code.visitInsn(Opcodes.LXOR);
    }

    private static void extract(Emission operands, int number, int lane) {
        MethodVisitor code = operands.code();
        if (number == 0x1F || number == 0x21) {
            operands.lane(0, number == 0x1F ? VectorForm.FLOATS : VectorForm.DOUBLES, lane);
            return;
        }
        pushLane(operands, number, lane);
        switch (number) {
            case 0x15 -> code.visitInsn(Opcodes.I2B);
            case 0x16 -> {
                VectorEmitter.intConstant(code, 0xFF);
                code.visitInsn(Opcodes.IAND);
            }
            case 0x18 -> code.visitInsn(Opcodes.I2S);
            case 0x19 -> code.visitInsn(Opcodes.I2C);
            default -> {
                // The lane's bits are the result.
            }
        }
    }

    /** Pushes the bits of a lane: a long if it has 64, else an int whose higher bits are those of other lanes. */
    private static void pushLane(Emission operands, int number, int lane) {
        MethodVisitor code = operands.code();
        int bits = laneBits(number);
        int position = lane * bits;
        int vector = operands.vectorIndex(0);
        if (bits < 64) {
            operands.lane(vector, VectorForm.INTS, position >>> 5);
            if ((position & 31) != 0) {
                VectorEmitter.intConstant(code, position & 31);
                code.visitInsn(Opcodes.IUSHR);
            }
            return;
        }
        operands.half(vector, position >>> 6);
    }

    private static void replace(Emission operands, int number, int lane, VectorForm form, int target) {
        MethodVisitor code = operands.code();
        int vector = operands.vectorIndex(0);
        int bits = laneBits(number);
        int position = lane * bits;
        if (bits == 32 && form.lanes() == 4 || bits == 64 && form.lanes() == 2) {
            replaceWhole(operands, vector, lane, form, target);
            return;
        }
        for (int half = 0; half < 2; half++) {
            if (half != position >>> 6) {
                operands.half(vector, half);
            } else if (bits == 64) {
                operands.scalar();
                if (number == 0x22) {
                    code.visitMethodInsn(
                            Opcodes.INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
                }
            } else {
                long mask = (1L << bits) - 1;
                operands.half(vector, half);
                code.visitLdcInsn(~(mask << (position & 63)));
                code.visitInsn(Opcodes.LAND);
                operands.scalar();
                if (number == 0x20) {
                    code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false);
                }
                code.visitInsn(Opcodes.I2L);
                code.visitLdcInsn(mask);
                code.visitInsn(Opcodes.LAND);
                shiftLeft(code, position & 63);
                code.visitInsn(Opcodes.LOR);
            }
        }
        VectorEmitter.storeHalves(code, form, target);
    }

    /** Replaces a lane that is one of the result's form: all others are copied. */
    private static void replaceWhole(Emission operands, int vector, int lane, VectorForm form, int target) {
        VectorLaneCode.storeLanes(
                operands.code(),
                form,
                i -> {
                    if (i == lane) {
                        operands.scalarAs(form);
                    } else {
                        operands.lane(vector, form, i);
                    }
                },
                form,
                target);
    }

    private static int laneBits(int number) {
        return switch (number) {
            case 0x15, 0x16, 0x17, 0x54, 0x58 -> 8;
            case 0x18, 0x19, 0x1A, 0x55, 0x59 -> 16;
            case 0x1B, 0x1C, 0x1F, 0x20, 0x56, 0x5A -> 32;
            default -> 64;
        };
    }

    static void shiftLeft(MethodVisitor code, int count) {
        if (count != 0) {
            VectorEmitter.intConstant(code, count);
            code.visitInsn(Opcodes.LSHL);
        }
    }

    private static void zeroExtend(MethodVisitor code) {
        code.visitInsn(Opcodes.I2L);
        code.visitLdcInsn(0xFFFF_FFFFL);
        code.visitInsn(Opcodes.LAND);
    }
}

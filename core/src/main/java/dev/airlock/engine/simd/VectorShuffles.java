package dev.airlock.engine.simd;

import dev.airlock.engine.simd.VectorEmitter.Emission;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Emits {@code i8x16.shuffle} (core specification, section 4.3.5), whose lane numbers are constants. Bytes of the result that
 * come from the same half by the same distance are moved together by one shift and one mask: a rotation of lanes takes two
 * moves, an interleaving of bytes four or eight.
 */
final class VectorShuffles {
    private VectorShuffles() {}

    static void emit(Emission operands, long low, long high, VectorForm form, int target) {
        if (operands.words() + (form.lanes() == 4 ? 1 : -1) > 0) {
            // Most of the three vectors lie in lanes of 32 bits.
            VectorLaneCode.storeLanes(
                    operands.code(),
                    VectorForm.INTS,
                    lane -> pushWord(operands, lane < 2 ? low : high, lane & 1),
                    form,
                    target);
            return;
        }
        emitHalf(operands, low);
        emitHalf(operands, high);
        VectorEmitter.storeHalves(operands.code(), form, target);
    }

    /** @param numbers for each byte of this half, the number of a byte of both operands */
    private static void emitHalf(Emission operands, long numbers) {
        MethodVisitor code = operands.code();
        // By source half, 0 to 3, and distance + 7: which bytes of the result it gives.
        long[][] masks = new long[4][15];
        for (int i = 0; i < 8; i++) {
            int number = (int) (numbers >>> i * 8) & 31;
            masks[number >>> 3][i - (number & 7) + 7] |= 0xFFL << i * 8;
        }
        boolean isFirst = true;
        for (int source = 0; source < 4; source++) {
            for (int distance = -7; distance <= 7; distance++) {
                long mask = masks[source][distance + 7];
                if (mask == 0) {
                    continue;
                }
                operands.half(source >>> 1, source & 1);
                long left = -1L;
                if (distance > 0) {
                    VectorEmitter.intConstant(code, distance * 8);
                    code.visitInsn(Opcodes.LSHL);
                    left = -1L << distance * 8;
                } else if (distance < 0) {
                    VectorEmitter.intConstant(code, -distance * 8);
                    code.visitInsn(Opcodes.LUSHR);
                    left = -1L >>> -distance * 8;
                }
                if (mask != left) {
                    code.visitLdcInsn(mask);
                    code.visitInsn(Opcodes.LAND);
                }
                if (!isFirst) {
                    code.visitInsn(Opcodes.LOR);
                }
                isFirst = false;
            }
        }
    }

    /** Pushes 32 bits of a half of the result. */
    private static void pushWord(Emission operands, long numbers, int word) {
        MethodVisitor code = operands.code();
        // By source word, 0 to 7, and distance + 3.
        int[][] masks = new int[8][7];
        for (int i = 0; i < 4; i++) {
            int number = (int) (numbers >>> word * 32 + i * 8) & 31;
            masks[number >>> 2][i - (number & 3) + 3] |= 0xFF << i * 8;
        }
        boolean isFirst = true;
        for (int source = 0; source < 8; source++) {
            for (int distance = -3; distance <= 3; distance++) {
                int mask = masks[source][distance + 3];
                if (mask == 0) {
                    continue;
                }
                operands.lane(source >>> 2, VectorForm.INTS, source & 3);
                int left = -1;
                if (distance > 0) {
                    VectorEmitter.intConstant(code, distance * 8);
                    code.visitInsn(Opcodes.ISHL);
                    left = -1 << distance * 8;
                } else if (distance < 0) {
                    VectorEmitter.intConstant(code, -distance * 8);
                    code.visitInsn(Opcodes.IUSHR);
                    left = -1 >>> -distance * 8;
                }
                if (mask != left) {
                    VectorEmitter.intConstant(code, mask);
                    code.visitInsn(Opcodes.IAND);
                }
                if (!isFirst) {
                    code.visitInsn(Opcodes.IOR);
                }
                isFirst = false;
            }
        }
    }
}

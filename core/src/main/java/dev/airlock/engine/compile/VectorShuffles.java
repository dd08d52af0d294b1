package dev.airlock.engine.compile;

import dev.airlock.engine.compile.VectorEmitter.Emission;
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
        emitHalf(operands, low);
        VectorEmitter.storeHalf(operands.code(), form, target, 0);
        emitHalf(operands, high);
        VectorEmitter.storeHalf(operands.code(), form, target, 1);
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
}

package dev.airlock.abi;

import dev.airlock.codegen.Register;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Packs several results of a generated method into one array: references, and the numbers in another array within it.
 */
final class Several {
    private Several() {}

    static void pack(StepCode to, List<Register> results) {
        MethodVisitor code = to.asm();
        var numbers = results.stream().filter(r -> r.type().isPrimitive()).toList();
        var references = new ArrayList<>(results);
        references.removeAll(numbers);
        code.visitLdcInsn(references.size() + 1);
        code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        code.visitInsn(Opcodes.DUP);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitLdcInsn(numbers.size());
        code.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
        for (int i = 0; i < numbers.size(); i++) {
            Class<?> type = numbers.get(i).type();
            code.visitInsn(Opcodes.DUP);
            code.visitLdcInsn(i);
            to.load(numbers.get(i));
            if (type == float.class) {
                to.call(Float.class, "floatToRawIntBits", int.class, float.class);
                code.visitInsn(Opcodes.I2L);
            } else if (type == double.class) {
                to.call(Double.class, "doubleToRawLongBits", long.class, double.class);
            } else if (type != long.class) {
                code.visitInsn(Opcodes.I2L);
            }
            code.visitInsn(Opcodes.LASTORE);
        }
        code.visitInsn(Opcodes.AASTORE);
        for (int i = 0; i < references.size(); i++) {
            code.visitInsn(Opcodes.DUP);
            code.visitLdcInsn(i + 1);
            to.load(references.get(i));
            code.visitInsn(Opcodes.AASTORE);
        }
    }

    static void unpack(StepCode to, List<Register> results) {
        MethodVisitor code = to.asm();
        int all = to.newSlot(Object.class);
        int longs = to.newSlot(Object.class);
        code.visitInsn(Opcodes.DUP);
        code.visitVarInsn(Opcodes.ASTORE, all);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitInsn(Opcodes.AALOAD);
        code.visitTypeInsn(Opcodes.CHECKCAST, "[J");
        code.visitVarInsn(Opcodes.ASTORE, longs);
        int number = 0;
        int reference = 1;
        for (Register result : results) {
            Class<?> type = result.type();
            if (type.isPrimitive()) {
                code.visitVarInsn(Opcodes.ALOAD, longs);
                code.visitLdcInsn(number++);
                code.visitInsn(Opcodes.LALOAD);
                if (type == double.class) {
                    to.call(Double.class, "longBitsToDouble", double.class, long.class);
                } else if (type != long.class) {
                    code.visitInsn(Opcodes.L2I);
                }
                if (type == float.class) {
                    to.call(Float.class, "intBitsToFloat", float.class, int.class);
                }
            } else {
                code.visitVarInsn(Opcodes.ALOAD, all);
                code.visitLdcInsn(reference++);
                code.visitInsn(Opcodes.AALOAD);
                to.cast(to.erase(type));
            }
            to.store(result);
        }
    }
}

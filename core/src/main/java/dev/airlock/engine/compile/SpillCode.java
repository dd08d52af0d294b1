package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.JvmCode;
import org.objectweb.asm.Opcodes;

/** Moves values to and from the {@link dev.airlock.engine.runtime.Spill} of an instance. */
final class SpillCode {
    private SpillCode() {}

    /** Pushes the array of numbers (n) or of references (r). */
    static void array(JvmMethod m, char which) {
        array(m.code, m.instance, which);
    }

    static void array(JvmCode code, int instance, char which) {
        code.load('L', instance);
        code.getField(ModulePlan.STATE, "spill", ModulePlan.SPILL_TYPE);
        code.getField(ModulePlan.SPILL, String.valueOf(which), which == 'n' ? "[J" : "[Ljava/lang/Object;");
    }

    static void number(JvmMethod m, int place) {
        number(m.code, m.instance, place);
    }

    static void number(JvmCode code, int instance, int place) {
        array(code, instance, 'n');
        code.pushInt(place);
        code.visitInsn(Opcodes.LALOAD);
    }

    static void reference(JvmMethod m, int place) {
        reference(m.code, m.instance, place);
    }

    static void reference(JvmCode code, int instance, int place) {
        array(code, instance, 'r');
        code.pushInt(place);
        code.visitInsn(Opcodes.AALOAD);
    }

    /** Turns a number into raw bits in a long. */
    static void toBits(JvmCode code, char carrier) {
        switch (carrier) {
            case 'I' -> code.visitInsn(Opcodes.I2L);
            case 'F' -> {
                code.invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I");
                code.visitInsn(Opcodes.I2L);
            }
            case 'D' -> code.invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
            default -> {
                // A long is its own bits, and a reference has none.
            }
        }
    }

    static void fromBits(JvmCode code, char carrier) {
        switch (carrier) {
            case 'I' -> code.visitInsn(Opcodes.L2I);
            case 'F' -> {
                code.visitInsn(Opcodes.L2I);
                code.invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
            }
            case 'D' -> code.invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
            default -> {
                // A long is its own bits.
            }
        }
    }

    /** Pushes the parameters of a wide function, or of a pending call, which lie in the spill. */
    static void parameters(JvmCode code, int instance, String carriers) {
        int n = 0;
        int r = 0;
        for (int i = 0; i < carriers.length(); i++) {
            char carrier = carriers.charAt(i);
            if (carrier == 'L') {
                reference(code, instance, r++);
            } else if (carrier == 'V') {
                number(code, instance, n++);
                number(code, instance, n++);
            } else {
                number(code, instance, n++);
                fromBits(code, carrier);
            }
        }
    }

    static int returnInstruction(char carrier) {
        return switch (carrier) {
            case 'I' -> Opcodes.IRETURN;
            case 'J' -> Opcodes.LRETURN;
            case 'F' -> Opcodes.FRETURN;
            case 'D' -> Opcodes.DRETURN;
            case 'L' -> Opcodes.ARETURN;
            default -> Opcodes.RETURN;
        };
    }
}

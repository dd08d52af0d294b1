package dev.airlock.engine.simd;

import static dev.airlock.engine.simd.VectorForm.DOUBLES;
import static dev.airlock.engine.simd.VectorForm.FLOATS;
import static dev.airlock.engine.simd.VectorForm.INTS;
import static dev.airlock.engine.simd.VectorForm.LONGS;

import dev.airlock.engine.simd.VectorEmitter.Emission;
import dev.airlock.engine.simd.VectorLaneOperators.Recipe;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Emits operators on vectors lane by lane, where a vector lies in the lanes that the operator is about. */
public final class VectorLaneCode {
    private static final String INT = "dev/airlock/engine/vector/IntLane";
    private static final String FLOAT = "dev/airlock/engine/vector/FloatLane";
    private static final String DOUBLE = "dev/airlock/engine/vector/DoubleLane";

    private final Emission operands;
    private final MethodVisitor code;
    private final int number;
    private final VectorForm form;
    private final int target;

    /** @param form of the result */
    VectorLaneCode(Emission operands, int number, VectorForm form, int target) {
        this.operands = operands;
        this.code = operands.code();
        this.number = number;
        this.form = form;
        this.target = target;
    }

    /** Emits the operator if that takes less this way than on halves. Returns whether it did. */
    boolean emit() {
        Recipe recipe = VectorLaneOperators.of(number);
        if (recipe != null) {
            if (!isIn(recipe.from()) && form != recipe.to()) {
                return false;
            }
            lanes(recipe.to(), lane -> apply(recipe, lane));
            return true;
        }
        return switch (number) {
            case 0x09, 0x11, 0x13 -> form.lanes() == 4 && splat();
            case 0x0A, 0x12, 0x14 -> form.lanes() == 2 && splat();
            case 0x4D, 0x4E, 0x4F, 0x50, 0x51, 0x52 -> mostlyWords() && bits();
            case 0x53, 0xA3, 0xA4 -> isIn(INTS) && reduce();
            case 0x5C -> form.lanes() == 4 && zeroExtended(INTS);
            case 0x5D -> form == DOUBLES && zeroExtended(LONGS);
            case 0x5E, 0xFC, 0xFD -> (isIn(DOUBLES) || form.lanes() == 4) && shorten();
            case 0x5F, 0xFE, 0xFF -> (isIn(INTS) || isIn(FLOATS) || form == DOUBLES) && toDoubles();
            case 0x85, 0x86 -> isIn(INTS) && narrow();
            case 0xA7, 0xA8, 0xA9, 0xAA, 0xBC, 0xBD, 0xBE, 0xBF -> (isIn(INTS) || form == INTS) && widenShorts();
            case 0xC7, 0xC8, 0xC9, 0xCA, 0xDC, 0xDD, 0xDE, 0xDF -> isIn(INTS) && widenInts();
            default -> false;
        };
    }

    /** Whether any operand lies in a form. */
    private boolean isIn(VectorForm wanted) {
        for (VectorForm operand : operands.forms()) {
            if (operand == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Whether most of the vectors lie in lanes of 32 bits, for operators that do not care. */
    private boolean mostlyWords() {
        return operands.words() + (form.lanes() == 4 ? 1 : -1) > 0;
    }

    public interface Lane {
        /** Pushes one lane of the result. */
        void push(int lane);
    }

    /** Emits and stores each lane of a result. */
    private void lanes(VectorForm from, Lane lane) {
        storeLanes(code, from, lane, form, target);
    }

    public static void storeLanes(MethodVisitor code, VectorForm from, Lane lane, VectorForm form, int target) {
        if (from.lanes() == form.lanes()) {
            for (int i = 0; i < form.lanes(); i++) {
                lane.push(i);
                if (from != form) {
                    toBits(code, from);
                    fromBits(code, form);
                }
            }
            for (int i = form.lanes() - 1; i >= 0; i--) {
                VectorEmitter.store(code, form, form.local(target, i));
            }
            return;
        }
        for (int half = 0; half < 2; half++) {
            if (from.lanes() == 2) {
                lane.push(half);
                toBits(code, from);
                continue;
            }
            lane.push(2 * half);
            toBits(code, from);
            code.visitInsn(Opcodes.I2L);
            code.visitLdcInsn(0xFFFF_FFFFL);
            code.visitInsn(Opcodes.LAND);
            lane.push(2 * half + 1);
            toBits(code, from);
            code.visitInsn(Opcodes.I2L);
            code.visitIntInsn(Opcodes.BIPUSH, 32);
            code.visitInsn(Opcodes.LSHL);
            code.visitInsn(Opcodes.LOR);
        }
        VectorEmitter.storeHalves(code, form, target);
    }

    static void toBits(MethodVisitor code, VectorForm form) {
        if (form == FLOATS) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false);
        } else if (form == DOUBLES) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
        }
    }

    static void fromBits(MethodVisitor code, VectorForm form) {
        if (form == FLOATS) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "intBitsToFloat", "(I)F", false);
        } else if (form == DOUBLES) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "longBitsToDouble", "(J)D", false);
        }
    }

    private void apply(Recipe recipe, int lane) {
        for (int i = 0; i < operands.shape().length(); i++) {
            if (operands.shape().charAt(i) == 'V') {
                operands.lane(i, recipe.from(), lane);
            } else {
                operands.scalar();
            }
        }
        if (recipe.owner() == null) {
            code.visitInsn(recipe.instruction());
        } else {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, recipe.owner(), recipe.method(), recipe.descriptor(), false);
        }
    }

    private boolean splat() {
        for (int i = 0; i < form.lanes(); i++) {
            operands.scalarAs(form);
            VectorEmitter.store(code, form, form.local(target, i));
        }
        return true;
    }

    private boolean zeroExtended(VectorForm width) {
        lanes(width, lane -> {
            if (lane == 0) {
                operands.scalar();
            } else {
                code.visitInsn(width == INTS ? Opcodes.ICONST_0 : Opcodes.LCONST_0);
            }
        });
        return true;
    }

    private boolean bits() {
        lanes(INTS, lane -> {
            operands.lane(0, INTS, lane);
            switch (number) {
                case 0x4D -> not();
                case 0x4E -> with(1, lane, Opcodes.IAND);
                case 0x4F -> {
                    operands.lane(1, INTS, lane);
                    not();
                    code.visitInsn(Opcodes.IAND);
                }
                case 0x50 -> with(1, lane, Opcodes.IOR);
                case 0x51 -> with(1, lane, Opcodes.IXOR);
                default -> {
                    with(1, lane, Opcodes.IXOR);
                    with(2, lane, Opcodes.IAND);
                    with(1, lane, Opcodes.IXOR);
                }
            }
        });
        return true;
    }

    private void not() {
        code.visitInsn(Opcodes.ICONST_M1);
        code.visitInsn(Opcodes.IXOR);
    }

    private void with(int operand, int lane, int instruction) {
        operands.lane(operand, INTS, lane);
        code.visitInsn(instruction);
    }

    private boolean reduce() {
        for (int lane = 0; lane < 4; lane++) {
            operands.lane(0, INTS, lane);
        }
        call(INT, number == 0x53 ? "anyTrue" : number == 0xA3 ? "allTrue" : "bitmask", "(IIII)I");
        return true;
    }

    private boolean shorten() {
        VectorForm to = number == 0x5E ? FLOATS : INTS;
        lanes(to, lane -> {
            if (lane > 1) {
                code.visitInsn(to == FLOATS ? Opcodes.FCONST_0 : Opcodes.ICONST_0);
                return;
            }
            operands.lane(0, DOUBLES, lane);
            switch (number) {
                case 0x5E -> call(DOUBLE, "demote", "(D)F");
                case 0xFC -> code.visitInsn(Opcodes.D2I);
                default -> call(DOUBLE, "truncSatU", "(D)I");
            }
        });
        return true;
    }

    private boolean toDoubles() {
        lanes(DOUBLES, lane -> {
            operands.lane(0, number == 0x5F ? FLOATS : INTS, lane);
            switch (number) {
                case 0x5F -> call(FLOAT, "promote", "(F)D");
                case 0xFE -> code.visitInsn(Opcodes.I2D);
                default -> {
                    unsignedLong();
                    code.visitInsn(Opcodes.L2D);
                }
            }
        });
        return true;
    }

    private void unsignedLong() {
        code.visitInsn(Opcodes.I2L);
        code.visitLdcInsn(0xFFFF_FFFFL);
        code.visitInsn(Opcodes.LAND);
    }

    private boolean narrow() {
        lanes(LONGS, half -> {
            for (int lane = 0; lane < 4; lane++) {
                operands.lane(half, INTS, lane);
            }
            call(INT, number == 0x85 ? "narrow32s" : "narrow32u", "(IIII)J");
        });
        return true;
    }

    private boolean widenShorts() {
        boolean isProduct = number >= 0xBC;
        int kind = isProduct ? number - 0xBC : number - 0xA7;
        lanes(INTS, lane -> {
            for (int operand = 0; operand < (isProduct ? 2 : 1); operand++) {
                operands.lane(operand, INTS, (kind & 1) * 2 + lane / 2);
                if (lane % 2 == 0) {
                    code.visitInsn(kind < 2 ? Opcodes.I2S : Opcodes.I2C);
                } else {
                    code.visitIntInsn(Opcodes.BIPUSH, 16);
                    code.visitInsn(kind < 2 ? Opcodes.ISHR : Opcodes.IUSHR);
                }
            }
            if (isProduct) {
                code.visitInsn(Opcodes.IMUL);
            }
        });
        return true;
    }

    private boolean widenInts() {
        boolean isProduct = number >= 0xDC;
        int kind = isProduct ? number - 0xDC : number - 0xC7;
        lanes(LONGS, lane -> {
            for (int operand = 0; operand < (isProduct ? 2 : 1); operand++) {
                operands.lane(operand, INTS, (kind & 1) * 2 + lane);
                if (kind < 2) {
                    code.visitInsn(Opcodes.I2L);
                } else {
                    unsignedLong();
                }
            }
            if (isProduct) {
                code.visitInsn(Opcodes.LMUL);
            }
        });
        return true;
    }

    private void call(String owner, String method, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, method, descriptor, false);
    }

    /** Pushes a lane of a vector in a form, whatever form it lies in. An object has one: itself. */
    public static void pushLane(MethodVisitor code, VectorForm form, int base, VectorForm wanted, int lane) {
        if (form == wanted) {
            VectorEmitter.load(code, form, form.local(base, lane));
        } else if (wanted == VectorForm.OBJECT) {
            VectorEmitter.pushHalf(code, form, base, 0);
            VectorEmitter.pushHalf(code, form, base, 1);
            VectorObjectCode.fromHalves(code);
        } else if (wanted.lanes() == 2) {
            VectorEmitter.pushHalf(code, form, base, lane);
            fromBits(code, wanted);
        } else if (form == VectorForm.OBJECT) {
            VectorObjectCode.pushWord(code, base, lane);
            fromBits(code, wanted);
        } else {
            VectorEmitter.load(code, form, form.local(base, form.lanes() == 4 ? lane : lane / 2));
            toBits(code, form);
            if (form.lanes() == 2) {
                if (lane % 2 == 1) {
                    code.visitIntInsn(Opcodes.BIPUSH, 32);
                    code.visitInsn(Opcodes.LUSHR);
                }
                code.visitInsn(Opcodes.L2I);
            }
            fromBits(code, wanted);
        }
    }
}

package dev.airlock.engine.compile.jvm;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Comparisons, which mostly end in a jump: their operands stay on the JVM's stack until it is known whether they do. A
 * comparison is its opcode, times two, plus one if the opposite is meant.
 */
public final class Comparisons {
    private static final String REFERENCES = "dev/airlock/engine/runtime/References";
    private static final String SAME = "(Ljava/lang/Object;Ljava/lang/Object;)Z";
    private static final String NUMBERS = "dev/airlock/engine/runtime/Numbers";

    public static final int I32_EQZ = 0x45;
    static final int I32_EQ = 0x46;
    static final int I32_NE = 0x47;
    private static final int I32_GE_U = 0x4F;
    private static final int I64_EQZ = 0x50;
    private static final int I64_GE_U = 0x5A;
    private static final int F32_EQ = 0x5B;
    private static final int F32_GE = 0x60;
    private static final int F64_EQ = 0x61;
    private static final int F64_GE = 0x66;
    public static final int REF_IS_NULL = 0xD1;
    public static final int REF_EQ = 0xD3;

    // Relations, by opcode, if they have a sign.
    private static final int LESS = 2;
    private static final int GREATER = 4;
    private static final int LESS_OR_EQUAL = 6;
    private static final int GREATER_OR_EQUAL = 8;

    /** Opcodes of our own, in the order of those of i32, for what is left of a comparison: whether a long is less than 0. */
    private static final int DIFFERENCE = 0x200;

    private static final int[] INT_JUMPS = {
        Opcodes.IF_ICMPEQ,
        Opcodes.IF_ICMPNE,
        Opcodes.IF_ICMPLT,
        0,
        Opcodes.IF_ICMPGT,
        0,
        Opcodes.IF_ICMPLE,
        0,
        Opcodes.IF_ICMPGE,
        0
    };
    private static final int[] ZERO_JUMPS = {
        Opcodes.IFEQ,
        Opcodes.IFNE,
        Opcodes.IFLT,
        Opcodes.IFLT,
        Opcodes.IFGT,
        Opcodes.IFGT,
        Opcodes.IFLE,
        Opcodes.IFLE,
        Opcodes.IFGE,
        Opcodes.IFGE
    };
    private static final String[] INT_NAMES = {"eq", "ne", "lt", "ltU", "gt", "gtU", "le", "leU", "ge", "geU"};

    private Comparisons() {}

    public static boolean is(int opcode) {
        return opcode >= I32_EQZ && opcode <= F64_GE;
    }

    /** How many operands a comparison has. */
    public static int operands(int opcode) {
        return opcode == I32_EQZ || opcode == I64_EQZ || opcode == REF_IS_NULL ? 1 : 2;
    }

    public static int of(int opcode) {
        return opcode << 1;
    }

    /**
     * Whether C2 folds two comparisons of an int with constants wrongly, if split-if has moved a branch in between (JDK-8376400).
     * JDK 17 has no correction that we know of. JDK 25 gave no wrong answer in the tests that fail on 17, and the form below made two
     * of 18 kernels 1.1 times slower there. Versions between were not tried.
     */
    public static final boolean ARE_FOLDED_WRONGLY = Runtime.version().feature() < 21;

    /** Whether a comparison with a constant is made by {@link #difference}. */
    public static boolean isByDifference(int opcode) {
        int relation = opcode - I32_EQ;
        return ARE_FOLDED_WRONGLY && opcode <= I32_GE_U && relation >= LESS && INT_JUMPS[relation] != 0;
    }

    /**
     * Subtracts a constant from what is on the JVM's stack, as longs, whose comparisons C2 leaves alone.
     *
     * @param isLeft whether the constant is the left one
     * @return the comparison of the difference with zero
     */
    public static int difference(JvmCode code, int opcode, int constant, boolean isLeft) {
        int relation = opcode - I32_EQ;
        if (isLeft) {
            // The constant is less than a number if that is greater.
            relation = relation <= GREATER ? LESS + GREATER - relation : LESS_OR_EQUAL + GREATER_OR_EQUAL - relation;
        }
        long subtracted = constant;
        if (constant == 0) {
            // C2 would see that nothing is subtracted: less than 0 is less than or equal to -1, greater than 0 from 1
            // on.
            subtracted = relation == LESS || relation == GREATER_OR_EQUAL ? -1 : 1;
            relation = switch (relation) {
                case LESS -> LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> GREATER;
                case GREATER -> GREATER_OR_EQUAL;
                default -> LESS;
            };
        }
        code.visitInsn(Opcodes.I2L);
        code.pushLong(subtracted);
        code.visitInsn(Opcodes.LSUB);
        return of(DIFFERENCE + relation);
    }

    public static int not(int comparison) {
        return comparison ^ 1;
    }

    /** Jumps if the comparison of what is on the JVM's stack holds. */
    public static void jump(JvmCode code, int comparison, Label target) {
        int opcode = comparison >> 1;
        boolean negated = (comparison & 1) != 0;
        int jump;
        if (opcode == I32_EQZ) {
            jump = Opcodes.IFEQ;
        } else if (opcode <= I32_GE_U) {
            jump = intJump(code, opcode - I32_EQ);
        } else if (opcode == I64_EQZ) {
            code.visitInsn(Opcodes.LCONST_0);
            code.visitInsn(Opcodes.LCMP);
            jump = Opcodes.IFEQ;
        } else if (opcode <= I64_GE_U) {
            jump = longJump(code, opcode - I64_EQZ - 1);
        } else if (opcode <= F64_GE) {
            jump = floatJump(code, opcode);
        } else if (opcode >= DIFFERENCE) {
            code.visitInsn(Opcodes.LCONST_0);
            code.visitInsn(Opcodes.LCMP);
            jump = ZERO_JUMPS[opcode - DIFFERENCE];
        } else if (opcode == REF_IS_NULL) {
            jump = Opcodes.IFNULL;
        } else {
            code.invokeStatic(REFERENCES, "same", SAME);
            jump = Opcodes.IFNE;
        }
        code.visitJumpInsn(negated ? opposite(jump) : jump, target);
    }

    private static int intJump(JvmCode code, int relation) {
        if (INT_JUMPS[relation] != 0) {
            return INT_JUMPS[relation];
        }
        // As longs: C2 of JDK 17 folds other forms wrongly (JDK-8376400). No method, since HotSpot inlines few of them.
        code.extendUnsigned();
        code.visitInsn(Opcodes.DUP2_X1);
        code.visitInsn(Opcodes.POP2);
        code.extendUnsigned();
        code.visitInsn(Opcodes.LCMP);
        return swapped(ZERO_JUMPS[relation]);
    }

    private static int longJump(JvmCode code, int relation) {
        if (!INT_NAMES[relation].endsWith("U")) {
            code.visitInsn(Opcodes.LCMP);
            return ZERO_JUMPS[relation];
        }
        code.flipSign();
        code.visitInsn(Opcodes.DUP2_X2);
        code.visitInsn(Opcodes.POP2);
        code.flipSign();
        code.visitInsn(Opcodes.LCMP);
        return swapped(ZERO_JUMPS[relation]);
    }

    /** Returns the jump for the operands in the other order: they were swapped, since only the upper one can be changed. */
    private static int swapped(int jump) {
        return switch (jump) {
            case Opcodes.IFLT -> Opcodes.IFGT;
            case Opcodes.IFGT -> Opcodes.IFLT;
            case Opcodes.IFLE -> Opcodes.IFGE;
            case Opcodes.IFGE -> Opcodes.IFLE;
            default -> jump;
        };
    }

    private static int floatJump(JvmCode code, int opcode) {
        boolean isDouble = opcode >= F64_EQ;
        int relation = opcode - (isDouble ? F64_EQ : F32_EQ);
        // eq, ne, lt, gt, le, ge: a NaN has to make every comparison false, and ne true.
        boolean nanIsGreater = relation == 2 || relation == 4;
        code.visitInsn(
                isDouble
                        ? (nanIsGreater ? Opcodes.DCMPG : Opcodes.DCMPL)
                        : (nanIsGreater ? Opcodes.FCMPG : Opcodes.FCMPL));
        return switch (relation) {
            case 0 -> Opcodes.IFEQ;
            case 1 -> Opcodes.IFNE;
            case 2 -> Opcodes.IFLT;
            case 3 -> Opcodes.IFGT;
            case 4 -> Opcodes.IFLE;
            default -> Opcodes.IFGE;
        };
    }

    private static int opposite(int jump) {
        // Each pair of opposite jumps differs in the lowest bit of its number less one; those on null in the lowest
        // bit.
        return jump >= Opcodes.IFNULL ? jump ^ 1 : ((jump + 1) ^ 1) - 1;
    }

    /** Replaces the operands on the JVM's stack by 1 or 0. */
    public static void toNumber(JvmCode code, int comparison) {
        int opcode = comparison >> 1;
        boolean negated = (comparison & 1) != 0;
        if (opcode >= DIFFERENCE) {
            signs(code, opcode - DIFFERENCE, false, negated);
            return;
        }
        if (opcode >= I32_EQ + LESS && opcode <= I32_GE_U) {
            boolean unsigned = INT_JUMPS[opcode - I32_EQ] == 0;
            widen(code, unsigned);
            code.visitInsn(Opcodes.DUP2_X1);
            code.visitInsn(Opcodes.POP2);
            widen(code, unsigned);
            code.visitInsn(Opcodes.LSUB);
            signs(code, opcode - I32_EQ - (unsigned ? 1 : 0), true, negated);
            return;
        }
        String name;
        String descriptor;
        if (opcode == I32_EQZ) {
            name = "eqz";
            descriptor = "(I)I";
        } else if (opcode <= I32_NE) {
            name = INT_NAMES[opcode - I32_EQ];
            descriptor = "(II)I";
        } else if (opcode == I64_EQZ) {
            name = "eqz";
            descriptor = "(J)I";
        } else if (opcode <= I64_GE_U) {
            name = INT_NAMES[opcode - I64_EQZ - 1];
            descriptor = "(JJ)I";
        } else if (opcode <= F64_GE) {
            boolean isDouble = opcode >= F64_EQ;
            name = floatName(opcode - (isDouble ? F64_EQ : F32_EQ));
            descriptor = isDouble ? "(DD)I" : "(FF)I";
        } else if (opcode == REF_IS_NULL) {
            name = "isNull";
            descriptor = "(Ljava/lang/Object;)I";
        } else {
            name = "same";
            descriptor = SAME;
        }
        code.invokeStatic(opcode == REF_EQ ? REFERENCES : NUMBERS, name, descriptor);
        if (negated) {
            code.visitInsn(Opcodes.ICONST_1);
            code.visitInsn(Opcodes.IXOR);
        }
    }

    private static void widen(JvmCode code, boolean unsigned) {
        if (unsigned) {
            code.extendUnsigned();
        } else {
            code.visitInsn(Opcodes.I2L);
        }
    }

    /**
     * Replaces the difference of two ints on the JVM's stack by 1 or 0, without a branch that C2 could fold with another one.
     *
     * @param isSwapped whether the left operand was subtracted from the right one
     */
    private static void signs(JvmCode code, int relation, boolean isSwapped, boolean negated) {
        boolean isReverse = relation == GREATER || relation == LESS_OR_EQUAL;
        boolean opposite = relation >= LESS_OR_EQUAL;
        // less: the sign of left - right; greater: that of right - left; the other two are their opposites.
        if (isReverse != isSwapped) {
            code.visitInsn(Opcodes.LNEG);
        }
        code.pushInt(63);
        code.visitInsn(Opcodes.LUSHR);
        code.visitInsn(Opcodes.L2I);
        if (opposite != negated) {
            code.visitInsn(Opcodes.ICONST_1);
            code.visitInsn(Opcodes.IXOR);
        }
    }

    private static String floatName(int relation) {
        return switch (relation) {
            case 0 -> "eq";
            case 1 -> "ne";
            case 2 -> "lt";
            case 3 -> "gt";
            case 4 -> "le";
            default -> "ge";
        };
    }
}

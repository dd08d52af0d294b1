package dev.airlock.engine.simd;

import static dev.airlock.engine.simd.VectorForm.DOUBLES;
import static dev.airlock.engine.simd.VectorForm.FLOATS;
import static dev.airlock.engine.simd.VectorForm.INTS;
import static dev.airlock.engine.simd.VectorForm.LONGS;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * The operators on vectors that are the same operator on each lane: the form in which they take their operands, the one in
 * which they give their result, and what they do with one lane. Operators on lanes of 8 and of 16 bits have none: all lanes of
 * a half are computed at once, see {@link VectorOperators}.
 */
final class VectorLaneOperators {
    private static final String VECTOR = "dev/airlock/engine/vector/";
    private static final String INT = VECTOR + "IntLane";
    private static final String FLOAT = VECTOR + "FloatLane";
    private static final String DOUBLE = VECTOR + "DoubleLane";
    private static final String MATH = "java/lang/Math";

    /**
     * What an operator does with one lane of each operand.
     *
     * @param instruction of the JVM; 0 if a static method is called instead
     */
    record Recipe(
            VectorForm from,
            VectorForm to,
            int instruction,
            @Nullable String owner,
            String method,
            String descriptor) {}

    private static final @Nullable Recipe[] RECIPES = new @Nullable Recipe[0x114];

    static {
        ints();
        longs();
        floats();
        doubles();
        conversions();
    }

    private VectorLaneOperators() {}

    /** @param number without the prefix */
    static @Nullable Recipe of(int number) {
        return RECIPES[number];
    }

    private static void ints() {
        String[] comparisons = {"eq", "ne", "ltS", "ltU", "gtS", "gtU", "leS", "leU", "geS", "geU"};
        for (int i = 0; i < comparisons.length; i++) {
            call(0x37 + i, INTS, INTS, INT, comparisons[i], "(II)I");
        }
        call(0x7E, INTS, INTS, INT, "pairwise16s", "(I)I");
        call(0x7F, INTS, INTS, INT, "pairwise16u", "(I)I");
        call(0xA0, INTS, INTS, INT, "abs", "(I)I");
        plain(0xA1, INTS, Opcodes.INEG);
        plain(0xAB, INTS, Opcodes.ISHL);
        plain(0xAC, INTS, Opcodes.ISHR);
        plain(0xAD, INTS, Opcodes.IUSHR);
        plain(0xAE, INTS, Opcodes.IADD);
        plain(0xB1, INTS, Opcodes.ISUB);
        plain(0xB5, INTS, Opcodes.IMUL);
        call(0xB6, INTS, INTS, MATH, "min", "(II)I");
        call(0xB7, INTS, INTS, INT, "minU", "(II)I");
        call(0xB8, INTS, INTS, MATH, "max", "(II)I");
        call(0xB9, INTS, INTS, INT, "maxU", "(II)I");
        call(0xBA, INTS, INTS, INT, "dot16s", "(II)I");
    }

    private static void longs() {
        plain(0xC1, LONGS, Opcodes.LNEG);
        plain(0xCB, LONGS, Opcodes.LSHL);
        plain(0xCC, LONGS, Opcodes.LSHR);
        plain(0xCD, LONGS, Opcodes.LUSHR);
        plain(0xCE, LONGS, Opcodes.LADD);
        plain(0xD1, LONGS, Opcodes.LSUB);
        plain(0xD5, LONGS, Opcodes.LMUL);
    }

    private static void floats() {
        String[] comparisons = {"eq", "ne", "lt", "gt", "le", "ge"};
        for (int i = 0; i < comparisons.length; i++) {
            call(0x41 + i, FLOATS, INTS, FLOAT, comparisons[i], "(FF)I");
        }
        String[] rounding = {"ceil", "floor", "trunc", "nearest"};
        for (int i = 0; i < rounding.length; i++) {
            call(0x67 + i, FLOATS, FLOATS, FLOAT, rounding[i], "(F)F");
        }
        call(0xE0, FLOATS, FLOATS, FLOAT, "abs", "(F)F");
        plain(0xE1, FLOATS, Opcodes.FNEG);
        call(0xE3, FLOATS, FLOATS, FLOAT, "sqrt", "(F)F");
        plain(0xE4, FLOATS, Opcodes.FADD);
        plain(0xE5, FLOATS, Opcodes.FSUB);
        plain(0xE6, FLOATS, Opcodes.FMUL);
        plain(0xE7, FLOATS, Opcodes.FDIV);
        String[] extremes = {"min", "max", "pmin", "pmax"};
        for (int i = 0; i < extremes.length; i++) {
            call(0xE8 + i, FLOATS, FLOATS, FLOAT, extremes[i], "(FF)F");
        }
        call(0x105, FLOATS, FLOATS, FLOAT, "madd", "(FFF)F");
        call(0x106, FLOATS, FLOATS, FLOAT, "nmadd", "(FFF)F");
    }

    private static void doubles() {
        String[] comparisons = {"eq", "ne", "lt", "gt", "le", "ge"};
        for (int i = 0; i < comparisons.length; i++) {
            call(0x47 + i, DOUBLES, LONGS, DOUBLE, comparisons[i], "(DD)J");
        }
        call(0x74, DOUBLES, DOUBLES, DOUBLE, "ceil", "(D)D");
        call(0x75, DOUBLES, DOUBLES, DOUBLE, "floor", "(D)D");
        call(0x7A, DOUBLES, DOUBLES, DOUBLE, "trunc", "(D)D");
        call(0x94, DOUBLES, DOUBLES, DOUBLE, "nearest", "(D)D");
        call(0xEC, DOUBLES, DOUBLES, DOUBLE, "abs", "(D)D");
        plain(0xED, DOUBLES, Opcodes.DNEG);
        call(0xEF, DOUBLES, DOUBLES, MATH, "sqrt", "(D)D");
        plain(0xF0, DOUBLES, Opcodes.DADD);
        plain(0xF1, DOUBLES, Opcodes.DSUB);
        plain(0xF2, DOUBLES, Opcodes.DMUL);
        plain(0xF3, DOUBLES, Opcodes.DDIV);
        String[] extremes = {"min", "max", "pmin", "pmax"};
        for (int i = 0; i < extremes.length; i++) {
            call(0xF4 + i, DOUBLES, DOUBLES, DOUBLE, extremes[i], "(DD)D");
        }
        call(0x107, DOUBLES, DOUBLES, DOUBLE, "madd", "(DDD)D");
        call(0x108, DOUBLES, DOUBLES, DOUBLE, "nmadd", "(DDD)D");
    }

    private static void conversions() {
        RECIPES[0xF8] = new Recipe(FLOATS, INTS, Opcodes.F2I, null, "", "");
        call(0xF9, FLOATS, INTS, FLOAT, "truncSatU", "(F)I");
        RECIPES[0xFA] = new Recipe(INTS, FLOATS, Opcodes.I2F, null, "", "");
        call(0xFB, INTS, FLOATS, FLOAT, "convertU", "(I)F");
    }

    private static void plain(int number, VectorForm form, int instruction) {
        RECIPES[number] = new Recipe(form, form, instruction, null, "", "");
    }

    private static void call(
            int number, VectorForm from, VectorForm to, String owner, String method, String descriptor) {
        RECIPES[number] = new Recipe(from, to, 0, owner, method, descriptor);
    }
}

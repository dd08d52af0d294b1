package dev.airlock.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.engine.simd.VectorReference.Value;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Compares what is emitted for each operator on vectors, in each form, with {@link VectorReference}. */
class VectorOperatorsTest {
    private static final int SAMPLES = 60;

    /** Without the module, vectors are no objects. */
    private static final List<VectorForm> FORMS = Arrays.stream(VectorForm.values())
            .filter(form -> form != VectorForm.OBJECT
                    || ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent())
            .toList();

    private static final long[] EDGES = {
        0,
        -1,
        0x8000_0000_8000_0000L,
        0x7FFF_FFFF_7FFF_FFFFL,
        0x8000_0000_0000_0000L,
        0x7FFF_FFFF_FFFF_FFFFL,
        0x8080_8080_8080_8080L,
        0x7F7F_7F7F_7F7F_7F7FL,
        0x8000_8000_8000_8000L,
        0x7FFF_8000_7FFF_8001L,
        0x0001_0203_0405_0607L,
        0x0F10_1F20_7F80_8EFFL,
        // Quiet, signalling and canonical NaNs, infinities, least and greatest numbers; of f32.
        0x7FC0_0000_FFC0_0000L,
        0x7FA0_0000_7F80_0001L,
        0x7F80_0000_FF80_0000L,
        0x0000_0001_8000_0001L,
        0x7F7F_FFFF_FF7F_FFFFL,
        0x4F00_0000_CF00_0000L,
        0x4F80_0000_4F7F_FFFFL,
        0x3F00_0000_BFC0_0000L,
        0x4020_0000_4B00_0001L,
        // Of f64.
        0x7FF8_0000_0000_0000L,
        0xFFF8_0000_0000_0000L,
        0x7FF4_0000_0000_0000L,
        0x7FF0_0000_0000_0001L,
        0x7FF0_0000_0000_0000L,
        0xFFF0_0000_0000_0000L,
        0x0000_0000_0000_0001L,
        0x7FEF_FFFF_FFFF_FFFFL,
        0x41DF_FFFF_FFC0_0000L,
        0xC1E0_0000_0000_0000L,
        0x41EF_FFFF_FFE0_0000L,
        0x41F0_0000_0000_0000L,
        0x3FE0_0000_0000_0000L,
        0xC004_0000_0000_0000L,
        0x47EF_FFFF_F000_0000L,
    };

    static IntStream numbers() {
        return IntStream.range(0, 0x114).filter(VectorOperatorsTest::isOperator);
    }

    /** The gaps of the specification's table; loads and stores of whole vectors are the compiler's. */
    private static boolean isOperator(int number) {
        return switch (number) {
            case 0x00, 0x0B -> false;
            case 0x9A, 0xA2, 0xA5, 0xA6, 0xAF, 0xB0, 0xB2, 0xB3, 0xB4, 0xBB -> false;
            case 0xC2, 0xC5, 0xC6, 0xCF, 0xD0, 0xD2, 0xD3, 0xD4, 0xE2, 0xEE -> false;
            default -> true;
        };
    }

    @Test
    void hasEachOperator() {
        // 236 operators of the specification's SIMD and 20 relaxed ones.
        assertThat(numbers().count() + 2).isEqualTo(256);
        assertThat(IntStream.range(0, 0x114)
                        .filter(VectorOperatorsTest::isKnown)
                        .count())
                .isEqualTo(256);
    }

    private static boolean isKnown(int number) {
        try {
            VectorOperators.of(0xFD_0000 | number);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void givesWhatTheSpecificationSays(int number) throws Throwable {
        Random random = new Random(number);
        String operands = VectorEmitter.operands(0xFD_0000 | number);
        for (long[] immediates : immediates(number, random)) {
            List<Value[]> samples = samples(operands, random);
            List<Value> expected = new ArrayList<>();
            for (Value[] sample : samples) {
                expected.add(VectorReference.evaluate(number, immediates[0], immediates[1], sample));
            }
            for (VectorForm from : FORMS) {
                for (VectorForm to : FORMS) {
                    MethodHandle method = emit(number, immediates, from, to, false);
                    for (int i = 0; i < samples.size(); i++) {
                        check(number, from, to, method, samples.get(i), expected.get(i));
                    }
                }
            }
        }
    }

    static IntStream makersOfNans() {
        return numbers().filter(number -> VectorReference.nanWidth(number) != 0);
    }

    @ParameterizedTest
    @MethodSource("makersOfNans")
    void makesNansCanonicalIfToldSo(int number) throws Throwable {
        int width = VectorReference.nanWidth(number);
        Random random = new Random(number);
        for (VectorForm form : FORMS) {
            MethodHandle method = emit(number, new long[2], form, form, true);
            for (Value[] sample : samples(VectorEmitter.operands(0xFD_0000 | number), random)) {
                Value expected = VectorReference.evaluate(number, 0, 0, sample);
                Value actual = run(method, sample);
                for (int lane = 0; lane < 128 / width; lane++) {
                    long bits = isNan(width, expected.lane(width, lane))
                            ? width == 32 ? 0x7FC0_0000L : 0x7FF8_0000_0000_0000L
                            : expected.lane(width, lane);
                    assertThat(actual.lane(width, lane)).isEqualTo(bits);
                }
            }
        }
    }

    private static Value run(MethodHandle method, Value[] sample) throws Throwable {
        long[] in = new long[6];
        for (int i = 0; i < sample.length; i++) {
            in[2 * i] = sample[i].low();
            in[2 * i + 1] = sample[i].high();
        }
        long[] out = new long[2];
        method.invokeExact(in, out);
        return new Value(out[0], out[1]);
    }

    private static void check(
            int number, VectorForm from, VectorForm to, MethodHandle method, Value[] sample, Value expected)
            throws Throwable {
        Value actual = run(method, sample);
        if (number == 0x58 || number == 0x59) {
            // The store ignores what lies above the lane.
            actual = new Value(actual.low() & (number == 0x58 ? 0xFF : 0xFFFF), 0);
        }
        int width = VectorReference.nanWidth(number);
        if (width == 0) {
            assertThat(actual)
                    .as("0x%X, %s to %s of %s", number, from, to, List.of(sample))
                    .isEqualTo(expected);
            return;
        }
        for (int lane = 0; lane < 128 / width; lane++) {
            boolean matches = isNan(width, expected.lane(width, lane))
                    ? isArithmeticNan(width, actual.lane(width, lane))
                            && (hasOtherNan(sample) || isCanonicalNan(width, actual.lane(width, lane)))
                    : actual.lane(width, lane) == expected.lane(width, lane);
            assertThat(matches)
                    .as("0x%X, %s to %s of %s: %s, not %s", number, from, to, List.of(sample), actual, expected)
                    .isTrue();
        }
    }

    private static boolean isNan(int width, long bits) {
        return width == 32
                ? Float.isNaN(Float.intBitsToFloat((int) bits))
                : Double.isNaN(Double.longBitsToDouble(bits));
    }

    private static boolean isArithmeticNan(int width, long bits) {
        return isNan(width, bits) && (bits & (width == 32 ? 0x40_0000L : 0x8_0000_0000_0000L)) != 0;
    }

    private static boolean isCanonicalNan(int width, long bits) {
        return width == 32 ? (bits & 0x7FFF_FFFF) == 0x7FC0_0000 : (bits & Long.MAX_VALUE) == 0x7FF8_0000_0000_0000L;
    }

    private static boolean hasOtherNan(Value[] sample) {
        for (Value value : sample) {
            for (int width = 32; width <= 64; width += 32) {
                for (int lane = 0; lane < 128 / width; lane++) {
                    long bits = value.lane(width, lane);
                    if (isNan(width, bits) && !isCanonicalNan(width, bits)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static List<long[]> immediates(int number, Random random) {
        List<long[]> immediates = new ArrayList<>();
        switch (number) {
            case 0x0C -> {
                for (int i = 0; i < EDGES.length; i++) {
                    immediates.add(new long[] {EDGES[i], EDGES[EDGES.length - 1 - i]});
                }
            }
            case 0x0D -> {
                immediates.add(new long[] {0x0706_0504_0302_0100L, 0x0F0E_0D0C_0B0A_0908L});
                immediates.add(new long[] {0x0E0D_0C0F_0A09_080BL, 0x0605_0407_0201_0003L});
                immediates.add(new long[] {0x1303_1202_1101_1000L, 0x1707_1606_1505_1404L});
                immediates.add(new long[] {0x0B0A_0908_0706_0504L, 0x1312_1110_0F0E_0D0CL});
                immediates.add(new long[] {0x1B1A_1918_0B0A_0908L, 0x1F1E_1D1C_0F0E_0D0CL});
                immediates.add(new long[] {0, 0x1F1F_1F1F_1F1F_1F1FL});
                for (int i = 0; i < 20; i++) {
                    immediates.add(new long[] {
                        random.nextLong() & 0x1F1F_1F1F_1F1F_1F1FL, random.nextLong() & 0x1F1F_1F1F_1F1F_1F1FL
                    });
                }
            }
            default -> {
                int lanes = lanes(number);
                for (int lane = 0; lane < lanes; lane++) {
                    immediates.add(new long[] {lane, 0});
                }
            }
        }
        return immediates;
    }

    private static int lanes(int number) {
        return switch (number) {
            case 0x15, 0x16, 0x17, 0x54, 0x58 -> 16;
            case 0x18, 0x19, 0x1A, 0x55, 0x59 -> 8;
            case 0x1B, 0x1C, 0x1F, 0x20, 0x56, 0x5A -> 4;
            case 0x1D, 0x1E, 0x21, 0x22, 0x57, 0x5B -> 2;
            default -> 1;
        };
    }

    private static List<Value[]> samples(String operands, Random random) {
        List<Value[]> samples = new ArrayList<>();
        int edges = EDGES.length * (operands.length() > 1 ? EDGES.length : 1);
        for (int i = 0; i < SAMPLES + edges; i++) {
            Value[] sample = new Value[operands.length()];
            for (int j = 0; j < sample.length; j++) {
                long low = random(random);
                long high = random(random);
                if (i < edges) {
                    low = EDGES[(j == 1 ? i / EDGES.length : i) % EDGES.length];
                    high = EDGES[(j == 1 ? i / EDGES.length + i : i * 7 + j) % EDGES.length];
                }
                sample[j] = switch (operands.charAt(j)) {
                    case 'I', 'F' -> new Value(low & 0xFFFF_FFFFL, 0);
                    case 'J', 'D' -> new Value(low, 0);
                    default -> new Value(low, high);
                };
            }
            samples.add(sample);
        }
        return samples;
    }

    private static long random(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 ->
                Float.floatToRawIntBits((float) random.nextGaussian() * 1000) & 0xFFFF_FFFFL
                        | (long) Float.floatToRawIntBits((float) random.nextGaussian()) << 32;
            case 2 -> Double.doubleToRawLongBits(random.nextGaussian() * 1000);
            default -> random.nextLong();
        };
    }

    /** Returns a method that reads operands from the first array and writes the result into the second. */
    private static MethodHandle emit(int number, long[] immediates, VectorForm from, VectorForm to, boolean canonical)
            throws Exception {
        int opcode = 0xFD_0000 | number;
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        String name = VectorOperatorsTest.class.getName().replace('.', '/') + "$Emitted";
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "([J[J)V", null, null);
        code.visitCode();
        String shape = VectorEmitter.operands(opcode);
        int[] operands = new int[shape.length()];
        VectorForm[] forms = new VectorForm[shape.length()];
        int next = 2;
        for (int i = 0; i < operands.length; i++) {
            operands[i] = next;
            next += VectorForm.LOCALS;
            for (int half = 0; half < (shape.charAt(i) == 'V' ? 2 : 1); half++) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                VectorEmitter.intConstant(code, 2 * i + half);
                code.visitInsn(Opcodes.LALOAD);
                switch (shape.charAt(i)) {
                    case 'V' -> {
                        forms[i] = from;
                        if (half == 1) {
                            VectorEmitter.storeHalves(code, from, operands[i]);
                        }
                    }
                    case 'I' -> {
                        code.visitInsn(Opcodes.L2I);
                        code.visitVarInsn(Opcodes.ISTORE, operands[i]);
                    }
                    case 'J' -> code.visitVarInsn(Opcodes.LSTORE, operands[i]);
                    case 'F' -> {
                        code.visitInsn(Opcodes.L2I);
                        code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "intBitsToFloat", "(I)F", false);
                        code.visitVarInsn(Opcodes.FSTORE, operands[i]);
                    }
                    default -> {
                        code.visitMethodInsn(
                                Opcodes.INVOKESTATIC, "java/lang/Double", "longBitsToDouble", "(J)D", false);
                        code.visitVarInsn(Opcodes.DSTORE, operands[i]);
                    }
                }
            }
        }
        // The result may lie where an operand lay.
        int target = from == VectorForm.LONGS ? next : shape.indexOf('V') < 0 ? next : operands[shape.lastIndexOf('V')];
        VectorEmitter.emit(code, opcode, immediates[0], immediates[1], operands, forms, to, target);
        if (canonical) {
            VectorEmitter.canonicalize(code, opcode, to, target);
        }
        switch (VectorEmitter.result(opcode)) {
            case 'V' -> {
                VectorEmitter.pushHalf(code, to, target, 1);
                VectorEmitter.pushHalf(code, to, target, 0);
                storeOut(code, next + 4, 0);
                storeOut(code, next + 4, 1);
            }
            case 'I' -> {
                unsigned(code);
                storeOut(code, next, 0);
            }
            case 'F' -> {
                code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false);
                unsigned(code);
                storeOut(code, next, 0);
            }
            case 'D' -> {
                code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
                storeOut(code, next, 0);
            }
            default -> storeOut(code, next, 0);
        }
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(writer.toByteArray(), true);
        return hidden.findStatic(
                hidden.lookupClass(), "run", MethodType.methodType(void.class, long[].class, long[].class));
    }

    private static void unsigned(MethodVisitor code) {
        code.visitInsn(Opcodes.I2L);
        code.visitLdcInsn(0xFFFF_FFFFL);
        code.visitInsn(Opcodes.LAND);
    }

    private static void storeOut(MethodVisitor code, int temporary, int index) {
        code.visitVarInsn(Opcodes.LSTORE, temporary);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        VectorEmitter.intConstant(code, index);
        code.visitVarInsn(Opcodes.LLOAD, temporary);
        code.visitInsn(Opcodes.LASTORE);
    }
}

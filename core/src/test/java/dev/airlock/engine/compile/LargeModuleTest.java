package dev.airlock.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.engine.Binary;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.compile.jvm.MethodShapes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that are larger in some respect than a class or method of the JVM. */
@Timeout(60)
class LargeModuleTest {
    private static final int I32 = 0x7F;
    private static final int I64 = 0x7E;

    private static Instance instantiate(byte[]... sections) {
        return new Linker().instantiate(Engine.create().compile("large.wasm", Binary.module(sections)));
    }

    private static byte[] unsigned(long value) {
        var bytes = new ByteArrayOutputStream();
        long left = value;
        for (; left > 127; left >>>= 7) {
            bytes.write((int) (left & 0x7F | 0x80));
        }
        bytes.write((int) left);
        return bytes.toByteArray();
    }

    private static byte[] signed(long value) {
        var bytes = new ByteArrayOutputStream();
        long left = value;
        while (left < -64 || left > 63) {
            bytes.write((int) (left & 0x7F | 0x80));
            left >>= 7;
        }
        bytes.write((int) (left & 0x7F));
        return bytes.toByteArray();
    }

    private static byte[] code(byte[]... bodies) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(unsigned(bodies.length));
        for (byte[] body : bodies) {
            all.writeBytes(unsigned(body.length));
            all.writeBytes(body);
        }
        return Binary.section(10, (Object) all.toByteArray());
    }

    private static byte[] repeated(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    // Locals are changed in straight code, in blocks that branches leave, and in loops; the result is a sum of all.
    @ParameterizedTest
    @ValueSource(ints = {3, 60, 70, 700, 3000})
    void localsKeepTheirValuesAcrossPartsOfAFunction(int count) {
        var random = new Random(count);
        var body = new ByteArrayOutputStream();
        body.write(1);
        body.writeBytes(unsigned(count));
        body.write(I64);
        long[] locals = new long[count + 1];
        long given = 0x1234_5678_9ABCL;
        locals[0] = given;
        for (int i = 0; i < 20_000; i++) {
            int target = random.nextInt(count + 1);
            int a = random.nextInt(count + 1);
            long constant = random.nextLong() >> random.nextInt(60);
            int kind = random.nextInt(4);
            boolean isSkipped = kind == 3 && locals[a] % 2 == 0;
            if (kind == 3) {
                // block; branch out of it if the local is even
                body.writeBytes(new byte[] {0x02, 0x40, 0x20});
                body.writeBytes(unsigned(a));
                body.writeBytes(new byte[] {(byte) 0xA7, 0x41, 1, 0x71, 0x45, 0x0D, 0});
            }
            LongBinaryOperator operator = kind == 0 ? (x, y) -> x + y : kind == 1 ? (x, y) -> x * y : (x, y) -> x ^ y;
            body.write(0x20);
            body.writeBytes(unsigned(a));
            body.write(0x42);
            body.writeBytes(signed(constant));
            body.write(kind == 0 ? 0x7C : kind == 1 ? 0x7E : 0x85);
            body.write(0x21);
            body.writeBytes(unsigned(target));
            if (!isSkipped) {
                locals[target] = operator.applyAsLong(locals[a], constant);
            }
            if (kind == 3) {
                body.write(0x0B);
            }
        }
        long expected = 0;
        body.writeBytes(new byte[] {0x42, 0});
        for (int i = 0; i <= count; i++) {
            body.write(0x20);
            body.writeBytes(unsigned(i));
            body.write(0x7C);
            expected += locals[i];
        }
        body.write(0x0B);
        Instance instance = instantiate(
                Binary.section(1, 1, 0x60, 1, I64, 1, I64),
                Binary.section(3, 1, 0),
                Binary.section(7, 1, "f", 0, 0),
                code(body.toByteArray()));
        assertThat(instance.function("f").call(given)[0]).isEqualTo(expected);
    }

    // The shape of an interpreter: a loop around a block for each operator, and a switch in the innermost.
    @ParameterizedTest
    @ValueSource(ints = {3, 40, 400})
    void blocksOfAnInterpreterAreEnteredFromOneSwitch(int operators) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {1, 1, I64});
        // loop, and one block for each operator
        body.writeBytes(new byte[] {0x03, 0x40});
        for (int i = 0; i < operators; i++) {
            body.writeBytes(new byte[] {0x02, 0x40});
        }
        body.writeBytes(Binary.concat(
                new byte[] {0x20, 0, 0x42}, signed(operators), new byte[] {(byte) 0x82, (byte) 0xA7, 0x0E}));
        body.writeBytes(unsigned(operators - 1));
        for (int i = 0; i < operators; i++) {
            body.writeBytes(unsigned(i));
        }
        for (int i = 0; i < operators; i++) {
            // x = x * a + b, some times, and at every third operator again from the start; else on to the next
            body.write(0x0B);
            for (int k = 0; k < 7; k++) {
                body.writeBytes(Binary.concat(
                        new byte[] {0x20, 0, 0x42},
                        signed(factor(i, k)),
                        new byte[] {0x7E, 0x42},
                        signed(i + k),
                        new byte[] {0x7C, 0x21, 0}));
            }
            if (i % 3 == 0) {
                body.writeBytes(new byte[] {0x20, 1, 0x42, 1, 0x7C, 0x22, 1, 0x42});
                body.writeBytes(signed(5_000));
                body.writeBytes(new byte[] {0x53, 0x0D});
                body.writeBytes(unsigned(operators - 1 - i));
                body.writeBytes(new byte[] {0x20, 0, 0x0F});
            }
        }
        body.writeBytes(new byte[] {0x0C, 0, 0x0B, 0x20, 0, 0x0B});
        Instance instance = instantiate(
                Binary.section(1, 1, 0x60, 1, I64, 1, I64),
                Binary.section(3, 1, 0),
                Binary.section(7, 1, "f", 0, 0),
                code(body.toByteArray()));
        assertThat(instance.function("f").call(12345)[0]).isEqualTo(interpreted(operators, 12345));
    }

    private static long factor(int operator, int step) {
        return 0x5851_F42D_4C95_7F2DL + operator * 1_000_003L + step * 17L;
    }

    private static long interpreted(int operators, long given) {
        long x = given;
        long count = 0;
        int operator = (int) Long.remainderUnsigned(x, operators);
        while (true) {
            for (int k = 0; k < 7; k++) {
                x = x * factor(operator, k) + operator + k;
            }
            boolean starts = operator == operators - 1;
            if (operator % 3 == 0) {
                count++;
                if (count >= 5_000) {
                    return x;
                }
                starts = true;
            }
            operator = starts ? (int) Long.remainderUnsigned(x, operators) : operator + 1;
        }
    }

    @Test
    void aFunctionMayHaveMoreConstantsThanAClass() {
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 0x42, 0});
        long sum = 0;
        for (int i = 0; i < 70_000; i++) {
            long constant = 0x1_2345_6789L + i * 77_777L;
            body.write(0x42);
            body.writeBytes(signed(constant));
            body.write(0x7C);
            sum += constant;
        }
        body.write(0x0B);
        Instance instance = instantiate(
                Binary.section(1, 1, 0x60, 0, 1, I64),
                Binary.section(3, 1, 0),
                Binary.section(7, 1, "f", 0, 0),
                code(body.toByteArray()));
        assertThat(instance.function("f").call()[0]).isEqualTo(sum);
    }

    // So many functions of one type are called by switches over groups of them.
    @ParameterizedTest
    @ValueSource(ints = {200, 300, 40_000})
    void aTableMayHaveManyFunctionsOfOneType(int count) {
        byte[][] bodies = new byte[count + 1][];
        var elements = new ByteArrayOutputStream();
        elements.writeBytes(new byte[] {1, 0, 0x41, 0, 0x0B});
        elements.writeBytes(unsigned(count));
        for (int i = 0; i < count; i++) {
            bodies[i] = Binary.concat(new byte[] {0, 0x20, 0, 0x41}, signed(i), new byte[] {0x6A, 0x0B});
            elements.writeBytes(unsigned(i));
        }
        // f(i) = table[i](i)
        bodies[count] = new byte[] {0, 0x20, 0, 0x20, 0, 0x11, 0, 0, 0x0B};
        Instance instance = instantiate(
                Binary.section(1, 1, 0x60, 1, I32, 1, I32),
                Binary.section(3, unsigned(count + 1), repeated(count + 1, 0)),
                Binary.section(4, 1, 0x70, 0, unsigned(count)),
                Binary.section(7, 1, "f", 0, unsigned(count)),
                Binary.section(9, (Object) elements.toByteArray()),
                code(bodies));
        for (int i = 0; i < count; i += 37) {
            assertThat(instance.function("f").call(i)[0]).isEqualTo(2L * i);
        }
        assertThat(instance.function("f").call(count - 1)[0]).isEqualTo(2L * count - 2);
    }

    // (if (then (drop (block (result i32) …)))): both labels are at the same place, with other operands.
    @Test
    void twoLabelsAtOnePlaceMayHaveDifferentOperands() {
        byte[] body = {
            0, 0x20, 0, 0x04, 0x40, 0x02, I32, 0x20, 0, 0x41, 1, 0x46, 0x04, 0x40, 0x41, 7, 0x0C, 1, 0x0B, 0x41, 8,
            0x0B, 0x1A, 0x0B, 0x41, 5, 0x0B
        };
        Instance instance = instantiate(
                Binary.section(1, 1, 0x60, 1, I32, 1, I32),
                Binary.section(3, 1, 0),
                Binary.section(7, 1, "f", 0, 0),
                code(body));
        for (int given = 0; given < 3; given++) {
            assertThat(instance.function("f").call(given)[0]).isEqualTo(5);
        }
    }

    // HotSpot keeps what it makes for each of them, so no module may bring ever new ones.
    @Test
    void aBoundedNumberOfSequencesOfKindsIsPassedToMethods() {
        int passed = 0;
        for (int length = 0; length <= 8; length++) {
            passed += passed(new char[length], 0);
        }
        assertThat(passed).isBetween(5_000, 12_000);
        assertThat(MethodShapes.isPassed("IIIIIJJII")).as("path_open of WASI").isTrue();
        assertThat(MethodShapes.isPassed("IIIIIIIIII" + "FDJL")).isFalse();
        assertThat(MethodShapes.isPassed("I".repeat(250))).isTrue();
        assertThat(MethodShapes.isPassed("I".repeat(251))).isFalse();
        assertThat(MethodShapes.isPassed("J".repeat(126))).isFalse();
    }

    private static int passed(char[] carriers, int from) {
        if (from == carriers.length) {
            return MethodShapes.isPassed(new String(carriers)) ? 1 : 0;
        }
        int count = 0;
        for (char carrier : "IJFDL".toCharArray()) {
            carriers[from] = carrier;
            count += passed(carriers, from + 1);
        }
        return count;
    }
}

package dev.airlock.engine.compile;

import static dev.airlock.engine.validate.ModuleBytes.all;
import static dev.airlock.engine.validate.ModuleBytes.bytes;
import static dev.airlock.engine.validate.ModuleBytes.number;
import static dev.airlock.engine.validate.ModuleBytes.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.validate.ModuleBytes;
import dev.airlock.error.Trap;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that are made of several methods of the JVM, since they are too large for one. Answers are computed in Java. */
@Timeout(60)
class PartsTest {
    private static final int I32 = 0x7F;
    private static final int I64 = 0x7E;
    private static final int F32 = 0x7D;
    private static final int F64 = 0x7C;
    private static final int V128 = 0x7B;

    private static Instance instance(byte[] type, byte[]... body) {
        byte[] module = new ModuleBytes()
                .type(type)
                .middle(7, bytes(1, 1, 'f', 0, 0))
                .code(0, body)
                .module();
        return new Linker().instantiate(Engine.create().compile("parts.wasm", module));
    }

    private static byte[] littleEndian(long bits, int count) {
        byte[] made = new byte[count];
        for (int i = 0; i < count; i++) {
            made[i] = (byte) (bits >>> 8 * i);
        }
        return made;
    }

    // Locals of all kinds of numbers change in straight code, in blocks that are left by branches, and in loops.
    @ParameterizedTest
    @ValueSource(ints = {20, 400, 20_000})
    void localsOfEachTypeKeepTheirValues(int statements) {
        var random = new Random(statements);
        var body = new ByteArrayOutputStream();
        // 0: i32 parameter, 1: i64, 2: f32, 3: f64, 4: v128
        body.writeBytes(bytes(4, 1, I64, 1, F32, 1, F64, 1, V128));
        int x = 12345;
        long y = 0;
        float f = 0;
        double d = 0;
        int lane = 0;
        for (int i = 0; i < statements; i++) {
            boolean inBlock = random.nextInt(4) == 0;
            boolean isSkipped = inBlock && x % 2 != 0;
            if (inBlock) {
                body.writeBytes(bytes(0x02, 0x40, 0x20, 0, 0x41, 1, 0x71, 0x0D, 0));
            }
            int c = random.nextInt(60);
            switch (random.nextInt(5)) {
                case 0 -> {
                    body.writeBytes(bytes(0x20, 0, 0x41, 31, 0x6C, 0x41, c, 0x6A, 0x21, 0));
                    x = isSkipped ? x : x * 31 + c;
                }
                case 1 -> {
                    body.writeBytes(bytes(0x20, 1, 0x42, 31, 0x7E, 0x20, 0, 0xAC, 0x7C, 0x21, 1));
                    y = isSkipped ? y : y * 31 + x;
                }
                case 2 -> {
                    body.writeBytes(
                            all(bytes(0x20, 2, 0x43), littleEndian(Float.floatToRawIntBits(0.75f), 4), bytes(0x94)));
                    body.writeBytes(bytes(0x20, 0, 0xB2, 0x92, 0x21, 2));
                    f = isSkipped ? f : f * 0.75f + x;
                }
                case 3 -> {
                    body.writeBytes(
                            all(bytes(0x20, 3, 0x44), littleEndian(Double.doubleToRawLongBits(0.1), 8), bytes(0xA2)));
                    body.writeBytes(bytes(0x20, 1, 0xB9, 0xA0, 0x21, 3));
                    d = isSkipped ? d : d * 0.1 + y;
                }
                default -> {
                    // i32x4.add (local 4) (i32x4.splat (local 0))
                    body.writeBytes(bytes(0x20, 4, 0x20, 0, 0xFD, 0x11, 0xFD, 0xAE, 1, 0x21, 4));
                    lane = isSkipped ? lane : lane + x;
                }
            }
            if (inBlock) {
                body.write(0x0B);
            }
        }
        // All of them together, so that each bit counts.
        body.writeBytes(bytes(0x20, 0, 0xAC, 0x20, 1, 0x85, 0x20, 2, 0xBC, 0xAD, 0x85, 0x20, 3, 0xBD, 0x85));
        body.writeBytes(bytes(0x20, 4, 0xFD, 0x1D, 1, 0x85, 0x0B));
        long lanes = lane & 0xFFFF_FFFFL | (long) lane << 32;
        long expected = x ^ y ^ Float.floatToRawIntBits(f) & 0xFFFF_FFFFL ^ Double.doubleToRawLongBits(d) ^ lanes;
        Instance instance = instance(bytes(0x60, 1, I32, 1, I64), body.toByteArray());
        assertThat(instance.function("f").call(12345)).containsExactly(expected);
    }

    // A megabyte of code, with nested blocks whose branches leave some of them at once and take a value along.
    @ParameterizedTest
    @ValueSource(ints = {3, 100, 2_000})
    void branchesOutOfSeveralBlocksTakeValuesAlong(int rounds) {
        var random = new Random(rounds);
        var body = new ByteArrayOutputStream();
        body.write(0);
        long x = 99;
        for (int i = 0; i < rounds; i++) {
            int depth = 1 + random.nextInt(5);
            // local 0 = (block (result i64) … (block (result i64) … with statements between)
            body.writeBytes(times(depth, 0x02, I64));
            int target = random.nextInt(depth);
            int statements = random.nextInt(40);
            body.writeBytes(times(statements, 0x20, 0, 0x42, 3, 0x7E, 0x42, 1, 0x7C, 0x21, 0));
            for (int k = 0; k < statements; k++) {
                x = x * 3 + 1;
            }
            // (br_if target (x + 7) (x & 4 != 0)), else the value goes through the ends, each adding one
            body.writeBytes(bytes(0x20, 0, 0x42, 7, 0x7C, 0x20, 0, 0xA7, 0x41, 4, 0x71, 0x0D, target));
            int ends = (x & 4) != 0 ? depth - target - 1 : depth - 1;
            long value = x + 7;
            for (int k = 0; k < depth; k++) {
                body.write(0x0B);
                if (k < depth - 1) {
                    body.writeBytes(times(20, 0x42, 1, 0x7C));
                }
            }
            body.writeBytes(bytes(0x21, 0));
            x = value + 20L * ends;
        }
        body.writeBytes(bytes(0x20, 0, 0x0B));
        Instance instance = instance(bytes(0x60, 1, I64, 1, I64), body.toByteArray());
        assertThat(instance.function("f").call(99)).containsExactly(x);
    }

    // Tables with few and many entries, the largest of which is looked up in a map.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 1_023, 1_025, 30_000})
    void aTableOfBranches(int entries) {
        int labels = Math.min(entries, 50);
        var body = new ByteArrayOutputStream();
        body.write(0);
        body.writeBytes(times(labels, 0x02, 0x40));
        body.writeBytes(bytes(0x20, 0, 0x0E));
        body.writeBytes(number(entries));
        for (int i = 0; i < entries; i++) {
            body.writeBytes(number(i * 7L % labels));
        }
        body.writeBytes(number(labels - 1));
        for (int i = 0; i < labels; i++) {
            // behind the end of the block that label i means
            body.writeBytes(bytes(0x0B, 0x42));
            body.writeBytes(i < 64 ? bytes(i) : number(i));
            body.write(0x0F);
        }
        body.writeBytes(bytes(0x00, 0x0B));
        Instance instance = instance(bytes(0x60, 1, I32, 1, I64), body.toByteArray());
        for (int i = 0; i < entries; i += 1 + entries / 500) {
            assertThat(instance.function("f").call(i)).containsExactly(i * 7L % labels);
        }
        for (int outside : new int[] {entries, entries + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            assertThat(instance.function("f").call(outside)).containsExactly(labels - 1L);
        }
    }

    // What a part has set before it throws is seen by the handler around it.
    @ParameterizedTest
    @ValueSource(ints = {5, 20_000})
    void handlersSeeWhatPartsHaveSet(int statements) {
        byte[] filler = times(statements, 0x20, 1, 0x42, 1, 0x7C, 0x21, 1);
        byte[] module = new ModuleBytes()
                .type(bytes(0x60, 1, I64, 1, I64))
                .type(bytes(0x60, 1, I64, 0))
                .middle(13, bytes(1, 0, 1))
                .middle(7, bytes(1, 1, 'f', 0, 0))
                .code(
                        0,
                        bytes(1, 1, I64),
                        // (local 1 below) + (block (result i64) (try_table (catch 0 0) … (throw 0 (local 0))))
                        bytes(0x42, 5, 0x02, I64, 0x1F, 0x40, 1, 0, 0, 0),
                        filler,
                        bytes(0x20, 0, 0x50, 0x04, 0x40, 0x20, 1, 0x08, 0, 0x0B),
                        filler,
                        bytes(0x0B),
                        filler,
                        bytes(0x42, 1, 0x0B, 0x7C, 0x20, 1, 0x7C, 0x0B))
                .module();
        Instance instance = new Linker().instantiate(Engine.create().compile("parts.wasm", module));
        assertThat(instance.function("f").call(0)).as("thrown").containsExactly(5L + statements + statements);
        assertThat(instance.function("f").call(1)).as("not thrown").containsExactly(5L + 1 + 3L * statements);
    }

    @Test
    void aTrapInAPartIsATrap() {
        byte[] filler = times(20_000, 0x20, 0, 0x42, 1, 0x7C, 0x21, 0);
        Instance instance = instance(
                bytes(0x60, 1, I64, 1, I64),
                bytes(0),
                filler,
                bytes(0x42, 1, 0x20, 0, 0x7F, 0x21, 0),
                filler,
                bytes(0x20, 0, 0x0B));
        assertThatThrownBy(() -> instance.function("f").call(-20_000))
                .isInstanceOf(Trap.class)
                .hasMessage("integer divide by zero, in f of parts.wasm");
    }

    // An endless loop around parts, and endless recursion through one, both end.
    @Test
    void aLoopInALargeFunctionIsInterrupted() throws InterruptedException {
        byte[] filler = times(20_000, 0x20, 0, 0x42, 1, 0x7C, 0x21, 0);
        Instance instance =
                instance(bytes(0x60, 1, I64, 1, I64), bytes(0, 0x03, 0x40), filler, bytes(0x0C, 0, 0x0B, 0x00, 0x0B));
        var thrown = new java.util.concurrent.atomic.AtomicReference<Throwable>();
        var thread = new Thread(() -> {
            try {
                instance.function("f").call(1);
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        thread.start();
        Thread.sleep(100);
        thread.interrupt();
        thread.join(10_000);
        assertThat(thrown.get()).isNotNull().hasMessageContaining("interrupted");
    }
}

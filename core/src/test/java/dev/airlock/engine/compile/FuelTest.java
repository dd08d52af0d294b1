package dev.airlock.engine.compile;

import static dev.airlock.engine.validate.ModuleBytes.all;
import static dev.airlock.engine.validate.ModuleBytes.bytes;
import static dev.airlock.engine.validate.ModuleBytes.function;
import static dev.airlock.engine.validate.ModuleBytes.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.validate.ModuleBytes;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.limit.Limits;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fuel counts executed operators, the same in small functions and in those that are made of several methods. */
@Timeout(60)
class FuelTest {
    private static final int I32 = 0x7F;

    /** A function {@code f} of one i32. */
    private static Module compiled(byte[]... body) {
        byte[] module = new ModuleBytes()
                .type(function(1, 1))
                .middle(7, bytes(1, 1, 'f', 0, 0))
                .code(0, body)
                .module();
        return Engine.builder().fuel(true).build().compile("fuel.wasm", module);
    }

    /** Calls {@code f} with exactly the fuel it needs, and with one operator less. */
    private static long needs(Module module, long fuel, int argument) {
        var linker = new Linker().limits(Limits.defaults().fuel(fuel));
        long result = linker.instantiate(module).function("f").call(argument)[0];
        var tooSmall = new Linker().limits(Limits.defaults().fuel(fuel - 1)).instantiate(module);
        LimitException over = catchThrowableOfType(
                LimitException.class, () -> tooSmall.function("f").call(argument));
        assertThat(over).as("with %d operators", fuel - 1).isNotNull();
        assertThat(over.kind()).isEqualTo(LimitException.Kind.FUEL);
        assertThat(over.value()).isEqualTo(fuel - 1);
        return result;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void iterationsOfALoop(int iterations) {
        // (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get 0)
        Module module = compiled(bytes(0, 0x03, 0x40, 0x20, 0, 0x41, 1, 0x6B, 0x22, 0, 0x0D, 0, 0x0B, 0x20, 0, 0x0B));
        assertThat(needs(module, 1 + 5L * iterations + 1 + 2, iterations)).isZero();
    }

    @Test
    void theFuelIsThatOfACall() {
        Module module = compiled(bytes(0, 0x20, 0, 0x0B));
        var instance = new Linker().limits(Limits.defaults().fuel(2)).instantiate(module);
        for (int call = 0; call < 5; call++) {
            assertThat(instance.function("f").call(call)).containsExactly(call);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 30_000})
    void straightCode(int statements) {
        // local 0 = local 0 + 1
        Module module = compiled(bytes(0), times(statements, 0x20, 0, 0x41, 1, 0x6A, 0x21, 0), bytes(0x20, 0, 0x0B));
        assertThat(needs(module, 4L * statements + 2, 5)).isEqualTo(5 + statements);
    }

    // Blocks that are left by a branch, or not: some are parts of their own, and some have branches out of a part.
    @ParameterizedTest
    @ValueSource(ints = {10, 300, 5_000})
    void branches(int blocks) {
        var random = new Random(blocks);
        var body = new ByteArrayOutputStream();
        int value = 1;
        long executed = 0;
        for (int i = 0; i < blocks; i++) {
            int bit = random.nextInt(8);
            int statements = random.nextInt(30);
            // (block (br_if 0 (i32.and (local.get 0) (i32.const 1 << bit))) …)
            body.writeBytes(bytes(0x02, 0x40, 0x20, 0, 0x41));
            body.writeBytes(bit == 6 ? bytes(0xC0, 0) : bit == 7 ? bytes(0x80, 1) : bytes(1 << bit));
            body.writeBytes(bytes(0x71, 0x0D, 0));
            // local 0 = local 0 * 3 + … as one operator each
            body.writeBytes(times(statements, 0x20, 0, 0x41, 3, 0x6C, 0x21, 0));
            body.writeBytes(bytes(0x0B, 0x20, 0, 0x41, 1, 0x6A, 0x21, 0));
            executed += 5;
            if ((value & 1 << bit) == 0) {
                for (int k = 0; k < statements; k++) {
                    value *= 3;
                }
                executed += 4L * statements + 1;
            }
            value++;
            executed += 4;
        }
        Module module = compiled(all(bytes(0), body.toByteArray(), bytes(0x20, 0, 0x0B)));
        assertThat((int) needs(module, executed + 2, 1)).isEqualTo(value);
    }

    @Test
    void codeThatDoesNotCountIsNotLimited() {
        byte[] module = new ModuleBytes()
                .type(bytes(0x60, 0, 1, I32))
                .middle(7, bytes(1, 1, 'f', 0, 0))
                .code(0, bytes(0, 0x41, 7, 0x0B))
                .module();
        Module uncounted = Engine.create().compile("fuel.wasm", module);
        Throwable refused = org.assertj.core.api.Assertions.catchThrowable(
                () -> new Linker().limits(Limits.defaults().fuel(100)).instantiate(uncounted));
        assertThat(refused)
                .isInstanceOf(InstanceStateException.class)
                .hasMessage(
                        "fuel.wasm cannot be instantiated with Limits.fuel, since its code does not count operators:"
                                + " compile it with an engine made by Engine.builder().fuel(true)");
    }
}

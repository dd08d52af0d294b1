package dev.airlock.engine.compile;

import static dev.airlock.engine.validate.ModuleBytes.all;
import static dev.airlock.engine.validate.ModuleBytes.bytes;
import static dev.airlock.engine.validate.ModuleBytes.number;
import static dev.airlock.engine.validate.ModuleBytes.times;
import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.validate.ModuleBytes;
import java.io.ByteArrayOutputStream;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tail calls of each kind take no room on the stack (core specification, section 4.6.6). */
@Timeout(60)
class TailCallTest {
    private static final int I64 = 0x7E;
    private static final byte[] PAIR = bytes(0x60, 2, I64, I64, 1, I64);
    private static final int DEEP = 10_000_000;

    /** {@code n == 0 ? sum : call(n - 1, sum + n)}; what is given stands before the call, behind its arguments. */
    private static byte[] counting(int... call) {
        return all(
                bytes(0, 0x20, 0, 0x50, 0x04, I64, 0x20, 1, 0x05),
                bytes(0x20, 0, 0x42, 1, 0x7D, 0x20, 1, 0x20, 0, 0x7C),
                bytes(call),
                bytes(0x0B, 0x0B));
    }

    private static long sum(long n) {
        return n * (n + 1) / 2;
    }

    private static Instance instance(Linker linker, ModuleBytes module) {
        return linker.instantiate(Engine.create().compile("tail.wasm", module.module()));
    }

    private static ModuleBytes exporting(int function) {
        return new ModuleBytes().type(PAIR).middle(7, bytes(1, 1, 'f', 0, function));
    }

    @Test
    void aFunctionCallsItself() {
        Instance instance = instance(new Linker(), exporting(0).code(0, counting(0x12, 0)));
        assertThat(instance.function("f").call(DEEP, 0)).containsExactly(sum(DEEP));
    }

    @Test
    void twoFunctionsCallEachOther() {
        Instance instance =
                instance(new Linker(), exporting(0).code(0, counting(0x12, 1)).code(0, counting(0x12, 0)));
        assertThat(instance.function("f").call(DEEP, 0)).containsExactly(sum(DEEP));
        assertThat(instance.function("f").call(DEEP + 1, 0)).containsExactly(sum(DEEP + 1));
    }

    @Test
    void aFunctionCallsByATable() {
        Instance instance = instance(
                new Linker(),
                new ModuleBytes()
                        .type(PAIR)
                        .middle(4, bytes(1, 0x70, 0, 2))
                        .middle(7, bytes(1, 1, 'f', 0, 0))
                        .middle(9, bytes(1, 0, 0x41, 0, 0x0B, 2, 0, 1))
                        .code(0, counting(0x41, 1, 0x13, 0, 0))
                        .code(0, counting(0x41, 0, 0x13, 0, 0)));
        assertThat(instance.function("f").call(DEEP, 0)).containsExactly(sum(DEEP));
    }

    @Test
    void aFunctionCallsByAReference() {
        // A declarative segment allows ref.func.
        Instance instance = instance(
                new Linker(),
                exporting(0)
                        .middle(9, bytes(1, 3, 0, 2, 0, 1))
                        .code(0, counting(0xD2, 1, 0x15, 0))
                        .code(0, counting(0xD2, 0, 0x15, 0)));
        assertThat(instance.function("f").call(DEEP, 0)).containsExactly(sum(DEEP));
    }

    @Test
    void aHostFunctionIsCalled() {
        ModuleBytes module = new ModuleBytes()
                .type(PAIR)
                .early(2, bytes(1, 1, 'm', 1, 'h', 0, 0))
                .middle(7, bytes(1, 1, 'f', 0, 1))
                .code(0, bytes(0, 0x20, 1, 0x20, 0, 0x12, 0, 0x0B));
        Linker linker = new Linker().function("m", "h", LongBinaryOperator.class, (a, b) -> 10 * a + b);
        assertThat(instance(linker, module).function("f").call(3, 4)).containsExactly(43);
    }

    @Test
    void theCalleeMayHaveOtherParameters() {
        // f(a, b) = g(b), g(x) = h(x, x, x), h(x, y, z) = x + y * z
        ModuleBytes module = new ModuleBytes()
                .type(PAIR)
                .type(bytes(0x60, 1, I64, 1, I64))
                .type(bytes(0x60, 3, I64, I64, I64, 1, I64))
                .middle(7, bytes(1, 1, 'f', 0, 0))
                .code(0, bytes(0, 0x20, 1, 0x12, 1, 0x0B))
                .code(1, bytes(0, 0x20, 0, 0x20, 0, 0x20, 0, 0x12, 2, 0x0B))
                .code(2, bytes(0, 0x20, 0, 0x20, 1, 0x20, 2, 0x7E, 0x7C, 0x0B));
        assertThat(instance(new Linker(), module).function("f").call(1, 7)).containsExactly(56);
    }

    // Functions with so many parameters get them by the spill. Only the first and the last are used.
    @ParameterizedTest
    @ValueSource(ints = {100, 126, 300, 1000})
    void functionsWithManyParametersCallThemselves(int count) {
        byte[] wide = all(bytes(0x60), number(count), times(count, I64), bytes(1, I64));
        var body = new ByteArrayOutputStream();
        body.writeBytes(bytes(0, 0x20, 0, 0x50, 0x04, I64, 0x20));
        body.writeBytes(number(count - 1));
        body.writeBytes(bytes(0x05, 0x20, 0, 0x42, 1, 0x7D));
        for (int i = 1; i < count - 1; i++) {
            body.writeBytes(bytes(0x42, 5));
        }
        body.write(0x20);
        body.writeBytes(number(count - 1));
        body.writeBytes(bytes(0x20, 0, 0x7C));
        byte[] call = all(body.toByteArray(), bytes(0x12, 1, 0x0B, 0x0B));
        byte[] others = all(body.toByteArray(), bytes(0x12, 3, 0x0B, 0x0B));
        byte[] back = all(body.toByteArray(), bytes(0x12, 2, 0x0B, 0x0B));
        var module = new ModuleBytes()
                .type(PAIR)
                .type(wide)
                .middle(7, bytes(2, 1, 'f', 0, 0, 1, 'g', 0, 4))
                .code(0, bytes(0, 0x20, 0), times(count - 2, 0x42, 9), bytes(0x20, 1, 0x10, 1, 0x0B))
                .code(1, call)
                .code(1, others)
                .code(1, back)
                .code(0, bytes(0, 0x20, 0), times(count - 2, 0x42, 9), bytes(0x20, 1, 0x10, 2, 0x0B));
        Instance instance = instance(new Linker(), module);
        assertThat(instance.function("f").call(10_000, 3)).containsExactly(sum(10_000) + 3);
        assertThat(instance.function("g").call(10_000, 3)).containsExactly(sum(10_000) + 3);
    }

    @Test
    void aTailCallInAPartOfALargeFunction() {
        // local 2 = local 2 + 1, many times, before and behind the call.
        byte[] filler = times(20_000, 0x20, 2, 0x42, 1, 0x7C, 0x21, 2);
        byte[] body = all(
                bytes(1, 1, I64),
                filler,
                bytes(0x20, 0, 0x50, 0x04, 0x40, 0x20, 1, 0x20, 2, 0x7C, 0x0F, 0x0B),
                bytes(0x02, 0x40),
                filler,
                bytes(0x20, 0, 0x42, 1, 0x7D, 0x20, 1, 0x20, 2, 0x7C, 0x12, 0, 0x0B),
                filler,
                bytes(0x00, 0x0B));
        Instance instance = instance(new Linker(), exporting(0).code(0, body));
        // 40,000 are added by each call, and 20,000 by the last.
        assertThat(instance.function("f").call(50, 7)).containsExactly(7 + 50 * 40_000 + 20_000);
    }
}

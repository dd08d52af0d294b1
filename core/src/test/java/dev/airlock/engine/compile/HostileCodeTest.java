package dev.airlock.engine.compile;

import static dev.airlock.engine.validate.ModuleBytes.all;
import static dev.airlock.engine.validate.ModuleBytes.bytes;
import static dev.airlock.engine.validate.ModuleBytes.function;
import static dev.airlock.engine.validate.ModuleBytes.number;
import static dev.airlock.engine.validate.ModuleBytes.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.validate.ModuleBytes;
import dev.airlock.error.ModuleException;
import java.io.ByteArrayOutputStream;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules made to cost much: compiling them takes time and memory in proportion to their bytes. */
@Timeout(10)
class HostileCodeTest {
    private static final int I32 = 0x7F;

    private static Module compiled(byte[] module) {
        return Engine.create().compile("hostile.wasm", module);
    }

    private static ModuleBytes exported() {
        return new ModuleBytes().type(function(0, 0)).middle(7, bytes(1, 1, 'f', 0, 0));
    }

    private static void runs(byte[] module) {
        assertThat(new Linker().instantiate(compiled(module)).function("f").call())
                .isEmpty();
    }

    private static byte[] each(int count, IntFunction<byte[]> made) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            out.writeBytes(made.apply(i));
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x02, 0x03})
    void blocksNestedDeeply(int operator) {
        int depth = 400_000;
        runs(exported()
                .code(0, bytes(0), times(depth, operator, 0x40), times(depth + 1, 0x0B))
                .module());
    }

    @Test
    void conditionalsNestedDeeply() {
        int depth = 100_000;
        runs(exported()
                .code(0, bytes(0), times(depth, 0x41, 1, 0x04, 0x40), times(depth, 0x05, 0x0B), bytes(0x0B))
                .module());
    }

    @Test
    void handlersNestedDeeply() {
        int depth = 50_000;
        runs(exported()
                .code(
                        0,
                        bytes(0, 0x02, 0x40),
                        each(depth, i -> bytes(0x1F, 0x40, 1, 2, i % 100)),
                        times(depth, 0x0B),
                        bytes(0x0B, 0x0B))
                .module());
    }

    // Each clause would push 1,000 values: 16 KB of bytecode for three bytes.
    @ParameterizedTest
    @ValueSource(ints = {2, 8_000, 32_000})
    void clausesOfOneTagWithManyValues(int clauses) {
        byte[] module = new ModuleBytes()
                .type(function(0, 0))
                .type(function(1000, 0))
                .type(function(0, 1000))
                .middle(13, bytes(1, 0, 1))
                .middle(7, bytes(1, 1, 'f', 0, 0))
                .code(
                        0,
                        bytes(0, 0x02, 2, 0x1F, 0x40),
                        number(clauses),
                        times(clauses, 0, 0, 0),
                        bytes(0x0B),
                        times(1000, 0x41, 0),
                        bytes(0x0B),
                        times(1000, 0x1A),
                        bytes(0x0B))
                .module();
        runs(module);
    }

    @Test
    void clausesOfManyTagsWithManyValues() {
        int tags = 1000;
        byte[] module = new ModuleBytes()
                .type(function(0, 0))
                .type(function(1000, 0))
                .type(function(0, 1000))
                .middle(13, number(tags), times(tags, 0, 1))
                .code(
                        0,
                        bytes(0, 0x02, 2, 0x1F, 0x40),
                        number(tags),
                        each(tags, i -> all(bytes(0), number(i), bytes(0))),
                        bytes(0x0B, 0x00, 0x0B),
                        times(1000, 0x1A),
                        bytes(0x0B))
                .module();
        assertThatThrownBy(() -> compiled(module))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("function 0 has code that does not fit into a method of the JVM");
    }

    @Test
    void tablesOfBranchesToManyLabels() {
        int labels = 300;
        byte[] table =
                all(bytes(0x02, 0x40, 0x41, 0, 0x0E), number(labels), each(labels + 1, i -> number(i)), bytes(0x0B));
        runs(exported()
                .code(0, bytes(0), times(labels, 0x02, 0x40), each(1_000, i -> table), times(labels + 1, 0x0B))
                .module());
    }

    @Test
    void manyLocalsInManyParts() {
        runs(exported()
                .code(
                        0,
                        bytes(1),
                        number(50_000),
                        bytes(I32),
                        each(200_000, i -> all(bytes(0x41, 1, 0x21), number(i * 7919L % 50_000))),
                        bytes(0x0B))
                .module());
    }

    @Test
    void manyLocalsInNestedParts() {
        int depth = 5_000;
        byte[] level = all(bytes(0x02, 0x40), each(60, i -> all(bytes(0x41, 1, 0x21), number(49_999))));
        runs(exported()
                .code(0, bytes(1), number(50_000), bytes(I32), each(depth, i -> level), times(depth + 1, 0x0B))
                .module());
    }

    @Test
    void operatorsOnAStructOfManyFields() {
        byte[] module = new ModuleBytes()
                .type(function(0, 0))
                .type(bytes(0x5F), number(10_000), times(10_000, I32, 1))
                .middle(7, bytes(1, 1, 'f', 0, 0))
                .code(0, bytes(0), times(200_000, 0xFB, 1, 1, 0x1A), bytes(0x0B))
                .module();
        assertThat(compiled(module)).isNotNull();
    }

    @Test
    void wideCallsInGreatNumbers() {
        byte[] module = new ModuleBytes()
                .type(function(1000, 1000))
                .code(0, bytes(0), each(1000, i -> all(bytes(0x20), number(i))), times(200_000, 0x10, 0), bytes(0x0B))
                .module();
        assertThatThrownBy(() -> compiled(module))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("does not fit into a method of the JVM");
    }
}

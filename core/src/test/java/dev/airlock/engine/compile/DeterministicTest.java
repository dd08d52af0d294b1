package dev.airlock.engine.compile;

import static dev.airlock.engine.validate.ModuleBytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.validate.ModuleBytes;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deterministic profile: arithmetic gives canonical NaNs, and what only moves bits leaves them as they are. */
@Timeout(60)
class DeterministicTest {
    private static final int I32 = 0x7F;
    private static final int I64 = 0x7E;
    private static final int NAN_32 = 0xFFA1_2345;
    private static final long NAN_64 = 0xFFF4_1234_5678_9ABCL;

    private static Instance deterministic(int type, int... operators) {
        byte[] module = new ModuleBytes()
                .type(bytes(0x60, 1, type, 1, type))
                .middle(7, bytes(1, 1, 'f', 0, 0))
                .body(0, operators)
                .module();
        return new Linker()
                .instantiate(Engine.builder().deterministic(true).build().compile("nan.wasm", module));
    }

    // add, sub, mul, div, min, max
    @ParameterizedTest
    @ValueSource(ints = {0x92, 0x93, 0x94, 0x95, 0x96, 0x97})
    void binaryArithmeticOfFloats(int operator) {
        Instance instance = deterministic(I32, 0x20, 0, 0xBE, 0x20, 0, 0xBE, operator, 0xBC, 0x0B);
        assertThat((int) instance.function("f").call(NAN_32)[0]).isEqualTo(0x7FC0_0000);
    }

    // ceil, floor, trunc, nearest, sqrt
    @ParameterizedTest
    @ValueSource(ints = {0x8D, 0x8E, 0x8F, 0x90, 0x91})
    void unaryArithmeticOfFloats(int operator) {
        Instance instance = deterministic(I32, 0x20, 0, 0xBE, operator, 0xBC, 0x0B);
        assertThat((int) instance.function("f").call(NAN_32)[0]).isEqualTo(0x7FC0_0000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5})
    void binaryArithmeticOfDoubles(int operator) {
        Instance instance = deterministic(I64, 0x20, 0, 0xBF, 0x20, 0, 0xBF, operator, 0xBD, 0x0B);
        assertThat(instance.function("f").call(NAN_64)).containsExactly(0x7FF8_0000_0000_0000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x9B, 0x9C, 0x9D, 0x9E, 0x9F})
    void unaryArithmeticOfDoubles(int operator) {
        Instance instance = deterministic(I64, 0x20, 0, 0xBF, operator, 0xBD, 0x0B);
        assertThat(instance.function("f").call(NAN_64)).containsExactly(0x7FF8_0000_0000_0000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8B, 0x8C})
    void signsOfFloats(int operator) {
        Instance instance = deterministic(I32, 0x20, 0, 0xBE, operator, 0xBC, 0x0B);
        // abs clears the sign, and neg turns it, which is set here
        assertThat((int) instance.function("f").call(NAN_32)[0]).isEqualTo(NAN_32 & 0x7FFF_FFFF);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x99, 0x9A})
    void signsOfDoubles(int operator) {
        Instance instance = deterministic(I64, 0x20, 0, 0xBF, operator, 0xBD, 0x0B);
        assertThat(instance.function("f").call(NAN_64)).containsExactly(NAN_64 & Long.MAX_VALUE);
    }
}

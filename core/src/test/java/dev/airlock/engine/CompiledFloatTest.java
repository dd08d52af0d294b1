package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators that C2 leaves out, although they must make a signalling NaN quiet (core specification, section 4.3.3). */
class CompiledFloatTest {
    private static final long SIGNALLING = 0x7FF4_0000_0000_0000L;
    private static final int SIGNALLING_FLOAT = 0x7FA0_0000;
    private static final long WARM_UP_NANOS = 300_000_000L;

    /** Must be public for the engine to implement it. */
    public interface Bits {
        long call(long bits);
    }

    /** Must be public for the engine to implement it. */
    public interface FloatBits {
        int call(int bits);
    }

    private static final byte[] F64_ONE = {0x44, 0, 0, 0, 0, 0, 0, (byte) 0xF0, 0x3F};
    private static final byte[] F64_ZERO = {0x44, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] F32_ONE = {0x43, 0, 0, (byte) 0x80, 0x3F};
    private static final byte[] F32_ZERO = {0x43, 0, 0, 0, 0};

    @ParameterizedTest
    @ValueSource(strings = {"x * 1", "1 * x", "x / 1", "x - 0", "x - local"})
    void anOperatorOnDoublesMakesANanQuietOnceItIsHot(String form) {
        byte[] x = {0x20, 0, (byte) 0xBF};
        byte[] code = switch (form) {
            case "x * 1" -> Binary.concat(x, F64_ONE, new byte[] {(byte) 0xA2});
            case "1 * x" -> Binary.concat(F64_ONE, x, new byte[] {(byte) 0xA2});
            case "x / 1" -> Binary.concat(x, F64_ONE, new byte[] {(byte) 0xA3});
            case "x - 0" -> Binary.concat(x, F64_ZERO, new byte[] {(byte) 0xA1});
            default -> Binary.concat(x, new byte[] {0x20, 1, (byte) 0xA1});
        };
        Bits function = instance(0x7E, 0x7C, Binary.concat(code, new byte[] {(byte) 0xBD, 0x0B}))
                .function("f", Bits.class);
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS) {
            assertThat(function.call(SIGNALLING) & 0x7FFF_FFFF_FFFF_FFFFL).isEqualTo(0x7FFC_0000_0000_0000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x * 1", "x / 1", "x - 0", "x - local", "(float) (double) x"})
    void anOperatorOnFloatsMakesANanQuietOnceItIsHot(String form) {
        byte[] x = {0x20, 0, (byte) 0xBE};
        byte[] code = switch (form) {
            case "x * 1" -> Binary.concat(x, F32_ONE, new byte[] {(byte) 0x94});
            case "x / 1" -> Binary.concat(x, F32_ONE, new byte[] {(byte) 0x95});
            case "x - 0" -> Binary.concat(x, F32_ZERO, new byte[] {(byte) 0x93});
            case "x - local" -> Binary.concat(x, new byte[] {0x20, 1, (byte) 0x93});
            default -> Binary.concat(x, new byte[] {(byte) 0xBB, (byte) 0xB6});
        };
        FloatBits function = instance(0x7F, 0x7D, Binary.concat(code, new byte[] {(byte) 0xBC, 0x0B}))
                .function("f", FloatBits.class);
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS) {
            assertThat(function.call(SIGNALLING_FLOAT) & 0x7FFF_FFFF).isEqualTo(0x7FE0_0000);
        }
    }

    /** A module with {@code f}, which takes and gives one number, and has one local. */
    private static Instance instance(int number, int local, byte[] code) {
        byte[] body = Binary.concat(new byte[] {(byte) (code.length + 3), 1, 1, (byte) local}, code);
        return new Linker()
                .instantiate(Engine.create()
                        .compile(
                                "floats.wasm",
                                Binary.module(
                                        Binary.section(1, 1, 0x60, 1, number, 1, number),
                                        Binary.section(3, 1, 0),
                                        Binary.section(7, 1, "f", 0, 0),
                                        Binary.section(10, 1, body))));
    }
}

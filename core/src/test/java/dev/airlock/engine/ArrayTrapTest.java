package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import org.junit.jupiter.api.Test;

/** The JVM has the same exceptions for a memory's bytes and for arrays of guests; the traps differ. */
class ArrayTrapTest {
    private static final int I32 = 0x7F;

    private final Engine engine = Engine.create();
    private final Module module = engine.compile("arrays", bytes());

    private static byte[] bytes() {
        return Binary.module(
                // (type (array i8)) (type (func (param i32) (result i32)))
                Binary.section(1, 2, 0x5E, 0x78, 0, 0x60, 1, I32, 1, I32),
                Binary.section(3, 3, 1, 1, 1),
                Binary.section(5, 1, 0, 1),
                Binary.section(7, 3, "byte", 0, 0, "short", 0, 1, "element", 0, 2),
                Binary.section(
                        10,
                        3,
                        // local.get 0, i32.load8_u; local.get 0, i32.load16_u
                        new byte[] {7, 0, 0x20, 0, 0x2D, 0, 0, 0x0B},
                        new byte[] {7, 0, 0x20, 0, 0x2F, 1, 0, 0x0B},
                        // i32.const 3, array.new_default 0, local.get 0, array.get_u 0
                        new byte[] {12, 0, 0x41, 3, (byte) 0xFB, 7, 0, 0x20, 0, (byte) 0xFB, 13, 0, 0x0B}));
    }

    private TrapCode trap(String function, long argument) {
        try (Instance instance = engine.linker().instantiate(module)) {
            Func called = instance.function(function);
            return catchThrowableOfType(Trap.class, () -> called.call(argument)).code();
        }
    }

    @Test
    void ofMemory() {
        assertThat(trap("byte", 65_536)).isEqualTo(TrapCode.MEMORY_OUT_OF_BOUNDS);
        assertThat(trap("short", 65_535)).isEqualTo(TrapCode.MEMORY_OUT_OF_BOUNDS);
        assertThat(trap("short", -1)).isEqualTo(TrapCode.MEMORY_OUT_OF_BOUNDS);
    }

    @Test
    void ofAnArray() {
        assertThat(trap("element", 3)).isEqualTo(TrapCode.ARRAY_OUT_OF_BOUNDS);
        assertThat(trap("element", -1)).isEqualTo(TrapCode.ARRAY_OUT_OF_BOUNDS);
    }

    // Measured: HotSpot's C2 throws such an exception after 33,000 (JDK 25) to 47,000 (JDK 17) traps at one place.
    @Test
    void ofAnArrayInCodeThatTrapsOften() {
        var thrown = new ArrayIndexOutOfBoundsException();
        thrown.setStackTrace(new StackTraceElement[0]);
        try (Instance instance = engine.linker().instantiate(module)) {
            assertThat(Faults.leave(instance.compartment(), thrown, 0))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.ARRAY_OUT_OF_BOUNDS));
        }
    }
}

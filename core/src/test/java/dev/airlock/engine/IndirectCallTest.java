package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndirectCallTest {
    private static final int ADDS = 0;
    private static final int CALLS = 1;
    private static final int NOTHING = 2;

    // Small switches, and those that are too large for one method.
    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "500, 1", "501, 1", "1024, 1", "1025, 1", "1025, 4000", "4096, 1", "5000, 1"})
    void everyFunctionOfATableIsCalledAndNoneOfAnotherType(int functions, int others) {
        Instance instance = new Linker().instantiate(Engine.create().compile("many.wasm", module(functions, others)));
        Func call = instance.function("call");
        for (int slot = 0; slot < functions; slot++) {
            assertThat(call.call(10_000_000_000L, 5, slot)).containsExactly(10_000_000_005L + slot);
        }
        assertThatThrownBy(() -> call.call(1, 2, functions))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INDIRECT_CALL_TYPE_MISMATCH));
    }

    /**
     * Functions that add their two parameters and their own number, all in a table, behind them there the last one of
     * those of another type, and {@code call(i64, i32, slot)}.
     */
    private static byte[] module(int functions, int others) {
        var types = new ByteArrayOutputStream();
        var bodies = new ByteArrayOutputStream();
        var elements = new ByteArrayOutputStream();
        for (int i = 0; i < functions; i++) {
            types.write(ADDS);
            byte[] number = leb128(i);
            bodies.writeBytes(Binary.concat(
                    new byte[] {(byte) (10 + number.length), 0, 0x20, 0, 0x20, 1, (byte) 0xad, 0x7c, 0x42},
                    number,
                    new byte[] {0x7c, 0x0b}));
            elements.writeBytes(leb128(i));
        }
        elements.writeBytes(leb128(functions + others));
        types.write(CALLS);
        bodies.writeBytes(new byte[] {11, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0x11, ADDS, 0, 0x0b});
        for (int i = 0; i < others; i++) {
            types.write(NOTHING);
            bodies.writeBytes(new byte[] {2, 0, 0x0b});
        }
        byte[] slots = leb128(functions + 1);
        byte[] all = leb128(functions + 1 + others);
        return Binary.module(
                Binary.section(1, 3, 0x60, 2, 0x7e, 0x7f, 1, 0x7e, 0x60, 3, 0x7e, 0x7f, 0x7f, 1, 0x7e, 0x60, 0, 0),
                Binary.section(3, all, types.toByteArray()),
                Binary.section(4, 1, 0x70, 0, slots),
                Binary.section(7, 1, "call", 0, leb128(functions)),
                Binary.section(9, 1, 0, 0x41, 0, 0x0b, slots, elements.toByteArray()),
                Binary.section(10, all, bodies.toByteArray()));
    }

    /** Signed, so that it serves for constants too: a longer form is as good for the unsigned ones. */
    private static byte[] leb128(int value) {
        var bytes = new ByteArrayOutputStream();
        int left = value;
        for (; left > 63; left >>>= 7) {
            bytes.write(left & 0x7f | 0x80);
        }
        bytes.write(left);
        return bytes.toByteArray();
    }
}

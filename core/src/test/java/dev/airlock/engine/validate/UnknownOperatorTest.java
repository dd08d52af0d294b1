package dev.airlock.engine.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Binary;
import dev.airlock.engine.Engine;
import dev.airlock.error.ModuleException;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of operators behind a prefix are unsigned, of 32 bits. */
class UnknownOperatorTest {
    private static final int END = 0x0B;

    @ParameterizedTest
    @CsvSource({
        "FB, 31", "FB, 65536", "FB, 2147483648", "FB, 4294967295", "FC, 23", "FC, 65536", "FC, 2147483648",
                "FC, 4294967295",
        "FD, 276", "FD, 65548", "FD, 2147483648", "FD, 4294967295", "FE, 128", "FE, 65536", "FE, 2147483648",
                "FE, 4294967295"
    })
    void isRefused(String prefix, long number) {
        byte[] operator = Binary.concat(
                new byte[] {0, (byte) Integer.parseInt(prefix, 16)}, ModuleBytes.number(number), new byte[] {END});
        byte[] module = Binary.module(
                Binary.section(1, 1, 0x60, 0, 0),
                Binary.section(3, 1, 0),
                Binary.section(10, 1, operator.length, operator));
        assertThatThrownBy(() -> Engine.create().compile("unknown", module))
                .isInstanceOfSatisfying(
                        ModuleException.class,
                        e -> assertThat(e.byteOffset()).isEqualTo(module.length - operator.length + 1))
                .hasMessageContaining("illegal opcode 0x" + prefix.toLowerCase(Locale.ROOT));
    }
}

package dev.airlock.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers at the edges of their ranges, in and out. */
class ScalarsTest {
    private enum Color {
        RED,
        GREEN
    }

    @Test
    void booleansAreOneAndZero() {
        assertThat(Scalars.lowerBool(true)).isEqualTo(1);
        assertThat(Scalars.lowerBool(false)).isZero();
    }

    @Test
    void anythingButZeroIsTrue() {
        assertThat(Scalars.liftBool(0)).isFalse();
        assertThat(Scalars.liftBool(1)).isTrue();
        assertThat(Scalars.liftBool(Integer.MIN_VALUE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255})
    void bytesWithoutSignGoInAsTheyAre(int value) {
        assertThat(Scalars.lowerU8(value, "b")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void whatIsNoByteIsRefusedAndNeverCut(int value) {
        refused(() -> Scalars.lowerU8(value, "b"), "b: u8 takes 0..255, got " + value);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32_768, 65_535})
    void sixteenBitsWithoutSignGoInAsTheyAre(int value) {
        assertThat(Scalars.lowerU16(value, "s")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void whatIsNotOfSixteenBitsIsRefused(int value) {
        refused(() -> Scalars.lowerU16(value, "s"), "s: u16 takes 0..65535, got " + value);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 'A', 0xd7ff, 0xe000, 0x1f980, 0x10ffff})
    void everyScalarValueIsAChar(int value) {
        assertThat(Scalars.lowerChar(value, "c")).isEqualTo(value);
        assertThat(Scalars.liftChar(value, "first")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"0xd800, U+D800", "0xdfff, U+DFFF", "0x110000, U+110000", "-1, U+FFFFFFFF"})
    void surrogatesAndWhatIsNoCodePointAreRefused(String value, String shown) {
        int number = (int) (long) Long.decode(value);
        refused(() -> Scalars.lowerChar(number, "c"), "c: char takes a Unicode scalar value, got " + shown);
    }

    @ParameterizedTest
    @CsvSource({"0xd800, d800", "0xdfff, dfff", "0x110000, 110000", "-1, ffffffff"})
    void aGuestThatReturnsOneTraps(String value, String shown) {
        int number = (int) (long) Long.decode(value);
        traps(
                () -> Scalars.liftChar(number, "first"),
                "first returned a char that is not a Unicode scalar value: 0x" + shown);
    }

    @Test
    void smallNumbersThatComeBackAreCutToTheirWidthAsTheCanonicalAbiHasIt() {
        assertThat(Scalars.liftS8(0x1ff)).isEqualTo((byte) -1);
        assertThat(Scalars.liftU8(0x1ff)).isEqualTo(255);
        assertThat(Scalars.liftS16(0x1ffff)).isEqualTo((short) -1);
        assertThat(Scalars.liftU16(0x1ffff)).isEqualTo(65_535);
    }

    @Test
    void anEnumIsTheNumberOfItsConstant() {
        assertThat(Scalars.lowerEnum(Color.GREEN, "color")).isEqualTo(1);
        assertThat(Scalars.liftEnum(1, Color.values(), "pick")).isEqualTo(Color.GREEN);
    }

    @Test
    void noEnumIsNull() {
        refused(() -> Scalars.lowerEnum(null, "color"), "color: null, where a value is needed");
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "-1, 4294967295"})
    void aCaseThatIsNoneTraps(int value, String shown) {
        traps(
                () -> Scalars.liftEnum(value, Color.values(), "pick"),
                "pick returned case " + shown + " of an enum of 2");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isExactlyInstanceOf(ValueException.class).hasMessage(message);
    }

    private static void traps(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(Trap.class)
                .hasMessage(message)
                .satisfies(e -> assertThat(((Trap) e).code()).isEqualTo(TrapCode.BAD_VALUE));
    }
}

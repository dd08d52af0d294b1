package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.SignatureException;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuncTest {
    private final Instance numbers = Guests.instance("wat/numbers");

    private interface FloatAdd {
        float add(float a, float b);
    }

    private interface FloatIdentity {
        float of(float value);
    }

    private interface Swap {
        long[] swap(int a, long b);
    }

    private interface Many {
        double sum(int a, long b, float c, double d, int e, long f, float g, double h);

        default double ones() {
            return sum(1, 1, 1, 1, 1, 1, 1, 1);
        }
    }

    @Test
    void everyTypeCrossesBothWays() {
        assertThat(numbers.function("add", IntBinaryOperator.class).applyAsInt(Integer.MAX_VALUE, 1))
                .isEqualTo(Integer.MIN_VALUE);
        assertThat(numbers.function("add64", LongBinaryOperator.class).applyAsLong(1L << 40, 2))
                .isEqualTo((1L << 40) + 2);
        assertThat(numbers.function("addf32", FloatAdd.class).add(0.5f, 0.25f)).isEqualTo(0.75f);
        assertThat(numbers.function("addf64", DoubleBinaryOperator.class).applyAsDouble(0.1, 0.2))
                .isEqualTo(0.1 + 0.2);
        numbers.function("nothing", Runnable.class).run();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void identityOfI32(int value) {
        assertThat(numbers.function("id32", IntUnaryOperator.class).applyAsInt(value))
                .isEqualTo(value);
        assertThat((int) numbers.function("id32").call(value)[0]).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void identityOfI64(long value) {
        assertThat(numbers.function("id64", LongUnaryOperator.class).applyAsLong(value))
                .isEqualTo(value);
        assertThat(numbers.function("id64").call(value)).containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x80000000, 0x3f800000, 0x7f800000, 0xff800000, 0x7fc00000, 1})
    void identityOfF32KeepsBits(int bits) {
        float value = Float.intBitsToFloat(bits);
        float back = numbers.function("idf32", FloatIdentity.class).of(value);
        assertThat(Float.floatToRawIntBits(back)).isEqualTo(bits);
        assertThat((int) numbers.function("idf32").call(bits)[0]).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x8000000000000000L, 0x3ff0000000000000L, 0x7ff0000000000000L, 0x7ff8000000000000L, 1})
    void identityOfF64KeepsBits(long bits) {
        double back = numbers.function("idf64", DoubleUnaryOperator.class).applyAsDouble(Double.longBitsToDouble(bits));
        assertThat(Double.doubleToRawLongBits(back)).isEqualTo(bits);
    }

    @Test
    void severalResultsComeInOneArray() {
        assertThat(numbers.function("swap", Swap.class).swap(7, 1L << 33)).containsExactly(1L << 33, 7);
        assertThat(numbers.function("swap").call(7, 1L << 33)).containsExactly(1L << 33, 7);
    }

    @Test
    void manyParametersOfMixedTypesAndDefaultMethods() {
        Many many = numbers.function("many", Many.class);
        assertThat(many.sum(1, 2, 3, 4, 5, 6, 7, 8)).isEqualTo(36);
        assertThat(many.ones()).isEqualTo(8);
    }

    @Test
    void aShapeThatDoesNotFitShowsBothTypes() {
        assertThatThrownBy(() -> numbers.function("add", LongBinaryOperator.class))
                .isInstanceOf(SignatureException.class)
                .hasMessage("function \"add\" of numbers.wasm does not fit java.util.function.LongBinaryOperator\n"
                        + "  guest: (i32, i32) -> i32\n"
                        + "  Java:  long applyAsLong(long, long)\n"
                        + "  fits:  int applyAsLong(int, int)");
    }

    private interface Two {
        int a();

        int b();
    }

    @Test
    void whatIsNoFunctionalInterfaceIsRefused() {
        assertThatThrownBy(() -> numbers.function("add", Two.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("has 2 abstract methods");
        assertThatThrownBy(() -> numbers.function("add", String.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("is no interface");
    }

    @Test
    void aNameThatIsNotExportedNamesTheNearest() {
        assertThatThrownBy(() -> numbers.function("ad64"))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith("numbers.wasm exports no function \"ad64\" (did you mean \"add64\"?)");
        assertThatThrownBy(() -> numbers.memory()).hasMessage("numbers.wasm exports no memory");
        assertThatThrownBy(() -> Guests.instance("wat/twomemories").memory())
                .hasMessageContaining("exports no memory of the name \"memory\", but first, second");
        assertThatThrownBy(() -> Guests.instance("wat/traps").function("memory"))
                .hasMessageContaining("exports \"memory\" as memory 1.. pages, not as a function");
    }

    @Test
    void rawCallsCheckTheNumberOfArguments() {
        assertThatThrownBy(() -> numbers.function("add").call(1))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("takes 2 arguments, not 1: (i32, i32) -> i32");
    }

    @Test
    void handlesOfTwoInstancesDoNotMix() {
        Instance first = Guests.instance("wat/memory");
        Instance second = Guests.instance("wat/memory");
        first.function("i32_store", Host.Void2.class).call(0, 1);
        second.function("i32_store", Host.Void2.class).call(0, 2);
        assertThat(first.function("i32_load", IntUnaryOperator.class).applyAsInt(0))
                .isEqualTo(1);
        assertThat(second.function("i32_load", IntUnaryOperator.class).applyAsInt(0))
                .isEqualTo(2);
    }

    @Test
    void tailCallsRunInConstantSpace() {
        Instance tail = Guests.instance("wat/tailcalls");
        assertThat(tail.function("countdown", IntUnaryOperator.class).applyAsInt(1_000_000))
                .isZero();
        assertThat(tail.function("is_even").call(1_000_001)).containsExactly(0);
    }

    @Test
    void aFunctionTooLargeForOneMethodRuns() {
        Module huge = Guests.module("wat/huge");
        Instance instance = new Linker().instantiate(huge);
        assertThat(instance.function("small", IntUnaryOperator.class).applyAsInt(12345))
                .isEqualTo(-365306311);
        assertThat(instance.function("huge").call(-5)).containsExactly(1344825851);
    }

    private interface ExternIdentity {
        Object of(Object value);
    }

    @Test
    void hostObjectsCrossAsExternref() {
        Instance tables = Guests.instance("wat/tables");
        Object mine = new Object();
        assertThat(tables.function("idref", ExternIdentity.class).of(mine)).isSameAs(mine);
        assertThat(tables.function("idref", ExternIdentity.class).of(null)).isNull();
        assertThatThrownBy(() -> tables.function("idref").call(0)).hasMessageContaining("called by typed()");
    }
}

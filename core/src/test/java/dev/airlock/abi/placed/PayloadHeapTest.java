package dev.airlock.abi.placed;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.LimitException;
import dev.airlock.error.LimitException.Kind;
import dev.airlock.limit.Allowance;
import dev.airlock.limit.Limits;
import dev.airlock.shape.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short payloads of many objects are refused before anything is made of them; long payloads of few objects are not. */
class PayloadHeapTest {
    private static final Allowance DEFAULTS = new Allowance(Limits.defaults(), null);

    record Sparse(
            Optional<String> a,
            Optional<String> b,
            Optional<String> c,
            Optional<String> d,
            Optional<String> e,
            Optional<String> f) {}

    private static byte[] json(String start, String repeated, int times, String end) {
        return (start + repeated.repeat(times) + end).getBytes(StandardCharsets.UTF_8);
    }

    private static void isRefused(String format, byte[] payload) {
        assertThatThrownBy(() -> PayloadHeap.check(DEFAULTS, format, payload, Object.class, "f"))
                .isInstanceOfSatisfying(
                        LimitException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(e.kind())
                                .isEqualTo(Kind.LIFTED))
                .hasMessageContaining(", at f");
    }

    private static void isFine(String format, byte[] payload) {
        assertThatNoException().isThrownBy(() -> PayloadHeap.check(DEFAULTS, format, payload, Object.class, "f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[],", "{},", "\"\",", "{\"a\":0},", "123456,"})
    void jsonOfManyObjects(String each) {
        isRefused("JSON", json("[", each, 6_000_000, "0]"));
        isFine("JSON", json("[", each, 100_000, "0]"));
    }

    @Test
    void jsonOfLongTextsAndSmallNumbersIsFine() {
        isFine("JSON", json("\"", "x", 60_000_000, "\""));
        isFine("JSON", json("[", "1,", 5_000_000, "0]"));
        isFine("JSON", json("\"", "[]{},:", 5_000_000, "\""));
        isFine("JSON", json("\"", "\\\"[", 5_000_000, "\""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x90, 0x80, 0xa0, 0x7f})
    void messagePackOfManyObjects(int each) {
        byte[] payload = new byte[6_000_005];
        Arrays.fill(payload, (byte) each);
        // An array of 6,000,000.
        payload[0] = (byte) 0xdd;
        payload[1] = 0;
        payload[2] = 0x5b;
        payload[3] = (byte) 0x8d;
        payload[4] = (byte) 0x80;
        isRefused("MessagePack", payload);
        isFine("MessagePack", Arrays.copyOf(payload, 500_000));
        isFine("MessagePack", Arrays.copyOfRange(payload, 5, payload.length));
    }

    @Test
    void messagePackOfOneLongArrayOfBytesIsFine() {
        byte[] payload = new byte[50_000_000];
        payload[0] = (byte) 0xc6;
        payload[1] = 2;
        payload[2] = (byte) 0xfa;
        payload[3] = (byte) 0xf0;
        payload[4] = (byte) 0x7b;
        isFine("MessagePack", payload);
    }

    /** An announced length without content neither overflows the count nor reduces it. */
    @Test
    void messagePackThatAnnouncesMoreThanThereIs() {
        byte[] payload = new byte[1_000_000];
        Arrays.fill(payload, (byte) 0xdb);
        isFine("MessagePack", payload);
    }

    /** An empty JSON object makes a whole record. */
    @Test
    void componentsThatMayBeMissingCount() {
        byte[] payload = json("[", "{},", 1_300_000, "{}]");
        isFine("JSON", payload);
        assertThatThrownBy(() -> PayloadHeap.check(DEFAULTS, "JSON", payload, Shapes.of(Holder.class), "f"))
                .isInstanceOf(LimitException.class);
    }

    record Holder(List<Sparse> all) {}
}

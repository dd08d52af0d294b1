package dev.airlock.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests hostile JSON that would take much time or memory: it is refused at once, with a {@code ValueException}. */
@Timeout(20)
class JsonBombTest {
    private final JsonCodec codec = new JsonCodec();

    record Names(List<String> names) {}

    private void isRefused(String json, Class<?> type) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> codec.decode(bytes, type))
                .as("%s as %s", json.substring(0, Math.min(40, json.length())), type)
                .isInstanceOf(ValueException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64 << 20);
    }

    @ParameterizedTest
    @ValueSource(classes = {int.class, long.class, BigInteger.class})
    void numbersWithAHugeExponentAreNotIntegers(Class<?> type) {
        isRefused("1e999999999", type);
        isRefused("1e-999999999", type);
        isRefused("1e99999999999999999999", type);
    }

    @Test
    void aHugeExponentIsCheapIfTheTypeKeepsIt() {
        Object kept = codec.decode("1e999999999".getBytes(StandardCharsets.UTF_8), BigDecimal.class);
        assertThat(((BigDecimal) kept).scale()).isEqualTo(-999_999_999);
        isRefused("1e99999999999999999999", BigDecimal.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {int.class, long.class, double.class, BigInteger.class, BigDecimal.class, Object.class})
    void numbersOfAMillionDigitsAreRefused(Class<?> type) {
        isRefused("9".repeat(1_000_000), type);
        isRefused("0." + "9".repeat(1_000_000), type);
    }

    @ParameterizedTest
    @ValueSource(classes = {Object.class, List.class, Map.class, Names.class})
    void deepNestingIsRefused(Class<?> type) {
        isRefused("[".repeat(1_000_000), type);
        isRefused("{\"names\":".repeat(1_000_000), type);
        isRefused("{\"names\":" + "[".repeat(1_000_000), type);
    }

    @Test
    void aDuplicateNameIsRefused() {
        isRefused("{\"names\":[],\"names\":[]}", Names.class);
        isRefused("{" + "\"names\":[],".repeat(1_000_000) + "\"names\":[]}", Names.class);
    }
}

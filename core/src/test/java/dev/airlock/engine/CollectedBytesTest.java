package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.limit.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guest may keep on the Java heap ({@code guests/gc/hoarder.wat}). */
@Timeout(60)
class CollectedBytesTest {
    private static final long LIMIT = 16L << 20;

    private static Instance hoarder() {
        return new Linker().limits(Limits.defaults().collectedBytes(LIMIT)).instantiate(Guests.module("gc/hoarder"));
    }

    @ParameterizedTest
    @CsvSource({"keep_structs,", "keep_exceptions,", "keep_deep_exceptions, 20", "keep_deep_exceptions, 500"})
    void whatIsKeptForEverComesToAnEnd(String function, Long argument) {
        Instance guest = hoarder();
        assertThatThrownBy(() -> {
                    if (argument == null) {
                        guest.function(function).call();
                    } else {
                        guest.function(function).call(argument);
                    }
                })
                .isInstanceOfSatisfying(LimitException.class, e -> {
                    assertThat(e.kind()).isEqualTo(LimitException.Kind.COLLECTED);
                    assertThat(e.value()).isEqualTo(LIMIT);
                });
        assertThatThrownBy(() -> guest.function("catch").call(1)).isInstanceOf(InstanceStateException.class);
    }

    @Test
    void anArrayLargerThanTheLimitIsNotMade() {
        assertThatThrownBy(() -> hoarder().function("keep_vectors").call(0x7FFF_FFFF))
                .isInstanceOf(LimitException.class);
        assertThatThrownBy(() -> hoarder().function("keep_vectors").call(-1)).isInstanceOf(LimitException.class);
    }

    @Test
    void whatIsForgottenDoesNotCount() {
        // 320 MB of structs, 20 MB of exceptions, never more than 4 MB at a time.
        assertThat(hoarder().function("lists").call(100, 100_000)).containsExactly(100);
        long thrown = 20_000;
        assertThat(hoarder().function("catch").call(thrown)).containsExactly(thrown * (thrown + 1) / 2);
    }
}

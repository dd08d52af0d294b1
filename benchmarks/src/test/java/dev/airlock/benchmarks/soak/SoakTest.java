package dev.airlock.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short form of the soak test that benchmarks/soak.sh runs for an hour. */
@Tag("slow")
class SoakTest {
    @Test
    void theProcessDoesNotGrow() throws Exception {
        assertThat(new Trend(new Soak(2_200, Duration.ZERO, 4).run()).growth()).isEmpty();
    }
}

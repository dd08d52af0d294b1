package dev.airlock.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static List<Vitals> measures(IntFunction<Vitals> each) {
        return IntStream.range(0, 20).mapToObj(each).toList();
    }

    @Test
    void constantFiguresAreFlat() {
        assertThat(new Trend(measures(i -> new Vitals(50_000_000 + i % 3 * 100_000, 30_000_000, 9_000, 12, 40)))
                        .growth())
                .isEmpty();
    }

    @Test
    void growthOnlyAtTheStartIsFlat() {
        assertThat(new Trend(measures(i -> new Vitals(Math.min(i, 4) * 10_000_000L, 0, 0, 12, 40))).growth())
                .isEmpty();
    }

    @Test
    void eachGrowingPartIsNamed() {
        assertThat(new Trend(measures(i -> new Vitals(
                                50_000_000 + i * 1_000_000L,
                                30_000_000 + i * 1_000_000L,
                                9_000 + i * 100,
                                12 + i,
                                40 + i)))
                        .growth())
                .containsExactly(
                        "bytes of heap: 57000000 in the second quarter, 67000000 in the last",
                        "bytes of classes and compiled code: 37000000 in the second quarter, 47000000 in the last",
                        "loaded classes: 9700 in the second quarter, 10700 in the last",
                        "threads: 19 in the second quarter, 29 in the last",
                        "open files: 47 in the second quarter, 57 in the last");
    }

    @Test
    void tooFewMeasurementsAreRefused() {
        assertThatThrownBy(() -> new Trend(List.of(Vitals.now()))).hasMessage("a trend takes 8 measures, not 1");
    }
}

package dev.airlock.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.engine.LargeFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where an estimate was too low, HotSpot does not compile a method. No guest of ours has such a function. */
class LargeFunctionsTest {
    @Test
    void theLargestComesFirst() {
        assertThat(LargeFunctions.lines(List.of(new LargeFunction("small", 8_001), new LargeFunction("large", 12_345))))
                .containsExactly(
                        "2 compiled only with -XX:-DontCompileHugeMethods, which this command sets; your own java command must"
                                + " set it too:",
                        "  large, 12,345 bytes of JVM code",
                        "  small, 8,001 bytes of JVM code");
    }

    @Test
    void noneTakesNoLine() {
        assertThat(LargeFunctions.lines(List.of())).isEmpty();
    }
}

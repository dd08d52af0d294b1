package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.memory.StaticMemory.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaticMemoryTest {
    @Test
    void aRangeEndsBeforeItsEnd() {
        StaticMemory memory = StaticMemory.of(List.of(new Range(16, 20), new Range(8, 10)), 0);
        for (int offset = 0; offset < 24; offset++) {
            assertThat(memory.contains(offset))
                    .as("%s", offset)
                    .isEqualTo((offset >= 8 && offset < 10) || (offset >= 16 && offset < 20));
        }
        assertThat(memory).hasToString("8..10, 16..20");
    }

    @Test
    void rangesThatTouchOrOverlapAreOne() {
        assertThat(StaticMemory.of(List.of(new Range(4, 8), new Range(0, 4), new Range(20, 30), new Range(22, 25)), 0))
                .hasToString("0..8, 20..30");
        assertThat(StaticMemory.of(List.of(new Range(4, 4)), 0))
                .isSameAs(StaticMemory.NONE)
                .hasToString("none");
    }

    @Test
    void whatIsBelowTheHeap() {
        StaticMemory memory = StaticMemory.of(List.of(new Range(8, 10), new Range(90, 120)), 0)
                .below(100);
        assertThat(memory).hasToString("0..120").isEqualTo(StaticMemory.of(List.of(new Range(0, 120)), 0));
        assertThat(StaticMemory.NONE.below(5)).hasToString("0..5").isNotEqualTo(memory);
        assertThat(StaticMemory.NONE.below(0)).isEqualTo(StaticMemory.NONE);
    }

    @Test
    void someAreAtUnknownPlaces() {
        StaticMemory memory = StaticMemory.of(List.of(new Range(8, 10)), 2);
        assertThat(memory)
                .hasToString("8..10, and 2 at unknown places")
                .isNotEqualTo(StaticMemory.of(List.of(new Range(8, 10)), 0));
        assertThat(memory.below(4).unknown()).isEqualTo(2);
        assertThat(StaticMemory.of(List.of(), 1)).hasToString("none, and 1 at unknown places");
    }

    @Test
    void offsetsAreUnsigned() {
        StaticMemory high = StaticMemory.NONE.below(0x8000_0010);
        assertThat(high.contains(0x8000_000f)).isTrue();
        assertThat(high.contains(0x8000_0010)).isFalse();
        assertThat(high.contains(-1)).isFalse();
        assertThat(StaticMemory.of(List.of(new Range(0xffff_fff0L, 0x1_0000_0000L)), 0)
                        .contains(-1))
                .isTrue();
    }
}

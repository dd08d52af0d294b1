package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import org.junit.jupiter.api.Test;

/** What is known of a module before it is instantiated. */
class StaticDataTest {
    private static final Module MANAGED = Guests.module("wat/managed");

    @Test
    void aConstantIsKnown() {
        assertThat(Entry.constant(MANAGED, "__rtti_base")).hasValue(1024);
        assertThat(Entry.constant(MANAGED, "Person_ID")).hasValue(3);
        assertThat(Entry.constant(Guests.module("assemblyscript/kit"), "Uint8Array_ID"))
                .hasValue(4);
    }

    @Test
    void whatIsNoConstantIsNot() {
        assertThat(Entry.constant(MANAGED, "memory")).isEmpty();
        assertThat(Entry.constant(MANAGED, "give")).isEmpty();
        // It changes.
        assertThat(Entry.constant(Guests.module("wat/provider"), "counter")).isEmpty();
        assertThatThrownBy(() -> Entry.constant(MANAGED, "nothing")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void segmentsAreOverlaidAndGapsAreZero() {
        assertThat(Entry.staticBytes(MANAGED, 1036, 10)).containsExactly(0x20, 0, 0, 0, 0, 0, 0, 0, 0x20, 0);
        assertThat(Entry.staticBytes(MANAGED, 1022, 4)).containsExactly(0, 0, 9, 0);
        assertThat(Entry.staticBytes(MANAGED, 1060, 4)).containsExactly(0x24, 0x1a, 0, 0);
    }

    @Test
    void whereThereIsNoSegmentNothingIsKnown() {
        assertThat(Entry.staticBytes(MANAGED, 1064, 4)).isNull();
        assertThat(Entry.staticBytes(MANAGED, 0, 1024)).isNull();
        assertThat(Entry.staticBytes(MANAGED, -16, 16)).isNull();
        assertThat(Entry.staticBytes(MANAGED, 1024, 0)).isNull();
        // A passive segment lies nowhere until the guest runs.
        assertThat(Entry.staticBytes(Guests.module("wat/memory"), 0, 65536)).isNull();
    }
}

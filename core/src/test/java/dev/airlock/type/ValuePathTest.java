package dev.airlock.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValuePathTest {
    @Test
    void printsEachKindOfStep() {
        ValuePath order = ValuePath.of("order");
        assertThat(order).hasToString("order");
        assertThat(order.field("items").index(3).field("qty")).hasToString("order.items[3].qty");
        assertThat(order.field("pair").element(0)).hasToString("order.pair.0");
        assertThat(order.field("shape").payload("circle")).hasToString("order.shape.circle");
        assertThat(order.field("note").some()).hasToString("order.note.some");
        assertThat(order.ok().index(0)).hasToString("order.ok[0]");
        assertThat(order.err()).hasToString("order.err");
        assertThat(order.index(2).key()).hasToString("order[2].key");
        assertThat(order.index(2).value()).hasToString("order[2].value");
    }

    @Test
    void aRootWithoutANamePrintsAsNothing() {
        assertThat(ValuePath.root()).hasToString("");
        assertThat(ValuePath.root().field("items").index(0)).hasToString("items[0]");
        assertThat(ValuePath.root().index(0).field("x")).hasToString("[0].x");
        assertThat(ValuePath.root().refuse("takes u8, got string")).hasMessage("takes u8, got string");
        assertThat(ValuePath.of("a").refuse("takes u8, got string")).hasMessage("a: takes u8, got string");
    }

    @Test
    void stepsDoNotChangeThePathTheyStartFrom() {
        ValuePath path = ValuePath.of("a").field("b");
        path.index(1).field("c");
        assertThat(path).hasToString("a.b").isEqualTo(ValuePath.of("a").field("b"));
        assertThat(path).hasSameHashCodeAs(ValuePath.of("a").field("b"));
    }

    @Test
    void aPathMayBeVeryLong() {
        ValuePath path = ValuePath.of("a");
        for (int i = 0; i < 100_000; i++) {
            path = path.index(0);
        }
        assertThat(path.toString()).hasSize(300_001);
    }
}

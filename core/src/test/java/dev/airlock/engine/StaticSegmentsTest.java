package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Guests;
import org.junit.jupiter.api.Test;

/** What can be said of a module's memory and globals before there is an instance. */
class StaticSegmentsTest {
    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;
    private static final int I32_CONST = 0x41;
    private static final int I64_CONST = 0x42;
    private static final int GET = 0x23;
    private static final int ADD = 0x6a;
    private static final int SUB = 0x6b;
    private static final int MUL = 0x6c;
    private static final int END = 0x0b;

    /** Global 0 is imported, 1 is 20, 2 is 32, 3 is 31, 4 is calculated from 0. */
    private static final byte[] GLOBALS = Binary.section(
            6,
            6,
            Binary.concat(
                    bytes(I32, 0, I32_CONST, 20, END),
                    bytes(I32, 0, GET, 1, I32_CONST, 3, I32_CONST, 4, MUL, ADD, END),
                    bytes(I32, 0, GET, 2, I32_CONST, 1, SUB, END),
                    bytes(I32, 0, GET, 0, I32_CONST, 1, ADD, END),
                    bytes(I32, 1, I32_CONST, 7, END),
                    bytes(I64, 0, I64_CONST, 7, END)));

    private static final byte[] DATA = Binary.section(
            11,
            6,
            bytes(0, I32_CONST, 10, END),
            "abc",
            bytes(0, GET, 1, END),
            "of a global",
            bytes(0, GET, 3, I32_CONST, 9, ADD, END),
            "calculated",
            bytes(0, GET, 0, END),
            "moved",
            bytes(0, I32_CONST, 60, END),
            "",
            bytes(1),
            "passive");

    private static final Module SEGMENTS = Engine.create()
            .compile(
                    "segments.wasm",
                    Binary.module(
                            Binary.section(2, 1, "env", "base", 3, I32, 0),
                            Binary.section(5, 1, 0, 1),
                            GLOBALS,
                            Binary.section(
                                    7, 7, "first", 3, 1, "second", 3, 2, "third", 3, 3, "moved", 3, 4, "changes", 3, 5,
                                    "long", 3, 6, "memory", 2, 0),
                            DATA));

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void segmentsAreWhereConstantExpressionsSay() {
        assertThat(Entry.staticMemory(SEGMENTS)).hasToString("10..13, 20..31, 40..50, and 1 at unknown places");
        assertThat(Entry.staticBytes(SEGMENTS, 40, 10)).asString().isEqualTo("calculated");
        assertThat(Entry.staticBytes(SEGMENTS, 51, 10)).isNull();
    }

    @Test
    void globalsAreConstantsIfNothingElseIsNeeded() {
        assertThat(Entry.constant(SEGMENTS, "first")).hasValue(20);
        assertThat(Entry.constant(SEGMENTS, "second")).hasValue(32);
        assertThat(Entry.constant(SEGMENTS, "third")).hasValue(31);
        for (String unknown : new String[] {"moved", "changes", "long", "memory"}) {
            assertThat(Entry.constant(SEGMENTS, unknown)).as(unknown).isEmpty();
        }
    }

    @Test
    void anInstanceHasTheSameValues() {
        Instance instance =
                new Linker().global("env", "base", Global.ofInt(70, false)).instantiate(SEGMENTS);
        for (String name : new String[] {"first", "second", "third"}) {
            assertThat(instance.global(name).getInt())
                    .isEqualTo(Entry.constant(SEGMENTS, name).orElseThrow());
        }
        assertThat(instance.memory().read(40, 10)).asString().isEqualTo("calculated");
        assertThat(instance.memory().read(70, 5)).asString().isEqualTo("moved");
    }

    /** Evaluated again for each use, this would take 2^40 steps. */
    @Test
    void globalsThatDoubleAreEvaluatedOnce() {
        byte[][] doubling = new byte[41][];
        doubling[0] = bytes(I32, 0, I32_CONST, 1, END);
        for (int i = 1; i < doubling.length; i++) {
            doubling[i] = bytes(I32, 0, GET, i - 1, GET, i - 1, ADD, END);
        }
        byte[] module = Binary.module(
                Binary.section(6, doubling.length, Binary.concat(doubling)), Binary.section(7, 1, "last", 3, 20));
        assertThat(Entry.constant(Engine.create().compile("doubling.wasm", module), "last"))
                .hasValue(1 << 20);
    }

    @Test
    void theShadowStackIsFoundByTheNameOfItsPointer() {
        assertThat(Entry.stackTop(Guests.module("c/strings"))).hasValue(67_168);
        assertThat(Entry.stackTop(Guests.module("c/strings-stripped"))).isEmpty();
        assertThat(Entry.stackTop(SEGMENTS)).isEmpty();
    }
}

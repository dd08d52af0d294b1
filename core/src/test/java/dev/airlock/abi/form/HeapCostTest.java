package dev.airlock.abi.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.abi.canonical.CanonicalBridge;
import dev.airlock.abi.canonical.CanonicalCall;
import dev.airlock.abi.canonical.CanonicalContext;
import dev.airlock.abi.canonical.CanonicalFunctions;
import dev.airlock.abi.canonical.CanonicalRoundTripTest;
import dev.airlock.abi.canonical.FakeGuest;
import dev.airlock.abi.canonical.StringEncoding;
import dev.airlock.error.LimitException;
import dev.airlock.limit.Allowance;
import dev.airlock.limit.Limits;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.Tuple2;
import dev.airlock.mapping.Tuple3;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.shape.MethodShape;
import dev.airlock.type.FuncType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.WrittenTypes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the expected cost in Java's heap with what values take. */
@Tag("slow")
class HeapCostTest {
    private static final int ELEMENTS = 60_000;

    /** Allocations of the JVM meanwhile. */
    private static final long NOISE = 1 << 20;

    enum Color {
        RED,
        GREEN
    }

    record Item(byte kind, long id, boolean open, int count, Optional<Integer> parent) {}

    sealed interface Shape {
        record Dot() implements Shape {}

        record Circle(double radius) implements Shape {}

        record Pair(Tuple2<Integer, Long> sides) implements Shape {}
    }

    /** Each method returns the WIT type of its name. */
    interface Lists {
        List<Tuple2<Integer, Integer>> pairs();

        List<Tuple3<Long, Double, Byte>> triples();

        List<Optional<Integer>> options();

        List<@Nullable Long> nullables();

        List<EnumSet<Color>> flags();

        List<Color> enums();

        List<Integer> boxed();

        List<Item> records();

        List<Shape> variants();

        List<Result<Integer, Long>> results();

        Map<Integer, Integer> maps();

        List<String> texts();

        List<byte[]> arrays();

        List<List<Tuple2<Integer, Integer>>> lists();
    }

    private static final Map<String, String> WIT = Map.ofEntries(
            Map.entry("pairs", "list<tuple<s32, s32>>"),
            Map.entry("triples", "list<tuple<s64, f64, s8>>"),
            Map.entry("options", "list<option<s32>>"),
            Map.entry("nullables", "list<option<s64>>"),
            Map.entry("flags", "list<flags {red, green}>"),
            Map.entry("enums", "list<enum {red, green}>"),
            Map.entry("boxed", "list<s32>"),
            Map.entry("records", "list<record {kind: s8, id: s64, open: bool, count: s32, parent: option<s32>}>"),
            Map.entry("variants", "list<variant {dot, circle(f64), pair(tuple<s32, s64>)}>"),
            Map.entry("results", "list<result<s32, s64>>"),
            Map.entry("maps", "map<s32, s32>"),
            Map.entry("texts", "list<string>"),
            Map.entry("arrays", "list<list<u8>>"),
            Map.entry("lists", "list<list<tuple<s32, s32>>>"));

    /** A result area at 16 that leads to the elements at 64: {@code ELEMENTS} of them, of these bytes, all different. */
    private static FakeGuest guest(Limits limits, ValType list, int pattern) {
        ValType element = list instanceof ListType of
                ? of.element()
                : new TupleType(List.of(((MapType) list).key(), ((MapType) list).value()));
        int size = Layout.sizeOf(element);
        var guest =
                new FakeGuest(LinearMemory.of(2 + (size * ELEMENTS >> 16), 65_536, false, new Allowance(limits, null)));
        guest.memory.store32(16, 0, 64);
        guest.memory.store32(20, 0, ELEMENTS);
        Arrays.fill(guest.memory.bytes(), 64, 64 + size * ELEMENTS, (byte) pattern);
        for (int i = 0; pattern != 0 && i < ELEMENTS && list instanceof MapType; i++) {
            guest.memory.store32(64 + i * size, 0, i);
        }
        return guest;
    }

    private static MethodHandle handle(String which, boolean typed, CanonicalRoundTripTest.Way way) {
        FuncType type = WrittenTypes.func("func() -> " + WIT.get(which));
        CanonicalCall call;
        if (typed) {
            Method method = Arrays.stream(Lists.class.getDeclaredMethods())
                    .filter(m -> m.getName().equals(which))
                    .findFirst()
                    .orElseThrow();
            call = CanonicalCall.of(
                    which, MethodShape.calling(Lists.class, method).fit(type), StringEncoding.UTF8);
        } else {
            call = CanonicalCall.dynamic(which, type, StringEncoding.UTF8);
        }
        MethodHandle area =
                MethodHandles.dropArguments(MethodHandles.constant(int.class, 16), 0, CanonicalContext.class);
        return way.call(call, FakeGuest.functions(area));
    }

    private static long used() {
        for (int i = 0; i < 2; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Whichever way values cross, they take no more than was expected, and not much less. */
    @ParameterizedTest
    @CsvSource({
        "pairs, 1",
        "triples, 1",
        "options, 1",
        "nullables, 1",
        "flags, 1",
        "enums, 1",
        "boxed, 1",
        "records, 1",
        "variants, 1",
        "results, 1",
        "maps, 1",
        "texts, 0",
        "arrays, 0",
        "lists, 0"
    })
    void valuesTakeTheExpectedHeap(String which, int pattern) throws Throwable {
        ValType list = WrittenTypes.func("func() -> " + WIT.get(which)).result();
        for (boolean typed : new boolean[] {true, false}) {
            MethodHandle handle = handle(which, typed, CanonicalRoundTripTest.Way.COMPILED);
            long expected = expected(handle, list, pattern);
            assertThat(expected(handle(which, typed, CanonicalRoundTripTest.Way.INTERPRETED), list, pattern))
                    .isEqualTo(expected);

            FakeGuest rich = guest(Limits.defaults().liftedBytes(expected), list, pattern);
            handle.invokeWithArguments(rich);
            long before = used();
            Object value = handle.invokeWithArguments(rich);
            long taken = used() - before;
            assertThat(value).isNotNull();
            assertThat(expected)
                    .as("%s, typed: %s, taken: %d", which, typed, taken)
                    .isGreaterThanOrEqualTo(taken - NOISE)
                    .isLessThanOrEqualTo(5 * taken + 2 * NOISE);
        }
    }

    private static long expected(MethodHandle handle, ValType list, int pattern) {
        FakeGuest poor = guest(Limits.defaults().liftedBytes(0), list, pattern);
        return assertThatExceptionOfType(LimitException.class)
                .isThrownBy(() -> handle.invokeWithArguments(poor))
                .actual()
                .asked();
    }

    /** A list of fixed length has no count to check, but a length. */
    @ParameterizedTest
    @EnumSource
    void fixedLengthsCount(CanonicalRoundTripTest.Way way) throws Throwable {
        FuncType type = WrittenTypes.func("func() -> list<tuple<u8, u8>, 10000>");
        MethodHandle area =
                MethodHandles.dropArguments(MethodHandles.constant(int.class, 16), 0, CanonicalContext.class);
        MethodHandle handle =
                way.call(CanonicalCall.dynamic("f", type, StringEncoding.UTF8), FakeGuest.functions(area));
        assertThat(handle.invokeWithArguments(new FakeGuest())).isNotNull();
        var guest = new FakeGuest(LinearMemory.of(
                4, 65_536, false, new Allowance(Limits.defaults().liftedBytes(1_000_000), null)));
        assertThatThrownBy(() -> handle.invokeWithArguments(guest))
                .isInstanceOfSatisfying(
                        LimitException.class, e -> assertThat(e.asked()).isBetween(1_000_000L, 3_000_000L));
    }

    /** What waits to be copied from one guest to another counts too: an object or two for each string. */
    @ParameterizedTest
    @EnumSource
    void valuesForAnotherGuestCount(CanonicalRoundTripTest.Way way) throws Throwable {
        FuncType type = WrittenTypes.func("func(texts: list<string>)");
        var bridge = CanonicalBridge.of("f", type, StringEncoding.UTF8, StringEncoding.UTF16);
        CanonicalFunctions caller = FakeGuest.functions(MethodHandles.empty(MethodType.methodType(void.class)));
        CanonicalFunctions callee = FakeGuest.functions(
                MethodHandles.empty(MethodType.methodType(void.class, CanonicalContext.class, int.class, int.class)));
        MethodHandle handle = way == CanonicalRoundTripTest.Way.COMPILED
                ? bridge.compile(caller, callee, FakeGuest.OTHER)
                : bridge.interpret(caller, callee, FakeGuest.OTHER);
        handle.invokeWithArguments(guest(Limits.defaults(), type.params().get(0).type(), 0), 64, ELEMENTS);
        FakeGuest poor = guest(
                Limits.defaults().liftedBytes(10L * ELEMENTS),
                type.params().get(0).type(),
                0);
        assertThatThrownBy(() -> handle.invokeWithArguments(poor, 64, ELEMENTS))
                .isInstanceOfSatisfying(
                        LimitException.class, e -> assertThat(e.asked()).isBetween(100L * ELEMENTS, 300L * ELEMENTS))
                .hasMessageContaining("at texts of the call of f");
        assertThat(poor.other().log).isEmpty();
    }

    @Test
    void sumsAndProductsDoNotOverflow() {
        assertThat(HeapCost.plus(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(HeapCost.plus(1, 2)).isEqualTo(3);
        assertThat(HeapCost.times(1L << 40, 1L << 40)).isEqualTo(Long.MAX_VALUE);
        assertThat(HeapCost.times(1L << 32, 1L << 31)).isEqualTo(Long.MAX_VALUE);
        assertThat(HeapCost.times(3, 4)).isEqualTo(12);
        assertThat(HeapCost.times(0, Long.MAX_VALUE)).isZero();
    }
}

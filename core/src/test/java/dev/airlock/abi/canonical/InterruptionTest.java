package dev.airlock.abi.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.abi.form.CanonicalTypes;
import dev.airlock.abi.form.JavaOperations;
import dev.airlock.abi.placed.Blocks;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.FuncType;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.MapType;
import dev.airlock.type.MapValue;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.TupleType;
import dev.airlock.type.TupleValue;
import dev.airlock.type.Value;
import dev.airlock.type.WrittenTypes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Large values: an interrupt ends the crossing in the middle, whichever way it goes. */
class InterruptionTest {
    /** A little more than 8 MiB, which is two pieces. */
    private static final int PAGES = 130;

    private static final int START = 64;

    private final FakeGuest guest = new FakeGuest(PAGES);

    /** Checks that a crossing returns something without an interrupt, and is a trap with one; the flag stays set. */
    private static void isInterrupted(Callable<?> crossing) throws Exception {
        assertThat(crossing.call()).isNotNull();
        Thread.currentThread().interrupt();
        Throwable thrown = catchThrowable(crossing::call);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INTERRUPTED))
                .hasMessage("interrupted while a value crossed");
    }

    private static Callable<?> call(MethodHandle handle, Object... args) {
        return () -> {
            try {
                Object result = handle.invokeWithArguments(args);
                return result == null ? "nothing" : result;
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        };
    }

    /** {@code (CanonicalContext, P...) -> R}: always returns this. */
    private static MethodHandle answering(FuncType type, Object answer) {
        var lifted = CanonicalTypes.lifted(type);
        List<Class<?>> params =
                lifted.params().stream().<Class<?>>map(p -> p.carrier()).toList();
        MethodHandle constant = lifted.results().isEmpty()
                ? MethodHandles.empty(MethodType.methodType(void.class))
                : MethodHandles.constant(lifted.results().get(0).carrier(), answer);
        constant = MethodHandles.dropArguments(constant, 0, params);
        return MethodHandles.dropArguments(constant, 0, CanonicalContext.class);
    }

    private void lifts(CanonicalRoundTripTest.Way way, String wit, int count) throws Exception {
        FuncType type = WrittenTypes.func("func() -> " + wit);
        guest.memory.store32(FakeGuest.START, 0, START);
        guest.memory.store32(FakeGuest.START + 4, 0, count);
        MethodHandle lifting = way.call(
                CanonicalCall.dynamic("f", type, StringEncoding.UTF8),
                FakeGuest.functions(answering(type, FakeGuest.START)));
        isInterrupted(call(lifting, guest));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            list<tuple<u8, u32>>   | 2000
            list<list<u8, 2>>      | 2000
            list<bool>             | 8388608
            list<u8>               | 8388608
            list<s16>              | 4194304
            list<u32>              | 2097152
            list<s64>              | 1048576
            list<f32>              | 2097152
            list<f64>              | 1048576
            list<char>             | 2097152
            string                 | 8388608
            map<u32, bool>         | 2000
            """)
    void fromAGuest(String wit, int count) throws Exception {
        for (CanonicalRoundTripTest.Way way : CanonicalRoundTripTest.Way.values()) {
            lifts(way, wit, count);
        }
    }

    private void lowers(CanonicalRoundTripTest.Way way, Value value) throws Exception {
        FuncType type = new FuncType(List.of(new FuncType.Param("a", value.type())), null);
        MethodHandle lowering = way.call(
                CanonicalCall.dynamic("f", type, StringEncoding.UTF8), FakeGuest.functions(answering(type, 0)));
        isInterrupted(call(lowering, guest, value));
    }

    private static TupleValue pair() {
        TupleType type = new TupleType(List.of(PrimitiveType.BOOL, PrimitiveType.U32));
        return new TupleValue(type, List.of(new PrimitiveValue.Bool(true), new PrimitiveValue.U32(7)));
    }

    @ParameterizedTest
    @EnumSource
    void intoAGuest(CanonicalRoundTripTest.Way way) throws Exception {
        lowers(way, ListValue.of(new ListType(pair().type()), Collections.nCopies(2_000, pair())));
        lowers(
                way,
                new MapValue(
                        new MapType(PrimitiveType.U32, PrimitiveType.U32),
                        Collections.nCopies(
                                2_000, new MapValue.Pair(new PrimitiveValue.U32(1), new PrimitiveValue.U32(2)))));
        lowers(way, new PrimitiveValue.Text("a".repeat(8 << 20)));
        for (Object array : new Object[] {
            new byte[8 << 20],
            new short[4 << 20],
            new int[2 << 20],
            new long[1 << 20],
            new float[2 << 20],
            new double[1 << 20]
        }) {
            lowers(way, ListValue.wrap(new ListType(element(array)), array, dev.airlock.type.ValuePath.root()));
        }
    }

    private static PrimitiveType element(Object array) {
        return array instanceof byte[]
                ? PrimitiveType.U8
                : array instanceof short[]
                        ? PrimitiveType.S16
                        : array instanceof int[]
                                ? PrimitiveType.U32
                                : array instanceof long[]
                                        ? PrimitiveType.S64
                                        : array instanceof float[] ? PrimitiveType.F32 : PrimitiveType.F64;
    }

    private void bridges(CanonicalRoundTripTest.Way way, String wit, int count, StringEncoding from, StringEncoding to)
            throws Exception {
        FuncType type = WrittenTypes.func("func(a: " + wit + ")");
        var bridge = CanonicalBridge.of("f", type, from, to);
        CanonicalFunctions caller = FakeGuest.functions(answering(type, 0));
        MethodHandle bridging = way == CanonicalRoundTripTest.Way.COMPILED
                ? bridge.compile(caller, caller, FakeGuest.OTHER)
                : bridge.interpret(caller, caller, FakeGuest.OTHER);
        isInterrupted(call(bridging, guest, START, count));
    }

    @ParameterizedTest
    @EnumSource
    void fromGuestToGuest(CanonicalRoundTripTest.Way way) throws Exception {
        bridges(way, "list<tuple<bool, u32>>", 2_000, StringEncoding.UTF8, StringEncoding.UTF8);
        bridges(way, "list<u8>", 8 << 20, StringEncoding.UTF8, StringEncoding.UTF8);
        bridges(way, "string", 8 << 20, StringEncoding.UTF8, StringEncoding.UTF8);
        bridges(way, "string", 8 << 20, StringEncoding.UTF8, StringEncoding.UTF16);
        Arrays.fill(guest.memory.bytes(), START, START + 4_000, (byte) 0xe4);
        bridges(way, "string", 4_000, StringEncoding.LATIN1_UTF16, StringEncoding.UTF8);
    }

    /** When the pairs have come out, it takes as long again to put them into a map. */
    @Test
    void intoAJavaMap() throws Exception {
        Object[] pairs = new Object[2_000];
        Arrays.setAll(pairs, i -> new SimpleImmutableEntry<>(i, i));
        isInterrupted(() -> JavaOperations.map(pairs));
    }

    @Test
    void shortValuesDoNotCheckForInterrupts() throws Exception {
        Thread.currentThread().interrupt();
        FuncType type = WrittenTypes.func("func() -> list<tuple<u8, u32>>");
        guest.memory.store32(FakeGuest.START, 0, START);
        guest.memory.store32(FakeGuest.START + 4, 0, 1_000);
        MethodHandle lifting = CanonicalRoundTripTest.Way.COMPILED.call(
                CanonicalCall.dynamic("f", type, StringEncoding.UTF8),
                FakeGuest.functions(answering(type, FakeGuest.START)));
        Object list = call(lifting, guest).call();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(((ListValue) list).size()).isEqualTo(1_000);
    }

    @Test
    void theNulOfAStringIsSearchedInPieces() throws Exception {
        guest.memory.fill(0, 'a', 8 << 16);
        var memory = new dev.airlock.memory.Memory(guest.memory);
        isInterrupted(() -> Blocks.length(memory, START, "f"));
        isInterrupted(() -> Blocks.decodeUtf8(memory, START, 8 << 20, "f"));
        isInterrupted(() -> Blocks.decodeUtf16(memory, START, 4 << 20, "f"));
        assertThatThrownBy(() -> Blocks.length(memory, 0, "f")).isInstanceOf(Trap.class);
    }
}

package dev.airlock.abi.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.abi.form.CanonicalTypes;
import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.type.FuncType;
import dev.airlock.type.HandleValue;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.VariantType;
import dev.airlock.type.WrittenTypes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Guests that break the canonical ABI: each gets a trap that says what was wrong, and no exception from the inside. */
@Tag("slow")
class CanonicalHostileTest {
    private static final int SIZE = 4 << 16;

    private final FakeGuest guest = new FakeGuest();

    static Object answer(Object result, Object[] ignored) {
        return result;
    }

    /** Calls a function that answers every call with the same core number. */
    private Object call(CanonicalRoundTripTest.Way way, StringEncoding encoding, String wit, Object core, Value... args)
            throws Throwable {
        FuncType type = WrittenTypes.func(wit);
        var lifted = CanonicalTypes.lifted(type);
        var params = new ArrayList<Class<?>>(List.of(CanonicalContext.class));
        lifted.params().forEach(p -> params.add(p.carrier()));
        Class<?> result = lifted.results().isEmpty()
                ? void.class
                : lifted.results().get(0).carrier();
        MethodHandle target = MethodHandles.insertArguments(
                        FakeGuest.handle(
                                CanonicalHostileTest.class, "answer", Object.class, Object.class, Object[].class),
                        0,
                        core)
                .asCollector(Object[].class, params.size())
                .asType(MethodType.methodType(result, params));
        var all = new ArrayList<Object>(Arrays.asList(args));
        all.add(0, guest);
        return way.call(CanonicalCall.dynamic("f", type, encoding), FakeGuest.functions(target))
                .invokeWithArguments(all);
    }

    private void write(int at, int... numbers) {
        for (int i = 0; i < numbers.length; i++) {
            guest.memory.store32(at + 4 * i, 0, numbers[i]);
        }
    }

    private static void traps(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, TrapCode code, String start) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(code))
                .hasMessageStartingWith(start);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4          | unaligned pointer: realloc gave 20                                   | 16  | BAD_POINTER
            262144     | out of bounds memory access: realloc gave a block at offset 262160   | 16  | MEMORY_OUT_OF_BOUNDS
            -2147483648 | out of bounds memory access: realloc gave a block at offset 2147483664 | 16 | MEMORY_OUT_OF_BOUNDS
            -32        | out of bounds memory access: realloc gave a block at offset 4294967280 | 16 | MEMORY_OUT_OF_BOUNDS
            262120     | out of bounds memory access: realloc gave a block at offset 262136   | 16  | MEMORY_OUT_OF_BOUNDS
            """)
    void reallocReturnsAnInvalidBlock(int away, String message, int size, TrapCode code) {
        for (CanonicalRoundTripTest.Way way : CanonicalRoundTripTest.Way.values()) {
            guest.mischief = pointer -> FakeGuest.START + away;
            Value list = ListValue.ofArray(new ListType(PrimitiveType.U64), new long[size / 8]);
            traps(() -> call(way, StringEncoding.UTF8, "func(a: list<u64>)", 0, list), code, message);
            // The same for a block that another refers to.
            guest.mischief = pointer -> guest.log.size() % 2 == 1 ? FakeGuest.START : FakeGuest.START + away;
            guest.log.clear();
            Value nested = ListValue.of(new ListType(list.type()), List.of(list));
            traps(() -> call(way, StringEncoding.UTF8, "func(a: list<list<u64>>)", 0, nested), code, message);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reallocMayReturnZero(CanonicalRoundTripTest.Way way) throws Throwable {
        guest.mischief = pointer -> 0;
        call(way, StringEncoding.UTF8, "func(a: string)", 0, new PrimitiveValue.Text("abc"));
        assertThat(guest.memory.readInt(0)).isEqualTo('a' | 'b' << 8 | 'c' << 16);
    }

    @ParameterizedTest
    @EnumSource
    void returnAreas(CanonicalRoundTripTest.Way way) {
        String wit = "func() -> list<u32>";
        for (int away : new int[] {SIZE, SIZE - 4, -8, Integer.MIN_VALUE, Integer.MAX_VALUE - 3}) {
            traps(
                    () -> call(way, StringEncoding.UTF8, wit, away),
                    TrapCode.MEMORY_OUT_OF_BOUNDS,
                    "out of bounds memory access: offset " + Integer.toUnsignedString(away) + ", length 8");
        }
        traps(() -> call(way, StringEncoding.UTF8, wit, 2), TrapCode.BAD_POINTER, "unaligned pointer: 2");
    }

    @ParameterizedTest
    @EnumSource
    void lists(CanonicalRoundTripTest.Way way) {
        write(64, 0x80000000, 1);
        traps(
                () -> call(way, StringEncoding.UTF8, "func() -> list<u32>", 64),
                TrapCode.MEMORY_OUT_OF_BOUNDS,
                "out of bounds memory access: offset 2147483648, length 4");
        write(64, 16, 0x40000001);
        traps(
                () -> call(way, StringEncoding.UTF8, "func() -> list<u32>", 64),
                TrapCode.BAD_VALUE,
                "result of f has 4294967300 bytes");
        write(64, 16, -1);
        traps(
                () -> call(way, StringEncoding.UTF8, "func() -> list<tuple<u8, string>>", 64),
                TrapCode.BAD_VALUE,
                "result of f has 51539607540 bytes");
        write(64, 18, 0);
        traps(
                () -> call(way, StringEncoding.UTF8, "func() -> list<u32>", 64),
                TrapCode.BAD_POINTER,
                "unaligned pointer: 18 for what takes alignment 4: result of f");
        write(64, SIZE + 4, 0);
        traps(
                () -> call(way, StringEncoding.UTF8, "func() -> list<u32>", 64),
                TrapCode.MEMORY_OUT_OF_BOUNDS,
                "out of bounds memory access: offset 262148, length 0");
    }

    @ParameterizedTest
    @EnumSource
    void strings(CanonicalRoundTripTest.Way way) {
        write(64, 80, 2);
        write(80, 0x000080c3);
        guest.memory.store8(81, 0, (byte) 'x');
        traps(
                () -> call(way, StringEncoding.UTF8, "func() -> string", 64),
                TrapCode.BAD_VALUE,
                "result of f is no text: ill-formed UTF-8 at offset 80");
        write(64, 80, 1);
        write(80, 0xd800);
        traps(
                () -> call(way, StringEncoding.UTF16, "func() -> string", 64),
                TrapCode.BAD_VALUE,
                "result of f is no text: ill-formed UTF-16LE");
        write(64, 80, 0x80000001);
        traps(
                () -> call(way, StringEncoding.LATIN1_UTF16, "func() -> string", 64),
                TrapCode.BAD_VALUE,
                "result of f is no text: ill-formed UTF-16LE");
        write(64, 81, 1);
        traps(
                () -> call(way, StringEncoding.UTF16, "func() -> string", 64),
                TrapCode.BAD_POINTER,
                "unaligned pointer: 81");
        traps(
                () -> call(way, StringEncoding.LATIN1_UTF16, "func() -> string", 64),
                TrapCode.BAD_POINTER,
                "unaligned pointer: 81");
        write(64, 0, 0x10000000);
        traps(
                () -> call(way, StringEncoding.UTF8, "func() -> string", 64),
                TrapCode.BAD_VALUE,
                "result of f has 268435456 bytes");
    }

    @ParameterizedTest
    @EnumSource
    void casesAndChars(CanonicalRoundTripTest.Way way) {
        traps(
                () -> call(way, StringEncoding.UTF8, "func() -> enum {a, b}", 2),
                TrapCode.BAD_VALUE,
                "result of f is case 2 of 2");
        traps(
                () -> call(way, StringEncoding.UTF8, "func() -> enum {a, b}", -1),
                TrapCode.BAD_VALUE,
                "result of f is case 4294967295 of 2");
        write(64, 2);
        traps(
                () -> call(way, StringEncoding.UTF8, "func() -> option<u8>", 64),
                TrapCode.BAD_VALUE,
                "result of f is case 2 of 2");
        for (int bad : new int[] {0xd800, 0xdfff, 0x110000, -1}) {
            traps(
                    () -> call(way, StringEncoding.UTF8, "func() -> char", bad),
                    TrapCode.BAD_VALUE,
                    "f returned a char that is not a Unicode scalar value");
            write(64, 80, 1);
            write(80, bad);
            assertThatThrownBy(() -> call(way, StringEncoding.UTF8, "func() -> list<char>", 64))
                    .isInstanceOf(Trap.class);
        }
    }

    /** A thousand elements that all refer to the same megabyte. */
    @ParameterizedTest
    @EnumSource
    void manyElementsReferToOneBlock(CanonicalRoundTripTest.Way way) throws Throwable {
        FakeGuest large = new FakeGuest(32);
        int elements = 1_000;
        for (int i = 0; i < elements; i++) {
            large.memory.store32(1024 + 8 * i, 0, 65_536);
            large.memory.store32(1024 + 8 * i + 4, 0, 1 << 20);
        }
        large.memory.store32(64, 0, 1024);
        large.memory.store32(68, 0, elements);
        FuncType type = WrittenTypes.func("func() -> list<list<u8>>");
        MethodHandle target =
                MethodHandles.dropArguments(MethodHandles.constant(int.class, 64), 0, CanonicalContext.class);
        MethodHandle call =
                way.call(CanonicalCall.dynamic("f", type, StringEncoding.UTF8), FakeGuest.functions(target));
        assertThatThrownBy(() -> call.invoke(large)).isInstanceOf(LimitException.class);
    }

    private static final ResourceType BLOB = new ResourceType("blob");
    private static final ResourceType OTHER = new ResourceType("other-thing");

    @ParameterizedTest
    @EnumSource
    void handles(CanonicalRoundTripTest.Way way) throws Throwable {
        int good = guest.give(BLOB, "it");
        int other = guest.give(OTHER, "other");
        assertThat(((HandleValue) call(way, StringEncoding.UTF8, "func() -> blob", good)).target())
                .isEqualTo("it");
        for (int bad : new int[] {good, other, 0, 99, -1}) {
            traps(
                    () -> call(way, StringEncoding.UTF8, "func() -> blob", bad),
                    TrapCode.BAD_VALUE,
                    "unknown handle " + bad);
        }
    }

    @ParameterizedTest
    @EnumSource
    void borrowsEndWithTheirCall(CanonicalRoundTripTest.Way way) throws Throwable {
        Value blob = new HandleValue(new dev.airlock.type.BorrowType(BLOB), "it");
        traps(
                () -> call(way, StringEncoding.UTF8, "func(a: borrow<blob>)", 0, blob),
                TrapCode.BAD_VALUE,
                "borrow handles still remain");
        assertThat(guest.log).containsExactly("begin", "borrow it");
    }

    @ParameterizedTest
    @EnumSource
    void closedResourcesAreRefusedBeforeTheGuestIsTouched(CanonicalRoundTripTest.Way way) {
        Value blob = new HandleValue(new OwnType(BLOB), "closed");
        assertThatThrownBy(() -> call(
                        way, StringEncoding.UTF8, "func(a: string, b: blob)", 0, new PrimitiveValue.Text("x"), blob))
                .isInstanceOf(ValueException.class)
                .hasMessage("b: is closed");
        assertThat(guest.log).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void importsMayNotBeCalledWhileTheGuestAllocates(CanonicalRoundTripTest.Way way) throws Throwable {
        MethodHandle serving = way.serve(
                CanonicalServing.dynamic("g", WrittenTypes.func("func()"), StringEncoding.UTF8),
                FakeGuest.functions(MethodHandles.empty(MethodType.methodType(void.class))));
        serving.invoke((CanonicalContext) guest);
        guest.mischief = pointer -> {
            try {
                serving.invoke((CanonicalContext) guest);
            } catch (RuntimeException e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            return pointer;
        };
        traps(
                () -> call(way, StringEncoding.UTF8, "func(a: string)", 0, new PrimitiveValue.Text("x")),
                TrapCode.CANNOT_LEAVE,
                "cannot leave component instance: it called g");
    }

    /** Types of thousands of parts make plans of many methods, which the JVM and HotSpot accept. */
    @ParameterizedTest
    @EnumSource
    void longPlans(CanonicalRoundTripTest.Way way) throws Throwable {
        var cases = new ArrayList<VariantType.Case>();
        for (int i = 0; i < 400; i++) {
            cases.add(new VariantType.Case(
                    "c" + i,
                    new TupleType(List.of(PrimitiveType.STRING, PrimitiveType.F64, new ListType(PrimitiveType.U8)))));
        }
        var fields = new ArrayList<RecordType.Field>();
        for (int i = 0; i < 300; i++) {
            fields.add(new RecordType.Field("f" + i, new TupleType(Collections.nCopies(6, PrimitiveType.U16))));
        }
        ValType variant = new VariantType(null, cases);
        ValType record = new RecordType(null, fields);
        for (ValType type : List.of(variant, record, new ListType(variant), new ListType(record))) {
            FuncType func = new FuncType(List.of(new FuncType.Param("a", type)), type);
            Value value = new dev.airlock.type.RandomValues(5).next(type);
            MethodHandle identity = MethodHandles.identity(Object.class);
            MethodHandle lowered =
                    way.serve(CanonicalServing.dynamic("f", func, StringEncoding.UTF8), FakeGuest.functions(identity));
            MethodHandle call = way.call(
                    CanonicalCall.dynamic("f", func, StringEncoding.UTF8),
                    FakeGuest.functions(FakeGuest.forwarding(func, lowered)));
            assertThat((Object) call.invokeWithArguments(guest, value)).isEqualTo(value);
        }
    }
}

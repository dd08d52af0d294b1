package dev.airlock.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ValueException;
import dev.airlock.type.RecordType.Field;
import dev.airlock.type.VariantType.Case;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ValueTest {
    private static final ValuePath QTY =
            ValuePath.of("order").field("items").index(3).field("qty");
    private static final Value ONE = new PrimitiveValue.U8(1);
    private static final Value TEXT = new PrimitiveValue.Text("x");

    @Test
    void integersKeepTheirRange() {
        refused(
                "order.items[3].qty: u8 takes 0..255, got 300",
                () -> PrimitiveValue.integer(PrimitiveType.U8, 300, QTY));
        refused("order.items[3].qty: u8 takes 0..255, got -1", () -> PrimitiveValue.integer(PrimitiveType.U8, -1, QTY));
        refused("u16 takes 0..65535, got 65536", () -> new PrimitiveValue.U16(65_536));
        refused("u8 takes 0..255, got -1", () -> new PrimitiveValue.U8(-1));
        refused("s8 takes -128..127, got 128", () -> integer(PrimitiveType.S8, "128"));
        refused("s32 takes -2147483648..2147483647, got 2147483648", () -> integer(PrimitiveType.S32, "2147483648"));
        refused("u32 takes 0..4294967295, got 4294967296", () -> integer(PrimitiveType.U32, "4294967296"));
        refused(
                "u64 takes 0..18446744073709551615, got 18446744073709551616",
                () -> integer(PrimitiveType.U64, "18446744073709551616"));
        assertThat(integer(PrimitiveType.U64, "18446744073709551615"))
                .isEqualTo(new PrimitiveValue.U64(-1))
                .hasToString("U64[18446744073709551615]");
        assertThat(integer(PrimitiveType.U32, "4294967295")).isEqualTo(new PrimitiveValue.U32(-1));
    }

    @Test
    void surrogatesAreNotChars() {
        refused(
                "order.items[3].qty: char takes Unicode scalar values, got the surrogate U+D800",
                () -> PrimitiveValue.character(0xD800, QTY));
        refused("char takes Unicode scalar values, got U+110000", () -> new PrimitiveValue.Char(0x110000));
        assertThat(new PrimitiveValue.Char(0x10FFFF).codePoint()).isEqualTo(0x10FFFF);
    }

    @Test
    void loneSurrogatesAreNotStrings() {
        refused(
                "order.items[3].qty: string takes Unicode text, got the lone surrogate U+D83C at index 1",
                () -> PrimitiveValue.string("a\uD83C", QTY));
        refused(
                "string takes Unicode text, got the lone surrogate U+DF0A at index 0",
                () -> new PrimitiveValue.Text("\uDF0A\uD83C"));
        assertThat(PrimitiveValue.string("\uD83C\uDF0A", QTY).value()).isEqualTo("🌊");
    }

    @Test
    void allNansAreEqualAndZerosDifferBySign() {
        assertThat(new PrimitiveValue.F64(Double.longBitsToDouble(0x7ff8_0000_0000_0001L)))
                .isEqualTo(new PrimitiveValue.F64(Double.NaN));
        assertThat(new PrimitiveValue.F32(0f)).isNotEqualTo(new PrimitiveValue.F32(-0f));
        ListType floats = new ListType(PrimitiveType.F32);
        assertThat(ListValue.ofArray(floats, new float[] {Float.intBitsToFloat(0x7fc0_0001)}))
                .isEqualTo(ListValue.ofArray(floats, new float[] {Float.NaN}));
        assertThat(ListValue.ofArray(floats, new float[] {0f}))
                .isNotEqualTo(ListValue.ofArray(floats, new float[] {-0f}));
    }

    @Test
    void recordsCheckTheirFields() {
        RecordType item = new RecordType(
                "item", List.of(new Field("qty", PrimitiveType.U8), new Field("sku", PrimitiveType.STRING)));
        ValuePath path = ValuePath.of("order").field("items").index(3);
        refused("order.items[3].qty: takes u8, got string", () -> RecordValue.of(item, List.of(TEXT, TEXT), path));
        refused("order.items[3]: item has 2 fields, got 1", () -> RecordValue.of(item, List.of(ONE), path));
        RecordValue value = new RecordValue(item, List.of(ONE, TEXT));
        assertThat(value.get("sku")).isEqualTo(TEXT);
        refused("item has no field \"size\"; it has qty, sku", () -> value.get("size"));
    }

    @Test
    void otherAggregatesCheckTheirParts() {
        TupleType pair = new TupleType(List.of(PrimitiveType.U8, PrimitiveType.STRING));
        refused("order.items[3].qty.1: takes string, got u8", () -> TupleValue.of(pair, List.of(ONE, ONE), QTY));
        refused("tuple<u8, string> has 2 elements, got 3", () -> new TupleValue(pair, List.of(ONE, TEXT, ONE)));

        VariantType shape =
                new VariantType("shape", List.of(new Case("circle", PrimitiveType.U8), new Case("dot", null)));
        refused("a.circle: takes u8, got string", () -> VariantValue.of(shape, "circle", TEXT, ValuePath.of("a")));
        refused(
                "a.circle: the case \"circle\" carries u8, got no value",
                () -> VariantValue.of(shape, "circle", null, ValuePath.of("a")));
        refused("dot: the case \"dot\" carries no value, got u8", () -> new VariantValue(shape, 1, ONE));
        refused(
                "a: shape has no case \"line\"; it has circle, dot",
                () -> VariantValue.of(shape, "line", null, ValuePath.of("a")));
        refused("shape has cases 0..1, got 2", () -> new VariantValue(shape, 2, null));

        EnumType color = new EnumType("color", List.of("red", "green"));
        refused(
                "a: color has no case \"blue\"; it has red, green",
                () -> EnumValue.of(color, "blue", ValuePath.of("a")));
        refused("color has cases 0..1, got -1", () -> new EnumValue(color, -1));

        OptionType option = new OptionType(PrimitiveType.U8);
        refused("a.some: takes u8, got string", () -> OptionValue.of(option, TEXT, ValuePath.of("a")));
        ResultType result = new ResultType(PrimitiveType.U8, null);
        refused("a.ok: takes u8, got string", () -> ResultValue.of(result, true, TEXT, ValuePath.of("a")));
        refused("ok: ok carries u8, got no value", () -> new ResultValue(result, true, null));
        refused("err: err carries no value, got u8", () -> new ResultValue(result, false, ONE));
    }

    @Test
    void flagsKeepTheirBits() {
        FlagsType access = new FlagsType("access", List.of("read", "write", "run"));
        FlagsValue value = FlagsValue.of(access, List.of("run", "read"), QTY);
        assertThat(value.bits()).isEqualTo(5);
        assertThat(value.set()).containsExactly("read", "run");
        refused("access has 3 flags, got the bits 0x8", () -> new FlagsValue(access, 8));
        refused(
                "order.items[3].qty: access has no flag \"own\"; it has read, write, run",
                () -> FlagsValue.of(access, List.of("own"), QTY));
        FlagsType all = new FlagsType(
                "all", IntStream.range(0, 32).mapToObj(i -> "f" + i).toList());
        assertThat(new FlagsValue(all, -1).set()).hasSize(32);
    }

    @Test
    void inAMapTheLastPairOfAKeyCounts() {
        MapType map = new MapType(PrimitiveType.STRING, PrimitiveType.U8);
        MapValue value = new MapValue(
                map, List.of(new MapValue.Pair(TEXT, ONE), new MapValue.Pair(TEXT, new PrimitiveValue.U8(2))));
        assertThat(value.get(TEXT)).contains(new PrimitiveValue.U8(2));
        assertThat(value.get(new PrimitiveValue.Text("y"))).isEmpty();
        refused(
                "a[0].value: takes u8, got string",
                () -> MapValue.of(map, List.of(new MapValue.Pair(TEXT, TEXT)), ValuePath.of("a")));
    }

    @Test
    void handlesAreEqualToThemselvesOnly() {
        OwnType type = new OwnType(new ResourceType("blob"));
        Object target = new String("x");
        assertThat(new HandleValue(type, target))
                .isEqualTo(new HandleValue(type, target))
                .isNotEqualTo(new HandleValue(type, new String("x")));
        refused("takes u8, got a handle", () -> new HandleValue(PrimitiveType.U8, target));
    }

    @Test
    void errorsDoNotRepeatAllOfAHugeType() {
        EnumType huge = new EnumType(
                null, IntStream.range(0, 10_000).mapToObj(i -> "c" + i).toList());
        assertThatThrownBy(() -> EnumValue.of(huge, "x".repeat(100_000), ValuePath.root()))
                .isInstanceOf(ValueException.class)
                .message()
                .hasSizeLessThan(400);
    }

    @Test
    void randomValuesAreEqualIfMadeAgain() {
        RandomTypes.seeds(500, seed -> {
            ValType type = new RandomTypes(seed).next();
            Value value = new RandomValues(seed).next(type);
            assertThat(value.type()).isEqualTo(type);
            assertThat(new RandomValues(seed).next(type)).isEqualTo(value).hasSameHashCodeAs(value);
        });
    }

    private static PrimitiveValue integer(PrimitiveType type, String number) {
        return PrimitiveValue.integer(type, new BigInteger(number), ValuePath.root());
    }

    private static void refused(String message, ThrowingCallable make) {
        assertThatThrownBy(make).isInstanceOf(ValueException.class).hasMessage(message);
    }
}

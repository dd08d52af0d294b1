package dev.airlock.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.mapping.BlockForm;
import dev.airlock.mapping.Char;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.Tuple;
import dev.airlock.mapping.Tuple2;
import dev.airlock.mapping.Tuple3;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U32;
import dev.airlock.mapping.U64;
import dev.airlock.mapping.U8;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.ListType;
import dev.airlock.type.OptionType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShapesTest {
    enum Color {
        RED,
        DARK_RED
    }

    record Item(String name, @U8 int qty, double unitPrice) {}

    record Page<T>(List<T> items, @Nullable String nextToken) {}

    sealed interface Figure permits Circle, Rect, Round, Nothing {}

    record Circle(double radius) implements Figure {}

    record Rect(double width, double height) implements Figure {}

    sealed interface Round extends Figure {}

    record Oval(Rect box) implements Round {}

    record Nothing() implements Figure {}

    sealed interface Answer<T> {}

    record Found<A>(A value, int at) implements Answer<A> {}

    record Missing<A>() implements Answer<A> {}

    @Tuple
    record Span(int from, int to) {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
    @interface OldNullable {
        @Retention(RetentionPolicy.RUNTIME)
        @Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
        @interface Nullable {}
    }

    record Old(@OldNullable.Nullable String note) {}

    /** Each field's type is looked up by name. */
    @SuppressWarnings("unused")
    static class Fields {
        @U8
        int u8;

        @U8
        byte bits8;

        @U16
        int u16;

        @U16
        short bits16;

        @U32
        int u32;

        @U64
        long u64;

        @Char
        int character;

        @U16
        short[] u16s;

        @U32
        int[] u32s;

        @U64
        long[] u64s;

        List<@U32 Integer> list;

        List<@Nullable String> optionalTexts;

        byte @Nullable [] optionalBytes;

        Optional<Optional<Integer>> nested;

        Map<String, long[]> map;

        EnumSet<Color> flags;

        Page<Item> page;

        List<? extends Page<String>> pages;

        Answer<String> answer;

        Tuple2<String, Tuple3<Integer, Span, Boolean>> tuples;

        Result<Void, String> result;

        Result<Long, Void> onlyOk;
    }

    static AnnotatedType field(Class<?> owner, String name) {
        try {
            return owner.getDeclaredField(name).getAnnotatedType();
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private static JavaShape shape(String field) {
        return Shapes.of(field(Fields.class, field));
    }

    private static String wit(String field) {
        return shape(field).type().toString();
    }

    private static Carrier.Block payload(Class<?> raw, Type type) {
        return new Carrier.Block(BlockForm.PAYLOAD, raw, type);
    }

    @Test
    void numbersAreTheirOwnTypes() {
        assertScalar(boolean.class, PrimitiveType.BOOL, ScalarForm.BOOL);
        assertScalar(byte.class, PrimitiveType.S8, ScalarForm.S8);
        assertScalar(short.class, PrimitiveType.S16, ScalarForm.S16);
        assertScalar(int.class, PrimitiveType.S32, ScalarForm.S32);
        assertScalar(long.class, PrimitiveType.S64, ScalarForm.S64);
        assertScalar(float.class, PrimitiveType.F32, ScalarForm.F32);
        assertScalar(double.class, PrimitiveType.F64, ScalarForm.F64);
        assertScalar(Integer.class, PrimitiveType.S32, ScalarForm.S32);
        assertScalar(Boolean.class, PrimitiveType.BOOL, ScalarForm.BOOL);
    }

    private static void assertScalar(Class<?> java, PrimitiveType type, ScalarForm form) {
        JavaShape shape = Shapes.of(java);
        assertThat(shape.type()).isEqualTo(type);
        assertThat(shape.carrier()).isEqualTo(new Carrier.Scalar(form, java));
    }

    @Test
    void annotationsMakeNumbersUnsigned() {
        assertThat(shape("u8").carrier()).isEqualTo(new Carrier.Scalar(ScalarForm.U8, int.class));
        assertThat(shape("bits8").carrier()).isEqualTo(new Carrier.Scalar(ScalarForm.U8, byte.class));
        assertThat(shape("u16").carrier()).isEqualTo(new Carrier.Scalar(ScalarForm.U16, int.class));
        assertThat(shape("bits16").carrier()).isEqualTo(new Carrier.Scalar(ScalarForm.U16, short.class));
        assertThat(shape("u32").carrier()).isEqualTo(new Carrier.Scalar(ScalarForm.U32, int.class));
        assertThat(shape("u64").carrier()).isEqualTo(new Carrier.Scalar(ScalarForm.U64, long.class));
        assertThat(shape("character").carrier()).isEqualTo(new Carrier.Scalar(ScalarForm.CHAR, int.class));
        assertThat(wit("u16s")).isEqualTo("list<u16>");
        assertThat(wit("u32s")).isEqualTo("list<u32>");
        assertThat(wit("u64s")).isEqualTo("list<u64>");
        assertThat(wit("list")).isEqualTo("list<u32>");
    }

    @Test
    void textAndPrimitiveArraysAreBlocks() {
        assertThat(Shapes.of(String.class).type()).isEqualTo(PrimitiveType.STRING);
        assertThat(Shapes.of(String.class).carrier())
                .isEqualTo(new Carrier.Block(BlockForm.UTF8, String.class, String.class));
        assertArray(byte[].class, PrimitiveType.U8, BlockForm.BYTES);
        assertArray(short[].class, PrimitiveType.S16, BlockForm.SHORTS);
        assertArray(int[].class, PrimitiveType.S32, BlockForm.INTS);
        assertArray(long[].class, PrimitiveType.S64, BlockForm.LONGS);
        assertArray(float[].class, PrimitiveType.F32, BlockForm.FLOATS);
        assertArray(double[].class, PrimitiveType.F64, BlockForm.DOUBLES);
        assertArray(boolean[].class, PrimitiveType.BOOL, BlockForm.PAYLOAD);
    }

    private static void assertArray(Class<?> java, PrimitiveType element, BlockForm form) {
        JavaShape shape = Shapes.of(java);
        assertThat(shape.type()).isEqualTo(new ListType(element));
        assertThat(shape.carrier()).isEqualTo(new Carrier.Block(form, java, shape));
    }

    @Test
    void enumsAreNumbersAndEnumSetsFlags() {
        JavaShape color = Shapes.of(Color.class);
        assertThat(color.type()).isEqualTo(new EnumType("color", List.of("red", "dark-red")));
        assertThat(color.type()).hasToString("color");
        assertThat(color.carrier()).isEqualTo(new Carrier.Scalar(ScalarForm.ENUM, Color.class));
        assertThat(shape("flags").type()).isEqualTo(new FlagsType("color", List.of("red", "dark-red")));
        assertThat(((JavaShape.FlagsShape) shape("flags")).constants()).containsExactly(Color.RED, Color.DARK_RED);
    }

    @Test
    void recordsHaveTheirComponentsForFields() {
        JavaShape item = Shapes.of(Item.class);
        assertThat(item.type()).isEqualTo(itemType()).hasToString("item");
        assertThat(item.carrier()).isEqualTo(payload(Item.class, item));
    }

    private static RecordType itemType() {
        return new RecordType(
                "item",
                List.of(
                        new RecordType.Field("name", PrimitiveType.STRING),
                        new RecordType.Field("qty", PrimitiveType.U8),
                        new RecordType.Field("unit-price", PrimitiveType.F64)));
    }

    @Test
    void typeVariablesAreResolved() {
        JavaShape page = shape("page");
        assertThat(page.type())
                .isEqualTo(new RecordType(
                        null,
                        List.of(
                                new RecordType.Field("items", new ListType(itemType())),
                                new RecordType.Field("next-token", new OptionType(PrimitiveType.STRING)))))
                .hasToString("page-item");
        RecordShape.Component items = ((RecordShape) page).components().get(0);
        assertThat(items.shape().javaType().getTypeName())
                .isEqualTo("java.util.List<dev.airlock.shape.ShapesTest$Item>");
        assertThat(wit("pages")).isEqualTo("list<page-string>");
    }

    @Test
    void resolvedTypesEqualThoseOfTheJdk() {
        Type jdk = field(Fields.class, "page").getType();
        Type own = shape("page").javaType();
        assertThat(jdk).isInstanceOf(ParameterizedType.class);
        assertThat(own).isEqualTo(jdk).hasSameHashCodeAs(jdk);
        assertThat(jdk).isEqualTo(own);
    }

    @Test
    void sealedInterfacesAreVariantsOfTheirRecords() {
        VariantShape shape = (VariantShape) Shapes.of(Figure.class);
        ValType rect = new RecordType(
                "rect",
                List.of(
                        new RecordType.Field("width", PrimitiveType.F64),
                        new RecordType.Field("height", PrimitiveType.F64)));
        assertThat(shape.type())
                .isEqualTo(new VariantType(
                        "figure",
                        List.of(
                                new VariantType.Case("circle", PrimitiveType.F64),
                                new VariantType.Case("rect", rect),
                                new VariantType.Case("oval", rect),
                                new VariantType.Case("nothing", null))));
        assertThat(shape.cases()).extracting(VariantShape.Case::wraps).containsExactly(true, false, true, false);
    }

    @Test
    void variantsPassTheirTypeArgumentsOn() {
        assertThat(shape("answer").type())
                .isEqualTo(new VariantType(
                        null,
                        List.of(
                                new VariantType.Case(
                                        "found",
                                        new RecordType(
                                                null,
                                                List.of(
                                                        new RecordType.Field("value", PrimitiveType.STRING),
                                                        new RecordType.Field("at", PrimitiveType.S32)))),
                                new VariantType.Case("missing", null))))
                .hasToString("answer-string");
    }

    @Test
    void optionsAreOptionalsOrNullable() {
        assertThat(wit("nested")).isEqualTo("option<option<s32>>");
        assertThat(wit("optionalTexts")).isEqualTo("list<option<string>>");
        assertThat(wit("optionalBytes")).isEqualTo("option<list<u8>>");
        assertThat(((JavaShape.OptionShape) shape("nested")).nullable()).isFalse();
        assertThat(((JavaShape.OptionShape) shape("optionalBytes")).nullable()).isTrue();
        assertThat(shape("optionalBytes").carrier()).isEqualTo(payload(byte[].class, shape("optionalBytes")));
    }

    @Test
    void declarationAnnotationsNamedNullableCountToo() {
        assertThat(Shapes.of(Old.class).type().parts()).containsExactly(new OptionType(PrimitiveType.STRING));
    }

    @Test
    void theRestOfTheTable() {
        assertThat(wit("map")).isEqualTo("map<string, list<s64>>");
        assertThat(wit("tuples")).isEqualTo("tuple<string, tuple<s32, tuple<s32, s32>, bool>>");
        assertThat(wit("result")).isEqualTo("result<_, string>");
        assertThat(wit("onlyOk")).isEqualTo("result<s64>");
        assertThat(Shapes.of(Span.class).type())
                .isEqualTo(new TupleType(List.of(PrimitiveType.S32, PrimitiveType.S32)));
    }

    @Test
    void oneTypeManyTimesIsMadeOnce() {
        record R0(int a, int b) {}
        record R1(R0 a, R0 b) {}
        record R2(R1 a, R1 b) {}
        RecordShape shape = (RecordShape) Shapes.of(R2.class);
        assertThat(shape.components().get(0).shape())
                .isSameAs(shape.components().get(1).shape());
    }
}

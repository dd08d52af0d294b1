package dev.airlock.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.type.FuncType.Param;
import dev.airlock.type.RecordType.Field;
import dev.airlock.type.VariantType.Case;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ValTypeTest {
    private static final ResourceType BLOB = new ResourceType("blob");

    @Test
    void printsTheTextOfWitAtAUse() {
        assertThat(new ListType(PrimitiveType.U8)).hasToString("list<u8>");
        assertThat(new ListType(PrimitiveType.U8, 4)).hasToString("list<u8, 4>");
        assertThat(new TupleType(List.of(PrimitiveType.STRING, PrimitiveType.U32)))
                .hasToString("tuple<string, u32>");
        assertThat(new OptionType(PrimitiveType.CHAR)).hasToString("option<char>");
        assertThat(new ResultType(null, null)).hasToString("result");
        assertThat(new ResultType(PrimitiveType.U8, null)).hasToString("result<u8>");
        assertThat(new ResultType(null, PrimitiveType.U8)).hasToString("result<_, u8>");
        assertThat(new ResultType(PrimitiveType.S8, PrimitiveType.U8)).hasToString("result<s8, u8>");
        assertThat(new MapType(PrimitiveType.STRING, PrimitiveType.F64)).hasToString("map<string, f64>");
        assertThat(new OwnType(BLOB)).hasToString("blob");
        assertThat(new BorrowType(BLOB)).hasToString("borrow<blob>");
        assertThat(new FutureType(null)).hasToString("future");
        assertThat(new StreamType(PrimitiveType.U8)).hasToString("stream<u8>");
        assertThat(PrimitiveType.ERROR_CONTEXT).hasToString("error-context");
    }

    @Test
    void namedTypesPrintTheirNameAndNamelessOnesTheirContents() {
        List<Field> fields = List.of(new Field("name", PrimitiveType.STRING));
        assertThat(new RecordType("request", fields)).hasToString("request");
        assertThat(new RecordType(null, fields)).hasToString("record {name: string}");
        assertThat(new VariantType(null, List.of(new Case("a", PrimitiveType.U8), new Case("b", null))))
                .hasToString("variant {a(u8), b}");
        assertThat(new EnumType(null, List.of("a", "b"))).hasToString("enum {a, b}");
        assertThat(new FlagsType(null, List.of("a", "b"))).hasToString("flags {a, b}");
    }

    @Test
    void namesDoNotAffectEquality() {
        List<Field> fields = List.of(new Field("x", PrimitiveType.U8));
        assertThat(new RecordType("a", fields))
                .isEqualTo(new RecordType("b", fields))
                .isEqualTo(new RecordType(null, fields))
                .hasSameHashCodeAs(new RecordType("b", fields));
        assertThat(new EnumType("a", List.of("x"))).isEqualTo(new EnumType(null, List.of("x")));
        assertThat(new FlagsType("a", List.of("x"))).isEqualTo(new FlagsType(null, List.of("x")));
        assertThat(new VariantType("a", List.of(new Case("x", null))))
                .isEqualTo(new VariantType(null, List.of(new Case("x", null))));
    }

    @Test
    void specializedTypesDifferFromTheTypesTheyDesugarTo() {
        assertThat((ValType) new EnumType(null, List.of("x")))
                .isNotEqualTo(new VariantType(null, List.of(new Case("x", null))))
                .isNotEqualTo(new FlagsType(null, List.of("x")));
        assertThat(new ListType(PrimitiveType.U8)).isNotEqualTo(new ListType(PrimitiveType.U8, 1));
    }

    @Test
    void resourcesAreEqualByNameAndOwner() {
        Object instance = new Object();
        assertThat(new ResourceType("blob", instance))
                .isEqualTo(new ResourceType("blob", instance))
                .isNotEqualTo(new ResourceType("blob", new Object()))
                .isNotEqualTo(BLOB);
    }

    @Test
    void refusesTypesThatTheComponentModelForbids() {
        refused("a record has at least one field", () -> new RecordType("r", List.of()));
        refused("a variant has at least one case", () -> new VariantType("v", List.of()));
        refused("an enum has at least one case", () -> new EnumType("e", List.of()));
        refused("flags are 1 to 32, not 0", () -> new FlagsType("f", List.of()));
        refused("flags are 1 to 32, not 33", () -> new FlagsType("f", numbered(33)));
        refused("a tuple has at least one element", () -> new TupleType(List.of()));
        refused("a list's fixed length is 1 or more, not 0", () -> new ListType(PrimitiveType.U8, 0));
        refused(
                "a map's key is a bool, an integer, a char or a string, not f32",
                () -> new MapType(PrimitiveType.F32, PrimitiveType.U8));
        ValType borrows = new ListType(new BorrowType(BLOB));
        refused("a future cannot carry a borrow: it may outlive the call", () -> new FutureType(borrows));
        refused("a stream cannot carry a borrow: it may outlive the call", () -> new StreamType(borrows));
        refused(
                "a stream cannot carry char: the component model does not define yet how",
                () -> new StreamType(PrimitiveType.CHAR));
        refused("a function cannot return a borrow: it ends with the call", () -> new FuncType(List.of(), borrows));
        assertThatCode(() -> new FlagsType("f", numbered(32))).doesNotThrowAnyException();
    }

    @Test
    void refusesIllFormedAndDuplicateNames() {
        refused("two fields have the name \"x\"", () -> new RecordType("r", List.of(field("x"), field("x"))));
        refused(
                "the fields \"ab\" and \"AB\" differ only in case",
                () -> new RecordType("r", List.of(field("ab"), field("AB"))));
        refused("two cases have the name \"x\"", () -> new EnumType("e", List.of("x", "x")));
        refused("two flags have the name \"x\"", () -> new FlagsType("e", List.of("x", "x")));
        refused(
                "two parameters have the name \"x\"",
                () -> new FuncType(List.of(new Param("x", PrimitiveType.U8), new Param("x", PrimitiveType.U8)), null));
        refused(
                "\"my_field\" cannot name a field: a name is words of letters and digits with one hyphen between them,"
                        + " each in one case, the first starting with a letter",
                () -> new RecordType("r", List.of(field("my_field"))));
        assertThatThrownBy(() -> new RecordType("R_1", List.of(field("x"))))
                .hasMessageStartingWith("\"R_1\" cannot name a record: ");
        assertThatThrownBy(() -> new EnumType("e", List.of("1".repeat(100_000))))
                .message()
                .hasSizeLessThan(300);
    }

    @Test
    void labelsAreKebabCase() {
        assertThat(List.of("a", "a-b-c", "a1-2-3", "A", "A-B-C", "A1-2-3", "a11-w0rds", "m1x3d-4CR0NYMS", "is-XML"))
                .allMatch(Labels::isLabel);
        assertThat(List.of("", "-", "a-", "-a", "a--b", "1-2-3", "aB", "Ab", "a_b", "ä", "a b", "a.b", "%a"))
                .noneMatch(Labels::isLabel);
    }

    @Test
    void depthIsBounded() {
        ValType type = PrimitiveType.U8;
        for (int depth = 2; depth <= ValType.MAX_DEPTH; depth++) {
            type = new ListType(type);
        }
        ValType deepest = type;
        refused("types nest to a depth of 100, this option goes deeper", () -> new OptionType(deepest));
    }

    @Test
    void sizeIsBoundedThoughPartsAreShared() {
        assertThatThrownBy(() -> {
                    ValType type = PrimitiveType.U8;
                    for (int i = 0; i < 90; i++) {
                        type = new TupleType(List.of(type, type));
                    }
                })
                .isInstanceOf(SignatureException.class)
                .hasMessage("a type has at most 10000 parts, this tuple has more");
        assertThatCode(() -> new TupleType(Collections.nCopies(ValType.MAX_SIZE - 1, PrimitiveType.U8)))
                .doesNotThrowAnyException();
    }

    @Test
    void anEnumMayHaveMoreThan65536Cases() {
        assertThat(new EnumType("e", numbered(70_000)).cases()).hasSize(70_000);
    }

    @Test
    void functionsPrintAsWit() {
        List<Param> params = List.of(new Param("a", PrimitiveType.U8), new Param("b", PrimitiveType.STRING));
        assertThat(new FuncType(params, new ListType(PrimitiveType.U8)))
                .hasToString("func(a: u8, b: string) -> list<u8>");
        assertThat(new FuncType(List.of(), null, true)).hasToString("async func()");
        assertThat(new FuncType(params, null)).isNotEqualTo(new FuncType(params, null, true));
    }

    @Test
    void changingAListAfterwardsDoesNotChangeAType() {
        List<Field> fields = new ArrayList<>(List.of(field("x")));
        RecordType type = new RecordType("r", fields);
        fields.add(field("y"));
        assertThat(type.fields()).hasSize(1);
        assertThat(type.indexOf("x")).isZero();
        assertThat(type.indexOf("y")).isEqualTo(-1);
    }

    @Test
    void equalTypesAreMadeOfEqualParts() {
        RandomTypes.seeds(500, seed -> {
            ValType type = RandomTypes.withHandles(seed).next();
            assertThat(RandomTypes.withHandles(seed).next()).isEqualTo(type).hasSameHashCodeAs(type);
        });
    }

    private static Field field(String name) {
        return new Field(name, PrimitiveType.U8);
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
    }

    private static void refused(String message, ThrowingCallable make) {
        assertThatThrownBy(make).isInstanceOf(SignatureException.class).hasMessage(message);
    }
}

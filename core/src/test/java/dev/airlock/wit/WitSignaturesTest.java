package dev.airlock.wit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FuncType;
import dev.airlock.type.FuncType.Param;
import dev.airlock.type.FutureType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RandomTypes;
import dev.airlock.type.RecordType;
import dev.airlock.type.RecordType.Field;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ResultType;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import dev.airlock.type.VariantType.Case;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitSignaturesTest {
    @Test
    void readsTypesAndFunctionsInOrder() {
        WitSignatures read =
                WitSignatures.parse("record request { name: string, num: s32 } record names { names: list<string> }"
                        + " repeat: func(request: request) -> names");
        RecordType request = new RecordType(
                "request", List.of(new Field("name", PrimitiveType.STRING), new Field("num", PrimitiveType.S32)));
        RecordType names = new RecordType("names", List.of(new Field("names", new ListType(PrimitiveType.STRING))));
        assertThat(read.types()).containsExactly(Map.entry("request", request), Map.entry("names", names));
        assertThat(read.functions())
                .containsExactly(Map.entry("repeat", new FuncType(List.of(new Param("request", request)), names)));
        assertThat(read.types().get("request")).hasToString("request");
    }

    @Test
    void printsOneDeclarationOnEachLine() {
        String text = """
                resource blob;
                record request { name: string, %list: option<u32> }
                variant shape { circle(f64), point }
                enum color { red, green }
                flags access { read, write }
                type id = u64;
                type same = request;
                f: func(a: request, b: borrow<blob>) -> result<shape, color>;
                my_mod.Greet: async func() -> tuple<access, blob>;
                %record: func();
                """;
        assertThat(WitSignatures.parse(text).print()).isEqualTo(text);
        assertThat(WitSignatures.parse(text)).hasToString(text);
    }

    @Test
    void readsEveryType() {
        assertThat(type("list<u8>")).isEqualTo(new ListType(PrimitiveType.U8));
        assertThat(type("list<u8, 4>")).isEqualTo(new ListType(PrimitiveType.U8, 4));
        assertThat(type("tuple<u8, string,>"))
                .isEqualTo(new TupleType(List.of(PrimitiveType.U8, PrimitiveType.STRING)));
        assertThat(type("option<option<char>>")).isEqualTo(new OptionType(new OptionType(PrimitiveType.CHAR)));
        assertThat(type("result")).isEqualTo(new ResultType(null, null));
        assertThat(type("result<u8>")).isEqualTo(new ResultType(PrimitiveType.U8, null));
        assertThat(type("result<_, u8>")).isEqualTo(new ResultType(null, PrimitiveType.U8));
        assertThat(type("result<s8,u8>")).isEqualTo(new ResultType(PrimitiveType.S8, PrimitiveType.U8));
        assertThat(type("map<string, f32>")).isEqualTo(new MapType(PrimitiveType.STRING, PrimitiveType.F32));
        assertThat(type("future")).isEqualTo(new FutureType(null));
        assertThat(type("future<string>")).isEqualTo(new FutureType(PrimitiveType.STRING));
        assertThat(type("stream")).isEqualTo(new StreamType(null));
        assertThat(type("stream<u8>")).isEqualTo(new StreamType(PrimitiveType.U8));
        assertThat(type("error-context")).isEqualTo(PrimitiveType.ERROR_CONTEXT);
        ResourceType blob = new ResourceType("blob");
        assertThat(type("blob; resource blob")).isEqualTo(new OwnType(blob));
        assertThat(type("own<blob>; resource blob")).isEqualTo(new OwnType(blob));
        assertThat(type("borrow<blob>; resource blob")).isEqualTo(new BorrowType(blob));
        assertThat(type("borrow<b>; type b = blob; resource blob")).isEqualTo(new BorrowType(blob));
        for (PrimitiveType primitive : PrimitiveType.values()) {
            assertThat(type(primitive.text())).isEqualTo(primitive);
        }
    }

    @Test
    void readsEveryDeclaration() {
        Map<String, ValType> types = WitSignatures.parse(
                        "variant v { a(list<u8>), b, } enum e { x, y, } flags f { r, w, } record r { %type: u8, HTTP-x: e, }")
                .types();
        assertThat(types.get("v"))
                .isEqualTo(new VariantType(
                        "v", List.of(new Case("a", new ListType(PrimitiveType.U8)), new Case("b", null))));
        EnumType e = new EnumType("e", List.of("x", "y"));
        assertThat(types.get("e")).isEqualTo(e);
        assertThat(types.get("f")).isEqualTo(new FlagsType("f", List.of("r", "w")));
        assertThat(types.get("r"))
                .isEqualTo(new RecordType("r", List.of(new Field("type", PrimitiveType.U8), new Field("HTTP-x", e))));
    }

    @Test
    void aTypeMayBeUsedBeforeItIsDeclared() {
        assertThat(type("list<b>; type b = c; record c { x: u8 }"))
                .isEqualTo(new ListType(new RecordType("c", List.of(new Field("x", PrimitiveType.U8)))));
    }

    @Test
    void commentsAreSkipped() {
        assertThat(WitSignatures.parse("""
                        /// Says hello.
                        // not a doc comment
                        greet /* in /* two */ layers */ : /**/ func( // no parameter
                        ) -> /* a */ string // the end"""))
                .isEqualTo(WitSignatures.of(Map.of("greet", new FuncType(List.of(), PrimitiveType.STRING))));
        assertThat(WitSignatures.parse("f:/* */func()").functions()).containsOnlyKeys("f");
        assertThat(WitSignatures.parse("  // nothing\n").functions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "greet",
                "ReturnString",
                "return_string",
                "my_mod.greet",
                "__wbindgen_malloc",
                "demo:kit/api#greet",
                "wasi:http/handler@0.2.0#handle",
                "[method]blob.read",
                "a:func",
                "a:",
                "a::b",
                "$f",
                "größe",
                "1st",
                "-",
                "record",
                "type",
                "func",
                "async",
                "world",
                "record.x",
                "use/it",
                "import:x",
                "a:async",
                "f-",
                "type:"
            })
    void functionsAreNamedAsTheGuestExportsThem(String name) {
        for (String escaped : List.of(name, "%" + name)) {
            boolean needsEscape = name.matches("record\\.x|use/it") && escaped.equals(name);
            for (String space : needsEscape ? List.<String>of() : List.of("", " ", "\n")) {
                assertThat(WitSignatures.parse(escaped + space + ": func()").functions())
                        .containsOnlyKeys(name);
                assertThat(WitSignatures.parse(escaped + space + ":func()").functions())
                        .containsOnlyKeys(name);
                assertThat(WitSignatures.parse(escaped + space + ":async func()")
                                .functions())
                        .containsOnlyKeys(name);
            }
        }
        printsBack(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two words",
                "a\"b",
                "(",
                "a//b",
                "a/*b",
                "%x",
                "a\nb",
                "\\",
                "a->b",
                "🌊",
                "\u0000",
                "\u202e"
            })
    void anyOtherNameGoesInQuotes(String name) {
        printsBack(name);
    }

    private static void printsBack(String name) {
        WitSignatures one = WitSignatures.of(Map.of(name, new FuncType(List.of(), null)));
        assertThat(WitSignatures.parse(one.print())).isEqualTo(one);
    }

    @Test
    void namesInQuotesMayHaveEscapes() {
        assertThat(WitSignatures.parse("\"a \\\"b\\\" \\u{1f30a}\\n\": func()").functions())
                .containsOnlyKeys("a \"b\" 🌊\n");
    }

    @Test
    void typesWithoutNameOrWithTakenNamesGetNamesWhenPrinted() {
        RecordType inner = new RecordType(null, List.of(new Field("x", PrimitiveType.U8)));
        RecordType a = new RecordType("r", List.of(new Field("in", inner)));
        RecordType b = new RecordType("r", List.of(new Field("y", PrimitiveType.U16)));
        Map<String, FuncType> functions = new LinkedHashMap<>();
        functions.put("f", new FuncType(List.of(new Param("a", a)), new ListType(b)));
        functions.put("g", new FuncType(List.of(new Param("e", new EnumType(null, List.of("z")))), a));
        WitSignatures printed = WitSignatures.of(functions);
        assertThat(printed.print()).isEqualTo("""
                        record record-1 { x: u8 }
                        record r { in: record-1 }
                        record r-1 { y: u16 }
                        enum enum-1 { z }
                        f: func(a: r) -> list<r-1>;
                        g: func(e: enum-1) -> r;
                        """);
        assertThat(WitSignatures.parse(printed.print())).isEqualTo(printed);
        assertThat(WitSignatures.parse(printed.print()).print()).isEqualTo(printed.print());
    }

    @Test
    void twoResourcesWithTheSameNameCannotBePrinted() {
        FuncType both = new FuncType(
                List.of(
                        new Param("a", new OwnType(new ResourceType("blob", "x"))),
                        new Param("b", new OwnType(new ResourceType("blob", "y")))),
                null);
        assertThatThrownBy(() -> WitSignatures.of(Map.of("f", both)))
                .isInstanceOf(SignatureException.class)
                .hasMessage("two types have the name \"blob\", one of them a resource");
    }

    @Test
    void everythingPrintedReadsBack() {
        RandomTypes.seeds(3_000, seed -> {
            RandomTypes random = RandomTypes.withHandles(seed);
            Map<String, FuncType> functions = new LinkedHashMap<>();
            functions.put("f", random.nextFunc());
            functions.put("My_func." + seed, random.nextFunc());
            WitSignatures printed = WitSignatures.of(functions);
            WitSignatures read = WitSignatures.parse(printed.print());
            assertThat(read.functions()).isEqualTo(functions);
            assertThat(read).isEqualTo(printed);
            assertThat(read.print()).isEqualTo(printed.print());
        });
    }

    private static ValType type(String text) {
        return WitSignatures.parse("type a = " + text + ";").types().get("a");
    }
}

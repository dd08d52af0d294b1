package dev.airlock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.json.JsonCodec;
import dev.airlock.mapping.Char;
import dev.airlock.mapping.GuestName;
import dev.airlock.mapping.Result;
import dev.airlock.mapping.Tuple2;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U32;
import dev.airlock.mapping.U64;
import dev.airlock.mapping.U8;
import dev.airlock.mapping.WitType;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.Shapes;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.wit.Wave;
import dev.airlock.wit.WitSignatures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the command and a Java interface write the same JSON for a value, and read each other's. */
class JsonAgreementTest {
    private static final String TYPES = """
            enum color { red, dark-red }
            flags colors { red, dark-red }
            variant figure { point, circle(f64), rounded-box(rounded-box), marked(option<color>) }
            record rounded-box { width: u16, height: s32 }
            record item { sku-code: string, qty: u8 }
            record order { items: list<item>, note: option<string>, raw: list<u8>, figures: list<figure> }
            """;

    enum Color {
        RED,
        DARK_RED
    }

    sealed interface Figure {}

    record Point() implements Figure {}

    record Circle(double radius) implements Figure {}

    record RoundedBox(@U16 int width, int height) implements Figure {}

    record Marked(Optional<Color> color) implements Figure {}

    record Item(String skuCode, @U8 int qty) {}

    record Order(List<Item> items, @Nullable String note, byte[] raw, List<Figure> figures) {}

    /** The Java type for each WIT type, by name. */
    record Types(
            Order order,
            Figure figure,
            Color color,
            EnumSet<Color> colors,
            boolean bool,
            byte s8,
            @U8 byte u8Bits,
            @U8 int u8,
            short s16,
            @U16 short u16Bits,
            int s32,
            @U32 int u32,
            long s64,
            @U64 long u64,
            float f32,
            double f64,
            @Char int letter,
            String text,
            byte[] bytes,
            @U32 int[] words,
            boolean[] bools,
            List<@U8 Integer> numbers,
            List<Optional<String>> options,
            Tuple2<@U8 Integer, String> pair,
            Result<@U8 Integer, String> result,
            Result<Void, Void> empty,
            Map<String, @U8 Integer> byName,
            Map<@U64 Long, String> byNumber,
            Map<Boolean, Color> byAnswer) {}

    private static final Order ORDER = new Order(
            List.of(new Item("ä\"\\\n\u0001\u007f🦀/", 255), new Item("", 0)),
            null,
            new byte[] {1, -1},
            List.of(new Point(), new Circle(-0.0), new RoundedBox(65535, -1), new Marked(Optional.of(Color.DARK_RED))));

    static final String ORDER_AS_WAVE = """
            {items: [{sku-code: "ä\\"\\\\\\n\\u{1}\\u{7f}🦀/", qty: 255}, {sku-code: "", qty: 0}], raw: [1, 255], \
            figures: [point, circle(-0.0), rounded-box({width: 65535, height: -1}), marked(some(dark-red))]}""";

    static Stream<Arguments> values() {
        Map<Long, String> byNumber = new LinkedHashMap<>();
        byNumber.put(-1L, "most");
        byNumber.put(0L, "least");
        return Stream.of(
                Arguments.of("order", "order", ORDER, ORDER_AS_WAVE),
                Arguments.of("figure", "figure", new Marked(Optional.empty()), "marked(none)"),
                Arguments.of("color", "color", Color.DARK_RED, "dark-red"),
                Arguments.of("colors", "colors", EnumSet.allOf(Color.class), "{red, dark-red}"),
                Arguments.of("bool", "bool", true, "true"),
                Arguments.of("s8", "s8", (byte) -128, "-128"),
                Arguments.of("u8Bits", "u8", (byte) -1, "255"),
                Arguments.of("u8", "u8", 255, "255"),
                Arguments.of("s16", "s16", (short) -32768, "-32768"),
                Arguments.of("u16Bits", "u16", (short) -1, "65535"),
                Arguments.of("s32", "s32", -1, "-1"),
                Arguments.of("u32", "u32", -1, "4294967295"),
                Arguments.of("s64", "s64", Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of("u64", "u64", -1L, "18446744073709551615"),
                Arguments.of("f32", "f32", 0.1f, "0.1"),
                Arguments.of("f32", "f32", 1e10f, "1e10"),
                Arguments.of("f64", "f64", 1e-300, "1e-300"),
                Arguments.of("f64", "f64", 3d, "3"),
                Arguments.of("letter", "char", 0x1F980, "'🦀'"),
                Arguments.of("text", "string", "\u2028é🦀", "\"\\u{2028}é🦀\""),
                Arguments.of("bytes", "list<u8>", new byte[] {0, -1}, "[0, 255]"),
                Arguments.of("words", "list<u32>", new int[] {-1, 0}, "[4294967295, 0]"),
                Arguments.of("bools", "list<bool>", new boolean[] {true}, "[true]"),
                Arguments.of("numbers", "list<s32>", List.of(1, 255), "[1, 255]"),
                Arguments.of(
                        "options", "list<option<string>>", List.of(Optional.empty(), Optional.of("")), "[none, \"\"]"),
                Arguments.of("pair", "tuple<u8, string>", new Tuple2<>(255, "a"), "(255, \"a\")"),
                Arguments.of("result", "result<u8, string>", new Result.Ok<>(255), "ok(255)"),
                Arguments.of("result", "result<u8, string>", new Result.Err<>("no"), "err(\"no\")"),
                Arguments.of("empty", "result", new Result.Err<>(null), "err"),
                Arguments.of("byName", "map<string, u8>", Map.of("a b", 255), "[(\"a b\", 255)]"),
                Arguments.of(
                        "byNumber", "map<u64, string>", byNumber, "[(18446744073709551615, \"most\"), (0, \"least\")]"),
                Arguments.of("byAnswer", "map<bool, color>", Map.of(true, Color.RED), "[(true, red)]"));
    }

    private static JavaShape shape(String name) {
        return Arrays.stream(Types.class.getRecordComponents())
                .filter(c -> c.getName().equals(name))
                .map(c -> Shapes.of(c.getAnnotatedType()))
                .findFirst()
                .orElseThrow();
    }

    private static ValType type(String declarations, String wit) {
        return WitSignatures.parse(declarations + "type it = " + wit + "; f: func(a: it)")
                .types()
                .get("it");
    }

    @ParameterizedTest
    @MethodSource("values")
    void bothWriteTheSameBytes(String java, String wit, Object value, String wave) {
        var codec = new JsonCodec();
        var type = type(TYPES, wit);
        Value dynamic = Wave.parse(type, wave);
        byte[] byJava = codec.encode(value, shape(java));
        assertThat(new String(byJava, UTF_8)).isEqualTo(new String(codec.encode(dynamic, new WitType(type)), UTF_8));
        assertThat(codec.decode(byJava, new WitType(type))).isEqualTo(dynamic);
        assertThat(codec.decode(byJava, shape(java))).usingRecursiveComparison().isEqualTo(value);
    }

    interface Echo {
        Order echo(Order order);
    }

    interface Sent {
        @GuestName("echo")
        String asText(Order order);
    }

    interface Twice {
        @GuestName("echo")
        Optional<Optional<String>> refused(Order order);
    }

    public static class Host {
        public void log(String message) {}

        public String answer(String question) {
            return question;
        }
    }

    @ParameterizedTest
    @MethodSource("kits")
    void aGuestGetsTheSameJsonFromBothMappers(String kit) {
        var file = Shell.GUESTS.resolve(kit);
        try (Guest guest = Airlock.open(file).imports("env", new Host())) {
            assertThat(guest.as(Echo.class).echo(ORDER))
                    .usingRecursiveComparison()
                    .isEqualTo(ORDER);
            var sent = guest.as(Sent.class).asText(ORDER);
            assertThat(called(file.toString(), "echo: func(order: order) -> string"))
                    .isEqualTo(Wave.print(Wave.parse(type("", "string"), quoted(sent))) + "\n");
            assertThat(called(file.toString(), "echo: func(order: order) -> order"))
                    .isEqualTo(Wave.print(Wave.parse(type(TYPES, "order"), ORDER_AS_WAVE)) + "\n");
            var tooMany = new Order(List.of(new Item("a", 1), new Item("b", 300)), null, new byte[0], List.of());
            assertThatThrownBy(() -> guest.as(Echo.class).echo(tooMany))
                    .isInstanceOf(ValueException.class)
                    .hasMessage("order: items[1].qty: u8 takes 0..255, got 300");
            assertThatThrownBy(() -> guest.as(Twice.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("Optional<Optional<String>> has no form in JSON");
        }
    }

    static Stream<String> kits() {
        return Stream.of("c/kit.wasm", "rust/kit.wasm", "zig/kit.wasm");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String called(String guest, String function) {
        var out = new StringWriter();
        var err = new StringWriter();
        Main.execute(
                new PrintWriter(out),
                new PrintWriter(err),
                "call",
                "--no-cache",
                "--unknown-imports",
                "trap",
                "--signature",
                TYPES + function,
                guest,
                "echo(" + ORDER_AS_WAVE + ")");
        assertThat(err.toString()).isEmpty();
        return out.toString();
    }

    @Test
    void theCommandRefusesWhatHasNoFormBeforeItCalls() {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.execute(
                new PrintWriter(out),
                new PrintWriter(err),
                "call",
                "--no-cache",
                "--unknown-imports",
                "trap",
                "--signature",
                "echo: func(a: list<option<option<u8>>>) -> string",
                Shell.GUESTS.resolve("c/kit.wasm").toString(),
                "echo([])");
        assertThat(code).isEqualTo(125);
        assertThat(err.toString()).contains("option<option<u8>> has no form in JSON: null would have two meanings");
    }
}

package dev.airlock.wit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ValueException;
import dev.airlock.type.HandleValue;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.RandomTypes;
import dev.airlock.type.RandomValues;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The meaning of WAVE text: each text here is read, and printed in the only form that Airlock prints. */
class WaveTest {
    private static final String TYPES = """
            record item { sku: string, qty: u8, note: option<string> }
            record all-optional { a: option<u8>, b: option<u8> }
            record keywords { true: bool, some: option<u8>, ok: result, inf: f32 }
            variant shape { circle(f64), point, some(u8), err }
            enum keyword { true, none, ok, nan, plain }
            flags access { read, write, ok }
            """;

    @Test
    void boolsAndIntegers() {
        is("bool", "true");
        is("bool", " false ", "false");
        is("u8", "255");
        is("s8", "-128");
        is("s32", "-0", "0");
        is("u64", "18446744073709551615");
        is("s64", "-9223372036854775808");
    }

    @Test
    void floats() {
        is("f64", "3.14");
        is("f64", "6.022e+23");
        is("f64", "6.022E23", "6.022e+23");
        is("f64", "1e-9");
        is("f64", "0.0", "0");
        is("f64", "0.000e100", "0");
        is("f64", "-0.0e-0", "-0");
        is("f64", "100", "100");
        is("f64", "1e20", "100000000000000000000");
        is("f64", "1e21", "1e+21");
        is("f64", "0.0000001", "0.0000001");
        is("f64", "0.00000001", "1e-8");
        is("f64", "nan");
        is("f64", "inf");
        is("f64", "-inf");
        is("f32", "0.1");
        is("f32", "3.4028235e+38");
        is("f32", "3.4028234664123e38", "3.4028235e+38");
        is("f32", "3.5e38", "inf");
        is("f32", "1.4012984643e-45", "1e-45");
        is("f32", "1e-46", "0");
        is("f64", "4.9e-324", "5e-324");
        is("f64", "2e-3", "0.002");
        is("f64", "8.41e21", "8.41e+21");
        is("f64", "2.0e-3", "0.002");
    }

    @Test
    void chars() {
        is("char", "'x'");
        is("char", "'☃'");
        is("char", "'🌊'");
        is("char", "'\"'");
        is("char", "'\\\"'", "'\"'");
        is("char", "'\\''");
        is("char", "'\\\\'");
        is("char", "'\\t'");
        is("char", "'\t'", "'\\t'");
        is("char", "'\\n'");
        is("char", "'\\r'");
        is("char", "'\\u{0}'");
        is("char", "'\\u{000078}'", "'x'");
        is("char", "'\\u{202e}'");
    }

    @Test
    void strings() {
        is("string", "\"\"");
        is("string", "\"abc\\t123\"");
        is("string", "\"\\\\\\'\\\"\\t\\n\\r\"", "\"\\\\'\\\"\\t\\n\\r\"");
        is("string", "\"☃\\u{2603}\"", "\"☃☃\"");
        is("string", "\"no // comment\"");
    }

    @Test
    void multilineStrings() {
        is("string", "\"\"\"\n\"\"\"", "\"\"");
        is("string", "\"\"\"\nOne line\n\"\"\"", "\"One line\"");
        is("string", "\"\"\"\r\nOne line\r\n\"\"\"", "\"One line\"");
        is("string", "\"\"\"\n    Indented\n      more\n  \"\"\"", "\"  Indented\\n    more\"");
        is("string", "\"\"\"\n\nEmpty lines stay\n\n\"\"\"", "\"\\nEmpty lines stay\\n\"");
        is("string", "\"\"\"\nQuotes: \"\"\\\"\"\n\"\"\"", "\"Quotes: \\\"\\\"\\\"\\\"\"");
        is("string", "\"\"\"\nReturn: \\r\n\"\"\"", "\"Return: \\r\"");
    }

    @Test
    void tuplesAndLists() {
        is("tuple<u8, string>", "(123, \"abc\")");
        is("tuple<u8, string>", "( 123 , \"abc\" , )", "(123, \"abc\")");
        is("tuple<u8>", "(1)");
        is("list<u8>", "[]");
        is("list<u8>", "[1,2,]", "[1, 2]");
        is("list<char, 2>", "['a', 'b']");
        is("list<list<string>>", "[[], [\"a\"]]");
        is("map<string, u8>", "[(\"a\", 1), (\"a\", 2,)]", "[(\"a\", 1), (\"a\", 2)]");
    }

    @Test
    void records() {
        is("item", "{sku: \"a\", qty: 1, note: some(\"n\")}");
        is("item", "{qty: 1, sku: \"a\"}", "{sku: \"a\", qty: 1}");
        is("item", "{qty: 1, %sku: \"a\", note: none,}", "{sku: \"a\", qty: 1}");
        is("item", "{qty: 1, sku: \"a\", note: \"n\"}", "{sku: \"a\", qty: 1, note: some(\"n\")}");
        is("all-optional", "{:}");
        is("all-optional", "{ : }", "{:}");
        is("all-optional", "{a: none, b: none}", "{:}");
        is("all-optional", "{b: 2}", "{b: some(2)}");
        is("keywords", "{true: true, some: some(1), ok: ok, inf: inf}");
    }

    @Test
    void variantsAndEnums() {
        is("shape", "circle(1)");
        is("shape", "circle (1.5)", "circle(1.5)");
        is("shape", "%circle(1)", "circle(1)");
        is("shape", "point");
        is("shape", "%some(1)");
        is("shape", "%err");
        is("keyword", "%true");
        is("keyword", "%nan");
        is("keyword", "plain");
    }

    @Test
    void flags() {
        is("access", "{}");
        is("access", "{write, read,}", "{read, write}");
        is("access", "{ok, %read}", "{read, ok}");
    }

    @Test
    void options() {
        is("option<u8>", "some(123)");
        is("option<u8>", "123", "some(123)");
        is("option<u8>", "none");
        is("option<option<u8>>", "some(none)");
        is("option<option<u8>>", "some(1)", "some(some(1))");
        is("option<keyword>", "%none", "some(%none)");
        is("option<shape>", "%some(1)", "some(%some(1))");
        is("option<item>", "{sku: \"a\", qty: 1}", "some({sku: \"a\", qty: 1})");
    }

    @Test
    void results() {
        is("result<u8, string>", "ok(1)");
        is("result<u8, string>", "1", "ok(1)");
        is("result<u8, string>", "err(\"no\")");
        is("result<_, string>", "ok");
        is("result<u8>", "err");
        is("result", "ok");
        is("result", "err");
        is("result<keyword>", "%ok", "ok(%ok)");
        is("result<option<u8>, u8>", "ok(1)", "ok(some(1))");
    }

    @Test
    void commentsAreSkipped() {
        is("item", "// one\n{ // two\n sku: \"a\", // three }\n qty: // four\n 1 }// five", "{sku: \"a\", qty: 1}");
    }

    @Test
    void aMegabyteOfBytes() {
        ListType bytes = new ListType(PrimitiveType.U8);
        Value value = ListValue.wrap(bytes, new byte[1 << 20], ValuePath.root());
        assertThat(Wave.parse(bytes, Wave.print(value))).isEqualTo(value);
    }

    @Test
    void resourcesHaveNoText() {
        OwnType type = new OwnType(new ResourceType("blob"));
        assertThatThrownBy(() -> Wave.print(new HandleValue(type, "x")))
                .isInstanceOf(ValueException.class)
                .hasMessage("a value of blob has no text");
        assertThatThrownBy(() -> Wave.parse(type, "x"))
                .isInstanceOf(ValueException.class)
                .hasMessage("a value of blob has no text (line 1, column 1)");
        assertThatThrownBy(() -> Wave.parse(PrimitiveType.ERROR_CONTEXT, "x"))
                .hasMessage("a value of error-context has no text (line 1, column 1)");
    }

    @Test
    void everythingPrintedReadsBack() {
        RandomTypes.seeds(5_000, seed -> {
            ValType type = new RandomTypes(seed).next();
            Value value = new RandomValues(seed).next(type);
            String text = Wave.print(value);
            assertThat(text).doesNotContain("\n");
            assertThat(Wave.parse(type, text)).isEqualTo(value);
        });
    }

    @Test
    void floatsPrintedReadBackBitForBit() {
        RandomTypes.seeds(20_000, seed -> {
            Random random = new Random(seed);
            double number = Double.longBitsToDouble(random.nextLong());
            float small = Float.intBitsToFloat(random.nextInt());
            assertThat(Wave.parse(PrimitiveType.F64, Wave.print(new PrimitiveValue.F64(number))))
                    .isEqualTo(new PrimitiveValue.F64(number));
            assertThat(Wave.parse(PrimitiveType.F32, Wave.print(new PrimitiveValue.F32(small))))
                    .isEqualTo(new PrimitiveValue.F32(small));
        });
    }

    private static void is(String type, String text) {
        is(type, text, text);
    }

    private static void is(String type, String text, String printed) {
        ValType parsed =
                WitSignatures.parse(TYPES + "type the-type = " + type).types().get("the-type");
        Value value = Wave.parse(parsed, text);
        assertThat(Wave.print(value)).isEqualTo(printed);
        assertThat(Wave.parse(parsed, printed)).isEqualTo(value);
    }
}

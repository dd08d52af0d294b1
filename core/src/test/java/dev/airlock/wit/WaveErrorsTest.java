package dev.airlock.wit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.error.ValueException;
import dev.airlock.error.WitException;
import dev.airlock.type.ValType;
import dev.airlock.type.ValuePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveErrorsTest {
    private static final String TYPES = """
            record item { sku: string, qty: u8, note: option<string> }
            record order { items: list<item> }
            variant shape { circle(f64), point }
            enum keyword { true, plain }
            flags access { read, write }
            resource blob;
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "u8           | 300          | u8 takes 0..255, got 300 (line 1, column 1)",
                "u8           | -1           | u8 takes 0..255, got -1 (line 1, column 1)",
                "u8           | 1.5          | u8 takes whole numbers, got 1.5 (line 1, column 1)",
                "u8           | 1e2          | u8 takes whole numbers, got 1e2 (line 1, column 1)",
                "u8           | \"1\"        | takes u8, got a string (line 1, column 1)",
                "u8           | '1'          | takes u8, got a char (line 1, column 1)",
                "u8           | nan          | takes u8, got \"nan\" (line 1, column 1)",
                "u8           | -inf         | takes u8, got \"-inf\" (line 1, column 1)",
                "bool         | yes          | takes bool, got \"yes\" (line 1, column 1)",
                "bool         | 1            | takes bool, got 1 (line 1, column 1)",
                "f32          | NaN          | takes f32, got \"NaN\" (line 1, column 1)",
                "f32          | infinity     | takes f32, got \"infinity\" (line 1, column 1)",
                "string       | Ada          | Ada is a bare word; write \"Ada\" (line 1, column 1)",
                "string       | Ada Lovelace | Ada Lovelace is a bare word; write \"Ada Lovelace\" (line 1, column 1)",
                "string       | Élodie // x  | Élodie is a bare word; write \"Élodie\" (line 1, column 1)",
                "string       | true         | true is a bare word; write \"true\" (line 1, column 1)",
                "string       | 7            | takes string, got 7 (line 1, column 1)",
                "option<string> | Ada        | some: Ada is a bare word; write \"Ada\" (line 1, column 1)",
                "list<string> | [Ada, Alan]  | [0]: Ada is a bare word; write \"Ada\" (line 1, column 2)",
                "item         | {sku: a1}    | sku: a1 is a bare word; write \"a1\" (line 1, column 7)",
                "char         | é            | é is a bare character; write 'é' (line 1, column 1)",
                "char         | ab           | takes char, got \"ab\" (line 1, column 1)",
                "string       | 'a'          | takes string, got a char (line 1, column 1)",
                "char         | \"a\"        | takes char, got a string (line 1, column 1)",
                "list<u8>     | [1, 256]     | [1]: u8 takes 0..255, got 256 (line 1, column 5)",
                "list<u8>     | (1)          | takes list<u8>, got a tuple (line 1, column 1)",
                "list<u8, 2>  | [1]          | list<u8, 2> has 2 elements, got 1 (line 1, column 1)",
                "tuple<u8,u8> | (1)          | tuple<u8, u8> has 2 elements, got 1 (line 1, column 1)",
                "tuple<u8,u8> | (1, 2, 3)    | takes 2 elements, got more (line 1, column 1)",
                "tuple<u8,u8> | (1, true)    | 1: takes u8, got \"true\" (line 1, column 5)",
                "item         | {qty: 1}     | the field \"sku\" is missing (line 1, column 1)",
                "item         | {}           | takes item, got flags: a record without fields is written {:} (line 1, column 1)",
                "item         | {size: 1}    | item has no field \"size\" (line 1, column 2)",
                "item         | {qty: 1, qty: 1} | the field \"qty\" is given twice (line 1, column 10)",
                "item         | [1]          | takes item, got a list (line 1, column 1)",
                "shape        | line         | shape has no case \"line\"; it has circle, point (line 1, column 1)",
                "shape        | circle       | \"circle\" carries f64, as in circle(…) (line 1, column 7)",
                "shape        | point(1)     | \"point\" carries no value (line 1, column 6)",
                "shape        | circle(true) | circle: takes f64, got \"true\" (line 1, column 8)",
                "shape        | 1            | takes shape, got 1 (line 1, column 1)",
                "keyword      | true         | takes keyword, got the keyword \"true\"; a case of that name is written %true (line 1, column 1)",
                "keyword      | other        | keyword has no case \"other\"; it has true, plain (line 1, column 1)",
                "access       | {run}        | access has no flag \"run\"; it has read, write (line 1, column 1)",
                "access       | {read, read} | the flag \"read\" is given twice (line 1, column 8)",
                "option<u8>   | some         | \"some\" carries u8, as in some(…) (line 1, column 5)",
                "option<u8>   | none(1)      | \"none\" carries no value (line 1, column 5)",
                "option<u8>   | some(some(1))| some: takes u8, got \"some\" (line 1, column 6)",
                "option<option<u8>> | 1      | takes some(…) or none, got 1: in option<option<u8>> the word cannot be left out (line 1, column 1)",
                "result<result> | 1          | takes ok(…) or err, got 1: in result<result> the word cannot be left out (line 1, column 1)",
                "result<u8>   | ok           | \"ok\" carries u8, as in ok(…) (line 1, column 3)",
                "result<u8>   | err(1)       | \"err\" carries no value (line 1, column 4)",
                "result       | 1            | takes ok or err, got 1 (line 1, column 1)",
                "map<u8, u8>  | [1]          | [0]: takes tuple<u8, u8>, got 1 (line 1, column 2)",
                "map<u8, u8>  | [(1, true)]  | [0].value: takes u8, got \"true\" (line 1, column 6)",
            })
    void saysWhatDoesNotFit(String type, String text, String message) {
        assertThatThrownBy(() -> Wave.parse(type(type), text))
                .isInstanceOf(ValueException.class)
                .hasMessage(message);
    }

    @Test
    void namesThePathAndThePlace() {
        assertThatThrownBy(() -> Wave.parse(
                        type("order"),
                        "{items: [\n  {sku: \"a\", qty: 1},\n  {sku: \"b\", qty: 300},\n]}",
                        ValuePath.of("order")))
                .isInstanceOf(ValueException.class)
                .hasMessage("order.items[1].qty: u8 takes 0..255, got 300 (line 3, column 19)");
        assertThatThrownBy(() -> Wave.parse(type("string"), "\"a\uD800\"", ValuePath.of("name")))
                .hasMessage(
                        "name: string takes Unicode text, got the lone surrogate U+D800 at index 1 (line 1, column 1)");
        assertThatThrownBy(() -> Wave.parse(type("char"), "'\uD800'", ValuePath.of("name")))
                .hasMessage("name: char takes Unicode scalar values, got the surrogate U+D800 (line 1, column 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "u8       | ``         | 1 | expected a value, got the end of the text",
                "u8       | )          | 1 | expected a value, got \")\"",
                "u8       | 1 2        | 3 | expected the end of the text, got \"2\"",
                "u8       | 01         | 1 | expected a number as in 12, -0.5 or 6.022e+23, got \"01\"",
                "u8       | 1a         | 1 | expected a number as in 12, -0.5 or 6.022e+23, got \"1a\"",
                "u8       | +1         | 1 | expected a value, got \"+\"",
                "f64      | 1.         | 1 | expected a number as in 12, -0.5 or 6.022e+23, got \"1.\"",
                "f64      | .5         | 1 | expected a value, got \".\"",
                "f64      | 1e         | 1 | expected a number as in 12, -0.5 or 6.022e+23, got \"1e\"",
                "f64      | -nan       | 1 | expected a number as in 12, -0.5 or 6.022e+23, got \"-n\"",
                "char     | ''         | 1 | expected one character between single quotes, as in 'x' or '\\n'",
                "char     | 'ab'       | 1 | expected one character between single quotes, as in 'x' or '\\n'",
                "char     | 'a         | 1 | expected one character between single quotes, as in 'x' or '\\n'",
                "char     | '\\u{d800}'| 2 | U+D800 is not a Unicode scalar value",
                "char     | '\\u{110000}' | 2 | U+110000 is not a Unicode scalar value",
                "char     | '\\u{}'    | 2 | expected an escape: \\\", \\', \\\\, \\t, \\n, \\r or \\u{1f30a}",
                "char     | '\\u{12345678}' | 2 | expected an escape: \\\", \\', \\\\, \\t, \\n, \\r or \\u{1f30a}",
                "char     | '\\z'      | 2 | expected an escape: \\\", \\', \\\\, \\t, \\n, \\r or \\u{1f30a}",
                "string   | \"a        | 1 | this string has no end: expected a closing \"",
                "string   | \"\\       | 2 | expected an escape: \\\", \\', \\\\, \\t, \\n, \\r or \\u{1f30a}",
                "string   | \"\"\"x\"\"\" | 4 | expected a line break after the opening \"\"\"",
                "list<u8> | [1         | 3 | expected \",\" or \"]\", got the end of the text",
                "list<u8> | [1)        | 3 | expected \",\" or \"]\", got \")\"",
                "list<u8> | [1,,2]     | 4 | expected a value, got \",\"",
                "list<u8> | [,]        | 2 | expected a value, got \",\"",
                "item     | {sku \"a\"}| 6 | expected \":\", got \"\"\"",
                "item     | {\"sku\": 1}| 2 | expected a field's name, without quotes, got \"\"\"",
                "item     | {:         | 3 | expected \"}\", got the end of the text",
                "shape    | circle(1   | 9 | expected \")\", got the end of the text",
                "shape    | circle()   | 8 | expected a value, got \")\"",
            })
    void saysWhereTheTextIsNotWave(String type, String text, int column, String problem) {
        Throwable e = catchThrowable(() -> Wave.parse(type(type), text));
        assertThat(e).isInstanceOf(WitException.class);
        assertThat(e.getMessage().lines().findFirst()).contains("line 1, column " + column + ": " + problem);
    }

    @Test
    void malformedMultilineStringsAreRefused() {
        ValType string = type("string");
        assertThatThrownBy(() -> Wave.parse(string, "\"\"\"\n"))
                .hasMessageStartingWith("line 1, column 1: this string has no end: expected a closing \"\"\"");
        assertThatThrownBy(() -> Wave.parse(string, "\"\"\"\na\"\"\""))
                .hasMessageStartingWith("line 2, column 2: expected nothing but spaces before the closing \"\"\"");
        assertThatThrownBy(() -> Wave.parse(string, "\"\"\"\n a\n  \"\"\""))
                .hasMessageStartingWith("line 2, column 1: expected 2 spaces, as before the closing \"\"\"");
        assertThatThrownBy(() -> Wave.parse(string, "\"\"\"\n\\j\n\"\"\"")).isInstanceOf(WitException.class);
        assertThatThrownBy(() -> Wave.parse(string, "\"a\nb\"")).isInstanceOf(WitException.class);
    }

    private static ValType type(String type) {
        return WitSignatures.parse(TYPES + "type the-type = " + type).types().get("the-type");
    }
}

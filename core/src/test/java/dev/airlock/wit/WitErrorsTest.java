package dev.airlock.wit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.error.WitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WitErrorsTest {
    @Test
    void showsThePlaceAndTheLine() {
        WitException e = catchThrowableOfType(
                WitException.class, () -> WitSignatures.parse("greet.wit", "// types\nrecord a {\tx: }\nf: func()"));
        assertThat(e).hasMessage("""
                        greet.wit:2:15: expected a type, got "}"
                          record a { x: }
                                        ^""");
        assertThat(e.line()).isEqualTo(2);
        assertThat(e.column()).isEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f: func(                         | 1 |  9 | expected a parameter's name, got the end of the text",
                "f: func(a: u8                    | 1 | 14 | expected \",\" or \")\", got the end of the text",
                "f: func(a u8)                    | 1 | 11 | expected \":\", got \"u8\"",
                "f: func(u8)                      | 1 |  9 | expected a parameter's name, got the keyword \"u8\"; as a name it is written %u8",
                "f: func() -> foo                 | 1 | 14 | there is no type \"foo\"",
                "f: func() ->                     | 1 | 13 | expected a type, got the end of the text",
                "f: fun()                         | 1 |  4 | expected \"func\", got \"fun\"",
                "f func()                         | 1 |  3 | expected \":\" after the function's name \"f\", got \"func\"",
                "f: async()                       | 1 |  9 | expected \"func\", got \"(\"",
                ": func()                         | 1 |  1 | expected a function's name, got \":\"",
                "%: func()                        | 1 |  1 | expected a function's name, got \"%\"",
                "f: func(a: float)                | 1 | 12 | there is no type \"float\"",
                "f: func(a: func)                 | 1 | 12 | expected a type, got \"func\"",
                "f: func(a: list)                 | 1 | 16 | expected \"<\", got \")\"",
                "f: func(a: list<u8,0>)           | 1 | 12 | a list's fixed length is 1 or more, not 0",
                "f: func(a: list<u8,x>)           | 1 | 20 | expected a list's length, a number above 0, got \"x\"",
                "f: func(a: list<u8,4294967296>)  | 1 | 20 | a list's length is at most 2147483647, got \"4294967296\"",
                "f: func(a: map<f32, u8>)         | 1 | 16 | a map's key is a bool, an integer, a char or a string, not f32",
                "f: func(a: stream<char>)         | 1 | 12 | a stream cannot carry char: the component model does not define yet how",
                "f: func(a: borrow<b>) type b = u8| 1 | 19 | \"b\" is not a resource",
                "f: func(a: borrow<u8>)           | 1 | 19 | expected a resource, got the keyword \"u8\"; as a name it is written %u8",
                "resource b f: func()->borrow<b>  | 1 | 15 | a function cannot return a borrow: it ends with the call",
                "f: func(a: u8, A: u8)            | 1 |  4 | the parameters \"a\" and \"A\" differ only in case",
                "f: func() f: func()              | 1 | 11 | the function \"f\" is declared twice",
                "type a = u8 enum a { x }         | 1 | 18 | the type \"a\" is declared twice",
                "record r { }                     | 1 |  8 | a record has at least one field",
                "record r { x: u8, x: u8 }        | 1 |  8 | two fields have the name \"x\"",
                "record r { x: u8 y: u8 }         | 1 | 18 | expected \",\" or \"}\", got \"y\"",
                "record r { , }                   | 1 | 12 | expected a field, got \",\"",
                "record list { x: u8 }            | 1 |  8 | expected a name for the record, got the keyword \"list\"; as a name it is written %list",
                "record r                         | 1 |  9 | expected \"{\", got the end of the text",
                "enum e { a(u8) }                 | 1 | 11 | expected \",\" or \"}\", got \"(\"",
                "flags { a }                      | 1 |  7 | expected a name for the flags type, got \"{\"",
                "type a u8                        | 1 |  8 | expected \"=\", got \"u8\"",
                "type a = a                       | 1 | 10 | the type \"a\" refers to itself",
                "type a = list<b> type b = c type c = a | 1 | 38 | the type \"a\" refers to itself",
                "interface i { }                  | 1 |  1 | expected a type or a function (packages, interfaces and worlds are not read here), got \"interface\"",
                "resource r { }                   | 1 | 12 | expected a type or a function, as in \"greet: func()\", got \"{\"",
                "f: func() }                      | 1 | 11 | expected a type or a function, as in \"greet: func()\", got \"}\"",
                "/* f: func()                     | 1 |  1 | this comment has no end: expected \"*/\"",
                "\"f: func()                      | 1 |  1 | this string has no end: expected a closing \"",
                "\"\\x\": func()                  | 1 |  2 | expected an escape: \\\", \\', \\\\, \\t, \\n, \\r or \\u{1f30a}",
                "\"\\u{d800}\": func()            | 1 |  2 | U+D800 is not a Unicode scalar value",
            })
    void saysWhatWasExpectedAndWhere(String text, int line, int column, String problem) {
        WitException e = catchThrowableOfType(WitException.class, () -> WitSignatures.parse(text));
        assertThat(e.getMessage().lines().findFirst()).contains("line " + line + ", column " + column + ": " + problem);
    }

    @Test
    void namesTheRuleForNames() {
        assertThatThrownBy(() -> WitSignatures.parse("f: func(num_a: u8)")).hasMessage("""
                        line 1, column 9: expected a parameter's name, got "num_a": a name is words of letters and digits \
                        with one hyphen between them, each in one case, the first starting with a letter
                          f: func(num_a: u8)
                                  ^""");
    }

    @Test
    void refusesInvisibleAndMisleadingCharacters() {
        assertThatThrownBy(() -> WitSignatures.parse("f: func() // \u202e"))
                .hasMessageStartingWith("line 1, column 14: WIT does not allow the character U+202E");
        assertThatThrownBy(() -> WitSignatures.parse("f: func()\u0000"))
                .hasMessageStartingWith("line 1, column 10: WIT does not allow the character U+0000");
    }

    @Test
    void longLinesAreCut() {
        String text = "f: func(" + "a: u8, ".repeat(1_000).replace("a:", "b1:") + ")";
        assertThatThrownBy(() -> WitSignatures.parse("x".repeat(5_000) + " y"))
                .message()
                .hasSizeLessThan(400)
                .endsWith("^");
        assertThatThrownBy(() -> WitSignatures.parse(text)).message().hasSizeLessThan(400);
    }
}

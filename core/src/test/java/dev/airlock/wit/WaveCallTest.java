package dev.airlock.wit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ValueException;
import dev.airlock.error.WitException;
import dev.airlock.type.FuncType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveCallTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "greet(\"Ada\")                   | greet                  | \"Ada\"",
                "add(1, 2)                        | add                    | 1;2",
                "demo:kit/api.greet(\"x\")        | demo:kit/api.greet     | \"x\"",
                "f()                              | f                      | ``",
                " f ( ) // done                   | f                      | ``",
                "demo:kit/api@0.1.0#f(1,)         | demo:kit/api@0.1.0#f   | 1",
                "ReturnString()                   | ReturnString           | ``",
                "my_mod.f([1, 2], {a: (3, 4)})    | my_mod.f               | [1, 2];{a: (3, 4)}",
                "f(\",)\", ')', \"\\\"(\")        | f                      | \",)\";')';\"\\\"(\"",
                "[method]blob.read(1)             | [method]blob.read      | 1",
                "%func()                          | func                   | ``",
                "\"two words\"(1)                 | two words              | 1",
            })
    void readsTheNameAndFindsTheArguments(String text, String name, String arguments) {
        WaveCall call = WaveCall.parse(text);
        assertThat(call.name()).isEqualTo(name);
        assertThat(call.argumentTexts()).isEqualTo(arguments.isEmpty() ? List.of() : List.of(arguments.split(";")));
    }

    @Test
    void readsTheArgumentsByTheFunctionsType() {
        assertThat(print("f(\"Ada\", [1, 2], 3)", "f: func(a: string, b: list<u8>, c: option<u8>)"))
                .containsExactly("\"Ada\"", "[1, 2]", "some(3)");
        assertThat(print("f(// one\n1, /// two\n\"\"\"\n a) \"\n \"\"\" )", "f: func(a: u8, b: string)"))
                .containsExactly("1", "\"a) \\\"\"");
    }

    @Test
    void trailingOptionsMayBeMissing() {
        String signature = "f: func(a: option<u8>, b: option<u8>, c: option<u8>)";
        for (String text : List.of("f(some(1))", "f(1, none)", "f(1, none, none,)")) {
            assertThat(print(text, signature)).containsExactly("some(1)", "none", "none");
        }
        assertThat(print("f()", signature)).containsExactly("none", "none", "none");
    }

    @Test
    void namesTheParameterAndThePlace() {
        assertThatThrownBy(() -> print("add(1, 300)", "add: func(a: u8, b: u8)"))
                .isInstanceOf(ValueException.class)
                .hasMessage("b: u8 takes 0..255, got 300 (line 1, column 8)");
        assertThatThrownBy(() -> print("add(1)", "add: func(a: u8, b: u8)"))
                .isInstanceOf(ValueException.class)
                .hasMessage("add takes 2 arguments (a, b), got 1");
        assertThatThrownBy(() -> print("add(1, 2, 3)", "add: func(a: u8)"))
                .hasMessage("add takes 1 argument (a), got 3");
        assertThatThrownBy(() -> print("add(1)", "add: func()")).hasMessage("add takes 0 arguments, got 1");
        assertThatThrownBy(() -> print("add(1 2)", "add: func(a: u8)"))
                .isInstanceOf(WitException.class)
                .hasMessage("""
                        line 1, column 7: expected "," or ")", got "2"
                          add(1 2)
                                ^""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``          | 1 | expected a function's name, as in \"greet()\", got the end of the text",
                "(1)         | 1 | expected a function's name, as in \"greet()\", got \"(\"",
                "f           | 2 | expected \"(\", got the end of the text",
                "f 1         | 3 | expected \"(\", got \"1\"",
                "f(1         | 4 | expected \")\", got the end of the text",
                "f([1)       | 5 | the brackets do not match here: got \")\"",
                "f(1))       | 5 | expected the end of the text after the call, got \")\"",
                "f(1) -> 2   | 6 | expected the end of the text after the call, got \"-\"",
                "f(,)        | 3 | expected an argument, got \",\"",
                "f(1,,2)     | 5 | expected an argument, got \",\"",
                "f(\"a)      | 3 | this string has no end: expected a closing \"",
                "f('a)       | 3 | expected one character between single quotes, as in 'x' or '\\n'",
                "f(\"\"\"    | 3 | this string has no end: expected a closing \"\"\"",
            })
    void saysWhatIsNotACall(String text, int column, String problem) {
        assertThatThrownBy(() -> WaveCall.parse(text))
                .isInstanceOf(WitException.class)
                .hasMessageStartingWith("line 1, column " + column + ": " + problem + "\n");
    }

    @Test
    void bracketsDeeperThanAnyValueAreRefused() {
        for (String bracket : List.of("[", "(", "{", "{a: ", "some(")) {
            assertThatThrownBy(() -> WaveCall.parse("f(" + bracket.repeat(300_000)))
                    .as(bracket)
                    .isInstanceOf(WitException.class)
                    .hasMessageContaining("brackets nest to a depth of 200, no value needs more");
        }
        String deepest = "list<".repeat(99) + "u8" + ">".repeat(99);
        assertThat(print("f(" + "[".repeat(99) + "1" + "]".repeat(99) + ")", "f: func(a: " + deepest + ")"))
                .containsExactly("[".repeat(99) + "1" + "]".repeat(99));
        String maps = "map<u8, ".repeat(98) + "u8" + ">".repeat(98);
        assertThat(print("f(" + "[(1, ".repeat(98) + "1" + ")]".repeat(98) + ")", "f: func(a: " + maps + ")"))
                .hasSize(1);
    }

    private static List<String> print(String call, String signature) {
        FuncType type =
                WitSignatures.parse(signature).functions().values().iterator().next();
        return WaveCall.parse(call).arguments(type).stream().map(Wave::print).toList();
    }
}

package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.ValueException;
import dev.airlock.type.ValType;
import dev.airlock.wit.Wave;
import dev.airlock.wit.WitSignatures;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonValuesTest {
    private static final String TYPES = """
            record person { first-name: string, age: u8, is-XML: option<bool> }
            enum color { red, dark-red }
            flags access { read, write-all }
            variant shape { point, circle(f64) }
            """;

    private static ValType type(String wit) {
        return type(TYPES, wit);
    }

    /** A type, in whose text the names of some declarations may stand. */
    static ValType type(String declarations, String wit) {
        return WitSignatures.parse(declarations + "type it = " + wit + "; f: func(a: it)")
                .types()
                .get("it");
    }

    private static String decoded(String wit, String json) {
        return Wave.print(JsonValues.CODEC.decode(json.getBytes(StandardCharsets.UTF_8), type(wit)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            person              | {first-name: "Ada", age: 36, is-XML: some(true)} | {"firstName":"Ada","age":36,"isXml":true}
            person              | {first-name: "Ada", age: 36}                     | {"firstName":"Ada","age":36,"isXml":null}
            color               | dark-red                   | "DARK_RED"
            access              | {read, write-all}          | ["READ","WRITE_ALL"]
            access              | {}                         | []
            shape               | point                      | "point"
            shape               | circle(1.5)                | {"circle":1.5}
            result<u8, string>  | ok(1)                      | {"ok":1}
            result<u8, string>  | err("no")                  | {"err":"no"}
            result              | ok                         | "ok"
            option<u8>          | none                       | null
            list<u8>            | [1, 255]                   | "Af8="
            list<bool>          | [true, false]              | [true,false]
            tuple<u8, string>   | (1, "a")                   | [1,"a"]
            map<string, u8>     | [("a", 1)]                 | {"a":1}
            map<s32, u8>        | [(-4, 1)]                  | {"-4":1}
            map<bool, u8>       | [(true, 1)]                | {"true":1}
            char                | '🌍'                       | 127757
            u64                 | 18446744073709551615       | 18446744073709551615
            s64                 | -9223372036854775808       | -9223372036854775808
            u32                 | 4294967295                 | 4294967295
            f32                 | 0.1                        | 0.1
            f64                 | -1.5e+300                  | -1.5E300
            string              | "é🌍"                      | "é🌍"
            """, quoteCharacter = '\u0000')
    void thereAndBack(String wit, String wave, String json) {
        byte[] bytes = JsonValues.CODEC.encode(Wave.parse(type(wit), wave));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(json);
        assertThat(JsonValues.CODEC.decode(bytes, type(wit))).isEqualTo(Wave.parse(type(wit), wave));
    }

    @Test
    void whatMayBeMissingMayBeMissing() {
        assertThat(decoded("person", "{\"firstName\":\"Ada\",\"age\":1}")).isEqualTo("{first-name: \"Ada\", age: 1}");
        assertThat(decoded("list<u8>", "[1, 2]")).isEqualTo("[1, 2]");
        assertThat(decoded("f64", "-0.0")).isEqualTo("-0");
        assertThat(decoded("f32", "-0.0")).isEqualTo("-0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            person            | {"firstName":"Ada"}                    | "age" is missing
            person            | {"firstName":"A","age":1,"x":1}        | there is no field "x"
            person            | {"firstName":"A","age":300}            | age: u8 takes 0..255, got 300
            person            | {"firstName":1,"age":1}                | first-name: a string is wanted, got a number
            person            | []                                     | an object is wanted, got an array
            list<person>      | [{"firstName":"A","age":1}, null]      | [1]: an object is wanted, got null
            u8                | 1.0                                    | u8 takes whole numbers
            u8                | "1"                                    | a whole number is wanted, got a string
            f32               | 1e39                                   | the number is too large for f32
            f64               | 1e999999999                            | the number is too large for f64
            f64               | "NaN"                                  | a number is wanted, got a string
            char              | 55296                                  | surrogate
            color             | "dark-red"                             | there is no "dark-red": RED, DARK_RED
            access            | ["READ", 1]                            | [1]: a flag is wanted, got a number
            shape             | "circle"                               | the case "circle" carries f64
            shape             | {"point":1}                            | the case "point" carries nothing
            shape             | {"point":1,"circle":1}                 | got an object
            result<u8>        | {"Ok":1}                               | "ok" or "err" is wanted, got "Ok"
            tuple<u8, u8>     | [1]                                    | an array of 2 is wanted, got an array
            list<u8>          | "?"                                    | the text is not Base64
            map<u8, u8>       | {"300":1}                              | [0].key: u8 takes 0..255, got 300
            access            | ["READ","READ"]                        | [1]: the flag stands there twice
            map<u8, u8>       | {"01":1}                               | [0].key: a whole number is wanted
            bool              | 1 2                                    | it is not JSON
            bool              | tru                                    | it is not JSON
            bool              | {"a":1,"a":2}                          | it is not JSON
            """, quoteCharacter = '\u0000')
    void whatDoesNotFitIsRefused(String wit, String json, String message) {
        assertThatThrownBy(() -> decoded(wit, json))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining(message);
    }

    @Test
    void jsonHasNoNan() {
        ValType type = type("list<tuple<f64>>");
        assertThatThrownBy(() -> JsonValues.CODEC.encode(Wave.parse(type, "[(1), (nan)]")))
                .isInstanceOf(ValueException.class)
                .hasMessage("[1].0: JSON has no number NaN");
    }
}

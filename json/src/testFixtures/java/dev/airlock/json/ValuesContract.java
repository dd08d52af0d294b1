package dev.airlock.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.WitType;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.wit.Wave;
import dev.airlock.wit.WitSignatures;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that values of WIT types have the same JSON as the Java types that stand for them. */
public abstract class ValuesContract {
    private final PayloadCodec codec;

    protected ValuesContract(PayloadCodec codec) {
        this.codec = codec;
    }

    private static final String TYPES = """
            record person { first-name: string, age: u8, is-XML: option<bool> }
            enum color { red, dark-red }
            flags access { read, write-all }
            variant shape { point, circle(f64) }
            """;

    private static ValType type(String wit) {
        return type(TYPES, wit);
    }

    /** Parses a type, whose text may use the names of some declarations. */
    private static ValType type(String declarations, String wit) {
        return WitSignatures.parse(declarations + "type it = " + wit + "; f: func(a: it)")
                .types()
                .get("it");
    }

    private String decoded(String wit, String json) {
        return Wave.print((Value) codec.decode(json.getBytes(StandardCharsets.UTF_8), new WitType(type(wit))));
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
            string              | "é"                        | "é"
            """, quoteCharacter = '\u0000')
    void comesBackEqual(String wit, String wave, String json) {
        byte[] bytes = codec.encode(Wave.parse(type(wit), wave), new WitType(type(wit)));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(json);
        assertThat(codec.decode(bytes, new WitType(type(wit)))).isEqualTo(Wave.parse(type(wit), wave));
    }

    @Test
    void optionalComponentsMayBeMissing() {
        assertThat(decoded("person", "{\"firstName\":\"Ada\",\"age\":1}")).isEqualTo("{first-name: \"Ada\", age: 1}");
        assertThat(decoded("list<u8>", "[1, 2]")).isEqualTo("[1, 2]");
        assertThat(decoded("f64", "-0.0")).isEqualTo("-0");
        assertThat(decoded("f32", "-0.0")).isEqualTo("-0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            person            | {"firstName":"Ada"}                    | age: it is missing
            person            | {"firstName":"A","age":1,"x":1}        | x: there is no such member: firstName, age, isXml
            person            | {"firstName":"A","age":300}            | age: u8 takes 0..255, got 300
            person            | {"firstName":1,"age":1}                | firstName: expected a string, got a number
            person            | {"age":1,"age":2,"firstName":"A"}      | age
            person            | []                                     | expected an object, got an array
            list<person>      | [{"firstName":"A","age":1}, null]      | [1]: expected an object, got null
            u8                | 1.0                                    | u8 takes whole numbers
            u8                | "1"                                    | expected a whole number, got a string
            f32               | 1e39                                   | the number is too large for f32
            f64               | 1e999999999                            | the number is too large for f64
            f64               | "NaN"                                  | expected a number, got a string
            char              | 55296                                  | surrogate
            color             | "dark-red"                             | there is no such case "dark-red": RED, DARK_RED
            access            | ["READ", 1]                            | [1]: expected a flag, got a number
            access            | ["FLY"]                                | [0]: there is no such flag "FLY": READ, WRITE_ALL
            shape             | "circle"                               | the case "circle" carries a value: {"circle": …}
            shape             | {"point":1}                            | the case "point" carries nothing: "point"
            shape             | {"circle":1,"point":1}                 | there is more in it than the case "circle"
            shape             | {"circle":"1"}                         | circle: expected a number, got a string
            shape             | {"round":1}                            | there is no case "round": point, circle
            shape             | {}                                     | expected a case, as in "case" or {"case": …}
            result<u8>        | {"Ok":1}                               | there is no case "Ok": err, ok
            tuple<u8, u8>     | [1]                                    | expected an array of 2, got an array
            tuple<u8, u8>     | [1, 2, 3]                              | expected an array of 2, got a longer one
            tuple<u8, u8>     | [1, 256]                               | 1: u8 takes 0..255, got 256
            list<u8>          | "?"                                    | base64
            map<u8, u8>       | {"300":1}                              | u8 takes 0..255, got 300
            map<u8, u8>       | {"3":300}                              | 3: u8 takes 0..255, got 300
            access            | ["READ","READ"]                        | a flag appears twice
            map<u8, u8>       | {"01":1}                               | expected a whole number as the key, got "01"
            bool              | 1 2                                    | expected true or false, got a number
            bool              | true 2                                 | railing token
            bool              | tru                                    | Unrecognized token 'tru'
            """, quoteCharacter = '\u0000')
    void whatDoesNotFitIsRefused(String wit, String json, String message) {
        assertThatThrownBy(() -> decoded(wit, json))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining(message);
    }

    @Test
    void jsonHasNoNan() {
        ValType type = type("list<tuple<f64>>");
        assertThatThrownBy(() -> codec.encode(Wave.parse(type, "[(1), (nan)]"), new WitType(type)))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("[1].0: ");
    }

    @Test
    void valuesWithoutAFormAreRefusedBeforeTheyCross() {
        codec.check(new WitType(type("person")));
        assertThatThrownBy(() -> codec.check(new WitType(type("list<option<option<u8>>>"))))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("null would have two meanings");
    }
}

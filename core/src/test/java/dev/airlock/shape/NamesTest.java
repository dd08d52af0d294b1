package dev.airlock.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.SignatureException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "greet,         greet,          greet",
        "getInputSize,  get-input-size, get_input_size",
        "toJSON,        to-json,        to_json",
        "URLParser,     url-parser,     url_parser",
        "URLs,          urls,           urls",
        "parseURLs,     parse-urls,     parse_urls",
        "parseURLsOf,   parse-urls-of,  parse_urls_of",
        "IDs2,          ids2,           ids2",
        "isOK,          is-ok,          is_ok",
        "aB,            a-b,            a_b",
        "sha256Of,      sha256-of,      sha256_of",
        "sha256of,      sha256of,       sha256of",
        "SHA256,        sha256,         sha256",
        "utf8,          utf8,           utf8",
        "ipV4,          ip-v4,          ip_v4",
        "x2Y,           x2-y,           x2_y",
        "x2y,           x2y,            x2y",
        "md5SUM,        md5-sum,        md5_sum",
        "DARK_RED,      dark-red,       dark_red",
        "get_size,      get-size,       get_size",
        "a__b,          a-b,            a_b",
        "_x,            x,              _x",
        "x_,            x,              x_",
        "__heap,        heap,           __heap",
        "lambda$call,   lambda-call,    lambda_call"
    })
    void takesNamesApart(String java, String kebab, String snake) {
        assertThat(Names.kebab(java)).isEqualTo(kebab);
        assertThat(Names.snake(java)).isEqualTo(snake);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_", "_1", "größe", "名前"})
    void refusesWhatMakesNoLabel(String java) {
        assertThatThrownBy(() -> Names.kebab(java))
                .isInstanceOf(SignatureException.class)
                .hasMessage("\"" + java
                        + "\" makes no WIT name: one is made of ASCII letters and digits, and starts with a letter");
    }

    @Test
    void keepsInSnakeCaseWhatIsNoLabel() {
        assertThat(Names.snake("größeVon")).isEqualTo("größe_von");
        assertThat(Names.snake("_")).isEqualTo("_");
        assertThat(Names.snake("_1")).isEqualTo("_1");
    }

    @Test
    void listsCandidatesWithoutRepetition() {
        assertThat(Names.candidates("getInputSize"))
                .containsExactly("getInputSize", "get_input_size", "get-input-size");
        assertThat(Names.candidates("greet")).containsExactly("greet");
        assertThat(Names.candidates("größeVon")).containsExactly("größeVon", "größe_von");
    }

    @Test
    void matchesLabelsWhosePlacesOfHyphensJavaCannotTell() {
        assertThat(Names.match("is-XML", List.of("isHtml", "isXml"), Function.identity()))
                .isEqualTo("isXml");
        assertThat(Names.match("a1-2-3", List.of("a123"), Function.identity())).isEqualTo("a123");
        assertThat(Names.match("ids-2", List.of("IDs2"), Function.identity())).isEqualTo("IDs2");
    }

    @Test
    void prefersTheExactMatchAndRefusesToGuess() {
        assertThat(Names.match("a-b", List.of("ab", "aB"), Function.identity())).isEqualTo("aB");
        assertThat(Names.match("a-b-c", List.of("abC", "aBc"), Function.identity()))
                .isNull();
    }

    @Test
    void namesGenericTypesByTheirArgumentsToo() {
        assertThat(Names.typeName("OrderItem")).isEqualTo("order-item");
        assertThat(Names.typeName("Page<List<Order>>")).isEqualTo("page-list-order");
        assertThat(Names.typeName("Größe")).isNull();
    }

    @Test
    void meansTheNamesThatItMakesOrElseThoseThatAreNear() {
        assertThat(meant("httpGet", "http-get", "httpget", "HTTP-get")).containsExactly("http-get");
        assertThat(meant("httpGet", "HTTP-get")).containsExactly("HTTP-get");
        assertThat(meant("httpGet", "httpget", "HTTP-get")).containsExactly("httpget", "HTTP-get");
        assertThat(meant("httpGet", "http-put")).isEmpty();
        assertThat(meant("start", "_start")).isEmpty();
        assertThat(meant("_start", "_start")).containsExactly("_start");
        assertThat(meant("class_", "class")).containsExactly("class");
        assertThat(meant("größeVon", "Größe_von")).containsExactly("Größe_von");
    }

    private static List<String> meant(String javaName, String... names) {
        return Names.meant(javaName, List.of(names), Function.identity());
    }
}

package dev.airlock.wit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.wit.ExternName.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternNameTest {
    @Test
    void eachFormHasItsParts() throws Malformed {
        assertThat(ExternName.parse("get-JSON")).isEqualTo(new ExternName.Plain("get-JSON"));
        assertThat(ExternName.parse("[constructor]blob"))
                .isEqualTo(new ExternName.Constructor("[constructor]blob", "blob"));
        assertThat(ExternName.parse("[method]blob.size-of"))
                .isEqualTo(new ExternName.Method("[method]blob.size-of", "blob", "size-of"));
        assertThat(ExternName.parse("[static]blob.merge"))
                .isEqualTo(new ExternName.Static("[static]blob.merge", "blob", "merge"));
        assertThat(ExternName.parse("wasi:http/types"))
                .isEqualTo(new ExternName.Interface("wasi:http/types", "wasi", "http", "types", null));
        assertThat(ExternName.parse("my-ns:a-pkg/iface@1.2.3-rc.1+b.5"))
                .isEqualTo(new ExternName.Interface(
                        "my-ns:a-pkg/iface@1.2.3-rc.1+b.5",
                        "my-ns",
                        "a-pkg",
                        "iface",
                        new Version(1, 2, 3, "rc.1", "b.5")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1a",
                "a--b",
                "-a",
                "aBc",
                "a_b",
                "[getter]a.b",
                "[method]a",
                "[method]a.b.c",
                "[constructor]a.b",
                "a:b",
                ":/",
                "A:b/c",
                "a:B/c",
                "a:b/c@1.0",
                "a:b/c@01.0.0",
                "a:b/c@1.0.0-",
                "a:b/c@1.0.0-01",
                "a:b/c@1.0.0+",
                "a:b/c@1.0.0-ä",
                "a:b/c@9999999999999999999.0.0",
                "url=<https://a.b/c>",
                "integrity=<sha256-abc>"
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> ExternName.parse(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void namesThatToolsMayConfuseAreNotUnique() throws Malformed {
        assertThat(unique("foo-BAR")).isEqualTo(unique("foo-bar"));
        assertThat(unique("[method]foo.foo")).isEqualTo(unique("FOO"));
        assertThat(unique("[static]foo.bar")).isEqualTo(unique("[method]foo.BAR"));
        assertThat(unique("[constructor]foo")).isNotEqualTo(unique("foo"));
        assertThat(unique("[method]foo.bar")).isNotEqualTo(unique("bar"));
    }

    private static String unique(String name) throws Malformed {
        return ExternName.parse(name).unique();
    }
}

package dev.airlock.doc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's first example is the project in {@code examples/hello}, which CI builds and runs. */
class FirstScreenTest {
    @Test
    void showsTheExample() throws IOException {
        String readme = Files.readString(Documents.root().resolve("README.md"));
        Path example = Documents.root().resolve("examples/hello");
        assertThat(readme)
                .contains("``` java\n" + Files.readString(example.resolve("src/main/java/Hello.java")) + "```\n");
        String pom = Files.readString(example.resolve("pom.xml"));
        assertThat(pom).contains("<artifactId>airlock-json</artifactId>", version(readme));
        assertThat(Files.mismatch(
                        example.resolve("repeat.wasm"), Documents.root().resolve("guests/rust/repeat.wasm")))
                .isEqualTo(-1);
    }

    private static String version(String readme) {
        int start = readme.indexOf("<version>");
        return readme.substring(start, readme.indexOf("</version>", start));
    }
}

package dev.airlock.doc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The README's first example, and the project of {@code docs/START.md}, are the project in {@code examples/hello}, which CI
 * builds and runs.
 */
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

    @Test
    void startShowsTheExample() throws IOException {
        String start = Files.readString(Documents.root().resolve("docs/START.md"));
        Path example = Documents.root().resolve("examples/hello");
        String pom = Files.readString(example.resolve("pom.xml"));
        assertThat(start)
                .contains("``` java\n" + Files.readString(example.resolve("src/main/java/Hello.java")) + "```\n")
                .contains("```xml\n" + pom + "```\n")
                .contains("dev.airlock:airlock-json:" + version(pom).substring("<version>".length()));
    }

    private static String version(String readme) {
        int start = readme.indexOf("<version>", readme.indexOf("airlock-json</artifactId>"));
        return readme.substring(start, readme.indexOf("</version>", start));
    }
}

package dev.airlock.doc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The guests of the language pages: the page shows the unchanged source, and its command builds a guest that works, if the
 * compiler is installed. What the page's Java block does with the built guest is checked by {@link DocumentsTest}.
 */
@Tag("slow")
class LanguagePagesTest {
    private static final Pattern COMMAND = Pattern.compile("Build it:\n\n```sh\n(.*?)\n```", Pattern.DOTALL);

    interface Guide {
        String greet(String name);

        byte[] reverse(byte[] bytes);
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "c,guide.c",
        "cpp,guide.cpp",
        "rust,guide.rs",
        "go,go/guide.go",
        "zig,guide.zig",
        "assemblyscript,guide.ts"
    })
    void thePageShowsTheSource(String language, String source) throws IOException {
        assertThat(page(language))
                .contains("\n" + Files.readString(guests().resolve(source)).stripTrailing() + "\n```");
    }

    @ParameterizedTest
    @CsvSource({
        "c,guide.c",
        "cpp,guide.cpp",
        "rust,guide.rs",
        "go,go/guide.go",
        "zig,guide.zig",
        "assemblyscript,guide.ts"
    })
    void theCommandBuildsIt(String language, String source) throws Exception {
        Matcher command = COMMAND.matcher(page(language));
        assertThat(command.find()).as("a command to build").isTrue();
        String text = command.group(1);
        String compiler = Stream.of(text.split(" "))
                .filter(word -> !word.contains("="))
                .findFirst()
                .orElseThrow();
        assumeTrue(isInstalled(compiler), compiler + " is not installed");
        Path file = guests().resolve(source);
        Files.copy(file, folder.resolve(file.getFileName()));
        if (language.equals("go")) {
            Files.copy(file.resolveSibling("go.mod"), folder.resolve("go.mod"));
        }
        Path log = folder.resolve("log");
        Process built = new ProcessBuilder("sh", "-c", text)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(built.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(log, UTF_8);
        // A compiler without the library for WebAssembly cannot build the guest.
        assumeTrue(built.exitValue() == 0 || !said.contains("may not be installed"), said);
        assertThat(built.exitValue()).as(said).isZero();
        try (Guest guest = Airlock.open(folder.resolve("guide-" + language + ".wasm"))) {
            Guide guide = guest.unknownImportsAsTraps().as(Guide.class);
            assertThat(guide.greet("Zoë")).isEqualTo("Hello, Zoë!");
            assertThat(guide.reverse(new byte[0])).isEmpty();
            assertThat(guide.reverse(new byte[] {1, 2, 3})).containsExactly(3, 2, 1);
        }
    }

    private static String page(String language) throws IOException {
        return Files.readString(Documents.root().resolve("docs/languages/" + language + ".md"));
    }

    private static Path guests() {
        return Documents.root().resolve("guests/languages");
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}

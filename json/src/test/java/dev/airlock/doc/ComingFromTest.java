package dev.airlock.doc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Looks up the names in the tables of the pages for users of other libraries. {@link DocumentsTest} runs the pages' blocks that
 * use Airlock.
 */
class ComingFromTest {
    private static final Pattern OURS = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern MEMBER =
            Pattern.compile("`([A-Z][A-Za-z0-9.]*)\\.([a-z][A-Za-z0-9]*)(?:\\([^`]*\\))?`");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:\\.[A-Z][A-Za-z0-9]*)*)`");
    private static final List<String> PACKAGES = List.of(
            "",
            ".component",
            ".engine",
            ".error",
            ".limit",
            ".memory",
            ".pool",
            ".program",
            ".type",
            ".wasi",
            ".wasi.preview1",
            ".wit");

    @ParameterizedTest
    @ValueSource(strings = {"endive", "wasmtime-java", "extism", "wasmtime-rust"})
    void everyBlockOfOursRuns(String library) throws IOException {
        List<String> blocks = OURS.matcher(page(library))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(6).allMatch(block -> block.contains("System.out.print"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"endive", "wasmtime-java", "extism", "wasmtime-rust"})
    void everyNameOfOursExists(String library) throws IOException {
        List<String> cells = page(library)
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.split("\\|")[2])
                .toList();
        assertThat(cells).hasSizeGreaterThanOrEqualTo(8);
        for (String cell : cells) {
            Matcher members = MEMBER.matcher(cell);
            while (members.find()) {
                String member = members.group(2);
                assertThat(Arrays.stream(type(members.group(1)).getMethods()).map(Method::getName))
                        .as(members.group())
                        .contains(member);
            }
            TYPE.matcher(cell).results().forEach(found -> type(found.group(1)));
        }
    }

    private static Class<?> type(String name) {
        return Stream.concat(
                        PACKAGES.stream().map(room -> "dev.airlock" + room + "." + name.replace('.', '$')),
                        Stream.of("java.nio.file." + name))
                .<Class<?>>mapMulti((full, found) -> {
                    try {
                        found.accept(Class.forName(full));
                    } catch (ClassNotFoundException e) {
                        // in another package
                    }
                })
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no type " + name));
    }

    private static String page(String library) throws IOException {
        return Files.readString(Documents.root().resolve("docs/coming-from/" + library + ".md"));
    }
}

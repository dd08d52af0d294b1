package dev.airlock.doc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles and runs every Java block of the README and of the documents. A block is the body of a method; its output must
 * equal the comments after its {@code print} calls; every block of the README prints. A block that starts with a space before {@code java} is a whole file,
 * which is in {@code examples} or {@code guests}.
 */
@Tag("slow")
class DocumentsTest {
    private static final Pattern BLOCK = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PRINTED = Pattern.compile("System\\.out\\.print.*;\\s*// (.*)$", Pattern.MULTILINE);
    private static final String IMPORTS = Stream.of(
                    "dev.airlock",
                    "dev.airlock.component",
                    "dev.airlock.convention",
                    "dev.airlock.engine",
                    "dev.airlock.error",
                    "dev.airlock.limit",
                    "dev.airlock.mapping",
                    "dev.airlock.memory",
                    "dev.airlock.pool",
                    "dev.airlock.program",
                    "dev.airlock.type",
                    "dev.airlock.wasi",
                    "dev.airlock.wasi.preview1",
                    "dev.airlock.wit",
                    "java.nio.file",
                    "java.time",
                    "java.util",
                    "java.util.function")
            .map(room -> "import " + room + ".*;\n")
            .reduce("import dev.airlock.engine.Module;\n", String::concat);

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> everyBlockRuns() throws IOException {
        Path root = Documents.root();
        var tests = new ArrayList<DynamicTest>();
        for (Path document : Documents.all()) {
            Matcher blocks = BLOCK.matcher(Files.readString(document));
            while (blocks.find()) {
                String block = blocks.group(1);
                if (!PRINTED.matcher(block).find() && !document.endsWith("README.md")) {
                    continue; // a fragment, which shows a form and no result
                }
                String name = "Block" + tests.size();
                tests.add(DynamicTest.dynamicTest(
                        root.relativize(document) + ": "
                                + block.lines().findFirst().orElse(""),
                        () -> run(name, block, root)));
            }
        }
        assertThat(tests).as("blocks in documents").hasSizeGreaterThanOrEqualTo(15);
        return tests;
    }

    private void run(String name, String block, Path root) throws Exception {
        List<String> promised =
                PRINTED.matcher(block).results().map(found -> found.group(1)).toList();
        assertThat(promised).as("what the block says that it prints").isNotEmpty();
        // Documents name files from the project's root; tests run in their module's folder.
        String body = block.replace("Path.of(\"guests/", "Path.of(\"" + root + "/guests/");
        Sources.compile(
                folder,
                name,
                IMPORTS + "class " + name + " {\n  static void run() throws Exception {\n" + body + "  }\n}\n");
        assertThat(output(name).lines()).containsExactlyElementsOf(promised);
    }

    private String output(String name) throws Exception {
        var printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (var loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            System.setOut(new PrintStream(printed, true, UTF_8));
            var run = loader.loadClass(name).getDeclaredMethod("run");
            run.setAccessible(true);
            run.invoke(null);
        } catch (InvocationTargetException e) {
            throw new AssertionError("the block threw " + e.getCause(), e.getCause());
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8);
    }
}

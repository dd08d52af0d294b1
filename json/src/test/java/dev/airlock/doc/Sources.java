package dev.airlock.doc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Java source from documents, compiled against the test's class path. */
final class Sources {
    private Sources() {}

    /** Compiles a class into a folder; fails with the compiler's messages. */
    static void compile(Path folder, String name, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, UTF_8);
        var messages = new StringWriter();
        Path source = folder.resolve(name + ".java");
        try {
            Files.writeString(source, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean compiled = compiler.getTask(
                        messages,
                        files,
                        null,
                        List.of("-d", folder.toString(), "--release", "17", "-proc:none"),
                        null,
                        files.getJavaFileObjects(source))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
    }
}

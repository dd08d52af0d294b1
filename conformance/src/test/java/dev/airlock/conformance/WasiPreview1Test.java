package dev.airlock.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Engine;
import dev.airlock.error.Trap;
import dev.airlock.program.Invocation;
import dev.airlock.program.Program;
import dev.airlock.program.ProgramResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs WebAssembly/wasi-testsuite, preview 1. */
class WasiPreview1Test {
    /** Sets the time of a link itself, to the nanosecond. Some JDKs can only set microseconds, and Java has no other way. */
    private static final String LINK_TIME = "rust/symlink_filestat.wasm";

    private final Engine engine = Engine.create();
    private final JsonMapper json = JsonMapper.shared();

    @TempDir
    private Path scratch;

    @TestFactory
    Stream<DynamicTest> everyTestOfTheSuite() throws IOException {
        Path suite = Suites.folder("airlock.suites").resolve("wasi-preview1");
        try (Stream<Path> files = Files.walk(suite)) {
            return files
                    .filter(file -> file.toString().endsWith(".wasm"))
                    .sorted()
                    .map(file -> test(suite.relativize(file).toString(), file))
                    .toList()
                    .stream();
        }
    }

    private DynamicTest test(String name, Path file) {
        return DynamicTest.dynamicTest(name, () -> {
            if (name.equals(LINK_TIME) && !linksHaveNanoseconds()) {
                assertThatThrownBy(() -> check(name, file)).isInstanceOf(Trap.class);
            } else {
                check(name, file);
            }
        });
    }

    private boolean linksHaveNanoseconds() throws IOException {
        Path link = Files.createSymbolicLink(scratch.resolve("link"), Path.of("nowhere"));
        FileTime time = FileTime.from(1_234_567_891, TimeUnit.NANOSECONDS);
        var view = Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setTimes(time, null, null);
        return view.readAttributes().lastModifiedTime().equals(time);
    }

    private void check(String name, Path file) throws IOException {
        JsonNode spec = spec(file);
        Invocation run = Program.of(engine.compile(file)).invocation();
        for (JsonNode argument : spec.path("args")) {
            run.args(argument.asString());
        }
        spec.path("env")
                .properties()
                .forEach(e -> run.env(e.getKey(), e.getValue().asString()));
        if (spec.has("root")) {
            run.preopenedDir(copy(name, file.resolveSibling(spec.get("root").asString())), "/");
        }
        ProgramResult result = run.run();
        assertThat(result.exitCode())
                .as("exit code; stderr: %s", result.stderrText())
                .isEqualTo(spec.path("exit_code").asInt(0));
        if (spec.has("stdout")) {
            assertThat(result.stdoutText()).isEqualTo(spec.get("stdout").asString());
        }
        if (spec.has("stderr")) {
            assertThat(result.stderrText()).isEqualTo(spec.get("stderr").asString());
        }
    }

    private JsonNode spec(Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName().toString().replaceAll("\\.wasm$", ".json"));
        return Files.exists(beside) ? json.readTree(Files.readString(beside)) : json.createObjectNode();
    }

    /** Tests write to their root, so each gets its own. */
    private Path copy(String name, Path from) throws IOException {
        Path to = Files.createDirectories(scratch.resolve(name.replace('/', '-')));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }
        return to;
    }
}

package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Guests;
import dev.airlock.program.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder, several processes. */
@Tag("slow")
class CodeCacheProcessesTest {
    /** Waits for a line, compiles a guest and runs it, and says whether it was cached and what it printed. */
    static final class CompileAndRun {
        public static void main(String[] args) throws IOException {
            Engine engine = Engine.withCodeCache(Path.of(args[0]));
            byte[] guest = Files.readAllBytes(Path.of(args[1]));
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            Module module = engine.compile("repeat.wasm", guest);
            String answer = Program.of(module)
                    .invocation()
                    .stdin("{\"name\":\"Ada\",\"num\":2}")
                    .run()
                    .stdoutText();
            System.out.println(module.isCached() + " " + answer.strip());
        }
    }

    private record Running(Process process, BufferedReader lines) {
        String line() throws IOException {
            return lines.readLine();
        }

        void go() throws IOException {
            process.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
        }
    }

    @Test
    void processesThatCompileTheSameGuestAtOnceAllGetIt(@TempDir Path folder) throws Exception {
        Path guest = Files.write(folder.resolve("repeat.wasm"), Guests.bytes("rust/repeat"));
        Path cache = folder.resolve("cache");
        String answer = "{\"names\":[\"Ada\",\"Ada\"]}";
        List<String> first = all(3, cache, guest);
        assertThat(first).hasSize(3).allMatch(line -> line.endsWith(" " + answer));
        assertThat(first).as("somebody had to compile it").contains("false " + answer);
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).hasSize(1).allMatch(file -> file.toString().endsWith(".entry"));
        }
        assertThat(all(2, cache, guest)).containsExactly("true " + answer, "true " + answer);
    }

    private static List<String> all(int count, Path cache, Path guest) throws Exception {
        var running = new ArrayList<Running>();
        try {
            for (int i = 0; i < count; i++) {
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CompileAndRun.class.getName(),
                                cache.toString(),
                                guest.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                running.add(new Running(process, process.inputReader(StandardCharsets.UTF_8)));
            }
            for (Running each : running) {
                assertThat(each.line()).isEqualTo("ready");
            }
            for (Running each : running) {
                each.go();
            }
            var lines = new ArrayList<String>();
            for (Running each : running) {
                lines.add(each.line());
                assertThat(each.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            return lines;
        } finally {
            running.forEach(each -> each.process.destroyForcibly());
        }
    }
}

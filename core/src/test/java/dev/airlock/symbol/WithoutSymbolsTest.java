package dev.airlock.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Guests;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Func;
import dev.airlock.engine.Linker;
import dev.airlock.error.Trap;
import dev.airlock.symbols.api.SymbolReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in JVMs of their own, with and without {@code airlock-symbols} on the class path. */
class WithoutSymbolsTest {
    /** Prints the guest's frames of a trap. */
    static final class Crash {
        public static void main(String[] args) {
            Func area = new Linker()
                    .instantiate(Engine.create().compile(Path.of(args[0])))
                    .function("area");
            try {
                area.call(0);
            } catch (Trap trap) {
                Arrays.stream(trap.getStackTrace())
                        .filter(frame -> frame.getClassName().equals("wasm"))
                        .forEach(System.out::println);
            }
        }
    }

    @Test
    void withTheArtifactFunctionsHaveReadableNamesAndLines() throws Exception {
        assertThat(frames(System.getProperty("java.class.path")))
                .contains("crash.wasm/wasm.crash::shapes::Shape::area(rust/crash/crash.rs:13)");
    }

    @Test
    void withoutTheArtifactFunctionsKeepTheirSymbolsAndHaveNoLines() throws Exception {
        assertSymbolsOnly(frames(classPathWithout()));
    }

    /** As a tool leaves it that removes unused classes from a jar. */
    @Test
    void aServiceWhoseClassIsMissingDoesNotReplaceTheTrap(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(SymbolReader.class.getName()), "dev.airlock.symbols.Missing");
        List<String> printed = frames(classPathWithout() + File.pathSeparator + folder);
        assertThat(printed).anyMatch(line -> line.contains("airlock-symbols cannot be loaded"));
        assertSymbolsOnly(
                printed.stream().filter(line -> line.startsWith("wasm.")).toList());
    }

    private static String classPathWithout() {
        String without = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !isSymbols(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(without).isNotEqualTo(System.getProperty("java.class.path"));
        return without;
    }

    private static void assertSymbolsOnly(List<String> frames) {
        assertThat(frames).hasSize(5).allMatch(frame -> frame.endsWith("(crash.wasm)"));
        assertThat(frames.get(2)).startsWith("wasm._ZN5crash6shapes5Shape4area17h");
        assertThat(frames.get(4)).isEqualTo("wasm.area(crash.wasm)");
    }

    /** A jar from a repository, or the classes of the module beside this one. */
    private static boolean isSymbols(Path entry) {
        return entry.getFileName().toString().matches("airlock-symbols-\\d.*")
                || entry.endsWith(Path.of("symbols", "target", "classes"));
    }

    private static List<String> frames(String classPath) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        Crash.class.getName(),
                        Guests.file("rust/crash").toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }
}

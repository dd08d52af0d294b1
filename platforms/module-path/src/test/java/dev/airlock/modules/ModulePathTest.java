package dev.airlock.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs users' programs in separate JVMs, with the published jars and without flags. */
class ModulePathTest {
    private static final Path LIBRARIES = Path.of(System.getProperty("airlock.libraries"));
    private static final Path PROGRAMS = Path.of(System.getProperty("airlock.programs"));
    private static final String GUESTS = System.getProperty("airlock.guests");

    private static final List<String> ANSWERS = List.of(
            "Names[names=[Ada, Ada]]",
            "Hello, Ada! Names[names=[Ada, Ada]]",
            "Ada");

    @TempDir
    static Path compiled;

    @BeforeAll
    static void compile() throws IOException {
        for (String module : List.of("types", "app", "hidden", "crash")) {
            List<String> command = new ArrayList<>(List.of(
                    "-d",
                    compiled.resolve(module).toString(),
                    "--module-path",
                    LIBRARIES + File.pathSeparator + compiled.resolve("types")));
            try (Stream<Path> sources = Files.walk(PROGRAMS.resolve(module))) {
                sources.filter(source -> source.toString().endsWith(".java"))
                        .forEach(source -> command.add(source.toString()));
            }
            assertEquals(List.of(), run("javac", command));
        }
    }

    /** The guests' interfaces are in a module that opens their package; the program is in another module. */
    @Test
    void aProgramRunsOnTheModulePathWithoutFlags() throws IOException {
        List<String> printed =
                run("java", List.of("-p", modulePath("types", "app"), "-m", "com.example.app/com.example.app.App", GUESTS));
        assertEquals(lines("dev.airlock"), printed);
    }

    @Test
    void theSameJarsRunOnTheClassPath() throws IOException {
        List<String> printed = run(
                "java",
                List.of(
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                LIBRARIES + "/*",
                                compiled.resolve("types").toString(),
                                compiled.resolve("app").toString()),
                        "com.example.app.App",
                        GUESTS));
        assertEquals(lines("on the class path"), printed);
    }

    /** An interface in a package that is not open to Airlock is refused, and the message has the missing line. */
    @Test
    void aClosedPackageIsRefusedWithTheLineThatIsMissing() throws IOException {
        List<String> printed = run(
                "java", List.of("-p", modulePath("hidden"), "-m", "com.example.hidden/com.example.hidden.Hidden", GUESTS));
        assertEquals(2, printed.size(), printed::toString);
        for (String line : printed) {
            assertTrue(line.contains("add to module com.example.hidden: opens com.example.hidden to dev.airlock"), line);
        }
    }

    /** {@code airlock-symbols} is resolved without a {@code requires}, by its service. */
    @Test
    void framesOfAGuestHaveReadableNamesAndLines() throws IOException {
        List<String> frames = run(
                "java", List.of("-p", modulePath("crash"), "-m", "com.example.crash/com.example.crash.Crash", GUESTS));
        assertTrue(frames.contains("crash.wasm/wasm.crash::shapes::Shape::area(rust/crash/crash.rs:13)"), frames::toString);
    }

    @Test
    void withoutAirlockSymbolsFramesHaveTheNamesOfTheModule(@TempDir Path libraries) throws IOException {
        int left = 0;
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            for (Path jar : jars.toList()) {
                if (jar.getFileName().toString().matches("airlock-symbols-\\d.*")) {
                    left++;
                } else {
                    Files.copy(jar, libraries.resolve(jar.getFileName()));
                }
            }
        }
        assertEquals(1, left, "jars that are left out");
        String path = libraries + File.pathSeparator + compiled.resolve("crash");
        for (List<String> options : List.of(
                List.of("-p", path, "-m", "com.example.crash/com.example.crash.Crash", GUESTS),
                List.of("-cp", path.replace(libraries.toString(), libraries + "/*"), "com.example.crash.Crash", GUESTS))) {
            List<String> frames = run("java", options);
            assertEquals(5, frames.size(), frames::toString);
            assertTrue(frames.get(2).startsWith("wasm._ZN5crash6shapes5Shape4area17h"), frames::toString);
            assertTrue(frames.stream().allMatch(frame -> frame.endsWith("(crash.wasm)")), frames::toString);
        }
    }

    private static String modulePath(String... modules) {
        return Stream.concat(Stream.of(LIBRARIES.toString()), Stream.of(modules).map(m -> compiled.resolve(m).toString()))
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    private static List<String> lines(String last) {
        return Stream.concat(ANSWERS.stream(), Stream.of(last)).toList();
    }

    /** Runs a tool of the JDK that runs this test; returns the lines that it prints. */
    private static List<String> run(String tool, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}

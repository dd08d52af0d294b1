package dev.airlock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.conformance.CoreSuite.End;
import dev.airlock.conformance.CoreSuite.Outcome;
import dev.airlock.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the testsuite of WebAssembly/spec and those of its proposals. Every directive that has a binary has to pass. The figures in
 * docs/CONFORMANCE.md have to be those of the run.
 */
class CoreSuiteTest {
    /** Below the folder of suites; a part of it, such as {@code spec/simd_}, if the property says so. */
    private static final String PART = System.getProperty("airlock.suites.core", "");

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final List<String> KINDS = List.of(
            "module",
            "assert_return",
            "assert_trap",
            "assert_exhaustion",
            "assert_exception",
            "assert_invalid",
            "assert_malformed",
            "assert_unlinkable",
            "assert_uninstantiable");

    private static final Path NOTE = Path.of("..", "docs", "CONFORMANCE.md");
    private static final String START = "<!-- core: written by CoreSuiteTest -->\n";
    private static final String END = "<!-- core: end -->\n";

    private static final Map<String, List<Outcome>> FILES = new LinkedHashMap<>();

    @BeforeAll
    static void run() throws IOException {
        Path suite = Suites.folder("airlock.suites").resolve("core");
        Engine engine = Engine.create();
        for (String file : CoreSuite.files(suite)) {
            if (file.startsWith(PART)) {
                FILES.put(file, run(engine, suite, file));
            }
        }
    }

    private static List<Outcome> run(Engine engine, Path suite, String file) {
        return Assertions.assertTimeoutPreemptively(
                LONGEST, () -> CoreSuite.run(new EngineDriver(engine), suite, file), file);
    }

    private static List<Outcome> outcomes() {
        return FILES.values().stream().flatMap(List::stream).toList();
    }

    @TestFactory
    Stream<DynamicTest> everyFileOfTheSuite() {
        return FILES.entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey(),
                        () -> assertThat(file.getValue())
                                .filteredOn(outcome -> outcome.end() == End.FAILED)
                                .extracting(outcome -> outcome.name() + ": " + outcome.reason())
                                .isEmpty()));
    }

    @Test
    void theNoteHasTheFiguresOfThisRun() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeTrue(PART.isEmpty(), "a part of the suite has other figures");
        String note = Files.readString(NOTE);
        int start = note.indexOf(START) + START.length();
        int end = note.indexOf(END);
        String figures = figures();
        Path written = Files.createDirectories(Path.of("target")).resolve("core.md");
        Files.writeString(written, figures);
        assertThat(note.substring(start, end))
                .as(
                        "docs/CONFORMANCE.md is out of date: replace its table with the text of %s",
                        written.toAbsolutePath())
                .isEqualTo(figures);
    }

    private static String figures() {
        var text = new StringBuilder();
        text.append("| folder | ").append(String.join(" | ", KINDS)).append(" |\n|---");
        text.append("|---:".repeat(KINDS.size())).append("|\n");
        for (String group : outcomes().stream().map(Outcome::group).distinct().toList()) {
            var cells = new ArrayList<String>();
            cells.add("`" + group + "`");
            for (String kind : KINDS) {
                List<Outcome> all = outcomes().stream()
                        .filter(o -> o.group().equals(group) && kindOf(o).equals(kind) && o.end() != End.NO_BINARY)
                        .toList();
                long passed = all.stream().filter(o -> o.end() == End.PASSED).count();
                cells.add(all.isEmpty() ? "" : passed + " of " + all.size());
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        long passed = outcomes().stream().filter(o -> o.end() == End.PASSED).count();
        long without = outcomes().stream().filter(o -> o.end() == End.NO_BINARY).count();
        text.append("\n").append(passed).append(" directives pass. ").append(without);
        text.append(" have no binary, or follow one that has none, in their file.\n");
        return text.toString();
    }

    /** Definitions, instances, registrations, actions and threads count as modules do. */
    private static String kindOf(Outcome outcome) {
        return outcome.kind().startsWith("assert_") ? outcome.kind() : "module";
    }
}

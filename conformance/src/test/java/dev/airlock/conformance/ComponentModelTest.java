package dev.airlock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.conformance.ComponentSuite.End;
import dev.airlock.conformance.ComponentSuite.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the suite of WebAssembly/component-model, {@code test/}. The file {@code component-model.txt} in this class's
 * resources lists each directive that fails, with the reason; a listed directive that passes fails this test. The figures
 * in docs/CONFORMANCE.md have to be those of the run.
 */
class ComponentModelTest {
    private static final List<String> GROUPS = List.of("binary", "linking", "resources", "validation", "values");

    /** A gated feature: its directives are counted, and not listed one by one. */
    private static final String GATED_GROUP = "async";

    private static final List<String> KINDS =
            List.of("component", "assert_return", "assert_trap", "assert_invalid", "assert_malformed");

    private static final Path NOTE = Path.of("..", "docs", "CONFORMANCE.md");
    private static final String START = "<!-- component-model: written by ComponentModelTest -->\n";
    private static final String END = "<!-- component-model: end -->\n";

    private static final Map<String, List<Outcome>> FILES = new LinkedHashMap<>();

    @BeforeAll
    static void run() throws IOException {
        Path suite = Suites.folder("airlock.suites").resolve("component-model");
        for (String group :
                Stream.concat(GROUPS.stream(), Stream.of(GATED_GROUP)).toList()) {
            try (Stream<Path> folders = Files.list(suite.resolve(group))) {
                for (Path folder : folders.sorted().toList()) {
                    FILES.put(group + "/" + folder.getFileName(), ComponentSuite.run(group, folder));
                }
            }
        }
    }

    private static List<Outcome> outcomes() {
        return FILES.values().stream().flatMap(List::stream).toList();
    }

    @TestFactory
    Stream<DynamicTest> everyFileOfTheSuite() throws IOException {
        Map<String, String> known = known();
        return FILES.entrySet().stream()
                .filter(file -> !file.getKey().startsWith(GATED_GROUP))
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    Map<String, String> failing = new TreeMap<>();
                    Map<String, String> listed = new TreeMap<>();
                    for (Outcome outcome : file.getValue()) {
                        if (outcome.end() == End.FAILED) {
                            failing.put(outcome.name(), outcome.reason());
                        }
                        if (known.containsKey(outcome.name())) {
                            listed.put(outcome.name(), "passes now: remove it from the list");
                        }
                    }
                    listed.keySet().removeAll(failing.keySet());
                    failing.keySet().removeAll(known.keySet());
                    assertThat(failing).as("fails").isEmpty();
                    assertThat(listed).as("listed as failing").isEmpty();
                }));
    }

    @Test
    void noInternalErrorEscapesEvenIfAFeatureIsMissing() {
        assertThat(outcomes()).noneMatch(outcome -> outcome.reason().startsWith("from the inside"));
    }

    @Test
    void theNoteHasTheFiguresOfThisRun() throws IOException {
        String note = Files.readString(NOTE);
        int start = note.indexOf(START) + START.length();
        int end = note.indexOf(END);
        String figures = figures();
        Path written = Files.createDirectories(Path.of("target")).resolve("component-model.md");
        Files.writeString(written, figures);
        Files.write(
                written.resolveSibling("component-model-failing.txt"),
                outcomes().stream()
                        .filter(o -> o.end() == ComponentSuite.End.FAILED)
                        .map(o -> o.name() + ": " + o.reason())
                        .toList());
        assertThat(note.substring(start, end))
                .as(
                        "docs/CONFORMANCE.md is out of date: replace its table with the text of %s",
                        written.toAbsolutePath())
                .isEqualTo(figures);
    }

    private static Map<String, String> known() throws IOException {
        var known = new LinkedHashMap<String, String>();
        try (var in = ComponentModelTest.class.getResourceAsStream("/component-model.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of known failures is missing");
            }
            for (String line : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .toList()) {
                int colon = line.indexOf(": ");
                known.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return known;
    }

    /** Returns a table, and then a line for each directive that fails. */
    private static String figures() throws IOException {
        var text = new StringBuilder();
        text.append("| group | ").append(String.join(" | ", KINDS)).append(" |\n|---");
        text.append("|---:".repeat(KINDS.size())).append("|\n");
        for (String group :
                Stream.concat(GROUPS.stream(), Stream.of(GATED_GROUP)).toList()) {
            var cells = new ArrayList<String>();
            cells.add("`" + group + "`");
            for (String kind : KINDS) {
                List<Outcome> all = outcomes().stream()
                        .filter(o -> o.group().equals(group) && o.kind().equals(kind) && o.end() != End.NO_BINARY)
                        .toList();
                long passed = all.stream().filter(o -> o.end() == End.PASSED).count();
                cells.add(all.isEmpty() ? "" : passed + " of " + all.size());
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        List<Outcome> gated = outcomes().stream()
                .filter(o -> o.end() == End.GATED && !o.group().equals(GATED_GROUP))
                .toList();
        if (!gated.isEmpty()) {
            text.append("\nBehind a gate, and refused by the feature's name:\n\n");
            gated.forEach(o -> text.append("- `")
                    .append(o.name())
                    .append("`: ")
                    .append(o.reason())
                    .append('\n'));
        }
        Map<String, String> known = known();
        if (!known.isEmpty()) {
            text.append("\nWhat fails:\n\n");
            known.forEach((name, reason) ->
                    text.append("- `").append(name).append("`: ").append(reason).append('\n'));
        }
        return text.toString();
    }
}

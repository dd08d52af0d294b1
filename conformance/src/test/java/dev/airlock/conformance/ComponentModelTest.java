package dev.airlock.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.component.Component;
import dev.airlock.engine.Engine;
import dev.airlock.error.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** WebAssembly/component-model, {@code test/}: which binaries are components and which are refused. */
class ComponentModelTest {
    /** Components that Airlock refuses, for reasons of which none is the component model's. */
    private static final Map<String, String> KNOWN_REFUSALS = Map.of(
            // Endive 1.0.0 takes an import of a function for malformed if both of its names are empty.
            "validation/indicies/1.wasm", "malformed import kind");

    /** The groups of which no invalid component may pass. */
    private static final Set<String> GROUPS = Set.of("async", "binary", "linking", "resources", "validation", "values");

    private static final Map<String, Counts> COUNTS = new TreeMap<>();

    private final Engine engine = Engine.create();
    private final JsonMapper json = JsonMapper.shared();

    /** What came of the binaries of one group. */
    private static final class Counts {
        private int components;
        private int accepted;
        private int malformed;
        private int malformedRefused;
        private int invalid;
        private int invalidRefused;

        @Override
        public String toString() {
            return "| %d of %d | %d of %d | %d of %d |"
                    .formatted(accepted, components, malformedRefused, malformed, invalidRefused, invalid);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyBinaryOfTheSuite() throws IOException {
        Path suite = Suites.folder("airlock.suites").resolve("component-model");
        var tests = new ArrayList<DynamicTest>();
        try (Stream<Path> files = Files.walk(suite)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                for (JsonNode command : json.readTree(Files.readString(file)).path("commands")) {
                    if (command.has("filename")) {
                        tests.add(test(suite, file, command));
                    }
                }
            }
        }
        return tests.stream();
    }

    private DynamicTest test(Path suite, Path file, JsonNode command) {
        Path binary = file.resolveSibling(command.get("filename").asString());
        String name = suite.relativize(binary).toString();
        String type = command.get("type").asString();
        return DynamicTest.dynamicTest(type + " " + name, () -> {
            String group = suite.relativize(file).getName(0).toString();
            assertThat(GROUPS).contains(group);
            Counts counts = COUNTS.computeIfAbsent(group, g -> new Counts());
            byte[] bytes = Files.readAllBytes(binary);
            switch (type) {
                case "assert_malformed" -> {
                    counts.malformed++;
                    refuses(name, bytes);
                    counts.malformedRefused++;
                }
                case "assert_invalid" -> {
                    counts.invalid++;
                    refuses(name, bytes);
                    counts.invalidRefused++;
                }
                default -> {
                    counts.components++;
                    accepts(name, bytes);
                    counts.accepted += KNOWN_REFUSALS.containsKey(name) ? 0 : 1;
                }
            }
        });
    }

    private void accepts(String name, byte[] bytes) {
        String problem = KNOWN_REFUSALS.get(name);
        if (problem == null) {
            assertThat(Component.compile(engine, name, bytes).wit()).startsWith("package root:component;");
        } else {
            assertThatThrownBy(() -> Component.compile(engine, name, bytes))
                    .isInstanceOf(ModuleException.class)
                    .hasMessageContaining(problem);
        }
    }

    private void refuses(String name, byte[] bytes) {
        assertThatThrownBy(() -> Component.compile(engine, name, bytes))
                .isInstanceOfSatisfying(
                        ModuleException.class, e -> assertThat(e.byteOffset()).isBetween(0L, (long) bytes.length))
                .hasMessageStartingWith(name + ", byte ");
    }

    /** What docs/CONFORMANCE.md quotes. */
    @AfterAll
    static void writeCounts() throws IOException {
        if (COUNTS.isEmpty()) {
            return;
        }
        var lines = new ArrayList<String>();
        lines.add("| group | components accepted | malformed refused | invalid refused |");
        lines.add("|---|---|---|---|");
        COUNTS.forEach((group, counts) -> lines.add("| " + group + " " + counts));
        Files.write(Path.of("target", "component-model.md"), List.copyOf(lines));
    }
}

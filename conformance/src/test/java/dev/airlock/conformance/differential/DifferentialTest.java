package dev.airlock.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated modules give the same results here and in V8. docs/CONFORMANCE.md has the command for a million results. */
@Tag("slow")
class DifferentialTest {
    private static final String NODE = System.getProperty("airlock.node", "node");
    private static final long SEED = Long.getLong("airlock.seed", 20261201);
    private static final long RESULTS = Long.getLong("airlock.results", 20_000);

    /** With so many results each operator has to be in the modules a thousand times. */
    private static final long MANY_RESULTS = 1_000_000;

    private static final int TOO_MANY_DIFFERENCES = 20;
    private static final Path FOLDER = Path.of("target", "differential");

    @Test
    void generatedModulesGiveWhatTheyGiveInNode() throws IOException {
        assumeTrue(NodeProcess.runs(NODE), "skipped: there is no " + NODE + ": -Dairlock.node=FILE says where node is");
        try (var node = new NodeProcess(NODE)) {
            var differential = new Differential(node);
            long seed = SEED;
            while (differential.results() < RESULTS
                    && differential.differences().size() < TOO_MANY_DIFFERENCES) {
                differential.run(seed++, FOLDER);
            }
            report(differential, seed - SEED);
            assertThat(differential.differences())
                    .as("the modules are in conformance/%s", FOLDER)
                    .isEmpty();
            assertThat(differential.counts())
                    .allSatisfy((operator, count) -> assertThat(count)
                            .as(operator)
                            .isGreaterThanOrEqualTo(RESULTS >= MANY_RESULTS ? 1_000L : 1L));
        }
    }

    private static void report(Differential differential, long modules) {
        Map<Long, List<String>> byCount = differential.counts().entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, TreeMap::new, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        System.out.printf(
                "differential: %d modules from seed %d, %d results, %d calls trapped or threw, %d differences; proposals %s%n",
                modules,
                SEED,
                differential.results(),
                differential.failures(),
                differential.differences().size(),
                differential.proposals());
        if (RESULTS >= MANY_RESULTS) {
            byCount.forEach((count, operators) -> System.out.println(count + ": " + String.join(" ", operators)));
        }
    }
}

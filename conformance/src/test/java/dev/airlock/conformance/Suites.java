package dev.airlock.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Third parties' suites, where somebody said where they are. */
final class Suites {
    private Suites() {}

    /** The folder that a property names; where it names none, the test that asks is skipped. */
    static Path folder(String property) {
        String given = System.getProperty(property, "");
        assumeTrue(!given.isBlank(), "skipped: -D" + property + "=FOLDER does not say where the suite is");
        Path folder = Path.of(given).toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("-D" + property + " names no folder: " + folder);
        }
        return folder;
    }
}

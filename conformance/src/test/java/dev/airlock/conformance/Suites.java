package dev.airlock.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds third parties' suites by system properties. */
final class Suites {
    private Suites() {}

    /** Returns the folder that a property names. Skips the calling test if the property is not set. */
    static Path folder(String property) {
        String given = System.getProperty(property, "");
        assumeTrue(!given.isBlank(), "skipped: -D" + property + "=FOLDER is not set");
        Path folder = Path.of(given).toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("-D" + property + " names no folder: " + folder);
        }
        return folder;
    }
}

package dev.airlock.doc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's documents. */
final class Documents {
    private Documents() {}

    static Path root() {
        return Path.of(System.getProperty("airlock.guests", "../guests"))
                .toAbsolutePath()
                .normalize()
                .getParent();
    }

    /** The README, and all pages below docs. */
    static List<Path> all() throws IOException {
        try (Stream<Path> pages = Files.walk(root().resolve("docs"))) {
            return Stream.concat(
                            Stream.of(root().resolve("README.md")),
                            pages.filter(page -> page.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
        }
    }
}

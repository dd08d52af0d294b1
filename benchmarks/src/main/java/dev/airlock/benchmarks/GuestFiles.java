package dev.airlock.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Finds the built guests from any working directory. */
public final class GuestFiles {
    private GuestFiles() {}

    public static Path file(String guest) {
        String chosen = System.getProperty("airlock.guests", "");
        List<Path> folders =
                chosen.isEmpty() ? List.of(Path.of("guests"), Path.of("../guests")) : List.of(Path.of(chosen));
        return folders.stream()
                .map(folder -> folder.resolve(guest + ".wasm"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no " + guest + ".wasm in " + folders + ": set -Dairlock.guests=FOLDER"));
    }

    public static byte[] bytes(String guest) {
        try {
            return Files.readAllBytes(file(guest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks an answer: a benchmark of wrong answers is worthless. */
    public static void check(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new IllegalStateException(
                    "wrong answer: " + shortened(actual) + " instead of " + shortened(expected));
        }
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}

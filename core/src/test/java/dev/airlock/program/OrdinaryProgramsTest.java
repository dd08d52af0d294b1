package dev.airlock.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs as people write them, which know nothing of a sandbox: their answers are those of a native run. */
class OrdinaryProgramsTest {
    @TempDir
    Path folder;

    @Test
    void walksATreeInC() throws IOException {
        tree(folder, new Random(7), 0);
        Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere/at all"));
        var expected = new ArrayList<String>();
        walk(folder, "", expected);

        ProgramResult result =
                program("c/walk").preopenedDir(folder, "/data").args("/data").run();

        assertThat(result.stderrText()).isEmpty();
        assertThat(result.stdoutText().lines().toList()).isEqualTo(expected).hasSizeGreaterThan(40);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void aRewoundFolderIsListedFromTheStart() {
        ProgramResult result =
                program("c/rewind").preopenedDir(folder, "/data").args("/data").run();

        assertThat(result.stderrText()).isEmpty();
        assertThat(result.stdoutText()).isEqualTo("""
                0:
                1: a
                2: a b
                3: a b c
                2: b c
                1: c
                0:
                """);
        assertThat(result.exitCode()).isZero();
    }

    /** Deep and broad enough for more than one buffer of {@code fd_readdir}. */
    private static void tree(Path at, Random random, int depth) throws IOException {
        for (int i = 0; i < 12; i++) {
            Path file = at.resolve("file " + i + "é".repeat(random.nextInt(40)));
            Files.write(file, new byte[random.nextInt(5000)]);
        }
        for (int i = 0; i < 2 && depth < 3; i++) {
            Path below = Files.createDirectory(at.resolve("folder-" + i));
            tree(below, random, depth + 1);
        }
        for (int i = 0; i < 200 && depth == 3; i++) {
            Files.createFile(at.resolve("x".repeat(60) + i));
        }
    }

    private static void walk(Path at, String shown, List<String> lines) throws IOException {
        List<Path> entries;
        try (var all = Files.list(at)) {
            entries = all.sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        }
        for (Path entry : entries) {
            String name = shown + entry.getFileName();
            if (Files.isSymbolicLink(entry)) {
                lines.add("l - " + name + " -> " + Files.readSymbolicLink(entry));
            } else if (Files.isDirectory(entry)) {
                lines.add("d - " + name);
                walk(entry, name + "/", lines);
            } else {
                lines.add("f " + Files.size(entry) + " " + name);
            }
        }
    }

    @Test
    void copiesALargeFileInRust() throws IOException {
        byte[] content = new byte[(9 << 20) + 12_345];
        new Random(11).nextBytes(content);
        Files.write(folder.resolve("from"), content);

        ProgramResult result = program("rust/copy")
                .preopenedDir(folder, "/")
                .args("/from", "/to")
                .run();

        assertThat(result.stderrText()).isEmpty();
        assertThat(result.stdoutText())
                .isEqualTo("%d %d %016x\n".formatted(content.length, content.length, fnv1a(content)));
        assertThat(Files.mismatch(folder.resolve("from"), folder.resolve("to"))).isEqualTo(-1);
    }

    private static long fnv1a(byte[] bytes) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    @Test
    void countsWordsInGo() throws IOException {
        var counts = new TreeMap<String, Integer>();
        var random = new Random(3);
        for (int file = 0; file < 5; file++) {
            Path at =
                    Files.createDirectories(folder.resolve("books/" + file % 2)).resolve(file + ".txt");
            var text = new StringBuilder();
            for (int i = 0; i < 3000; i++) {
                String word = Integer.toString(random.nextInt(300), 36) + (i % 7 == 0 ? "é" : "");
                counts.merge(word, 1, Integer::sum);
                text.append(i % 2 == 0 ? word : word.toUpperCase(Locale.ROOT)).append(i % 11 == 0 ? "\n" : " ");
            }
            Files.writeString(at, text);
        }
        List<String> expected = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(25)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .toList();

        ProgramResult result = program("go/words")
                .preopenedDir(folder, "/")
                .env("TOP", "25")
                .args("/books")
                .run();

        assertThat(result.stderrText()).isEmpty();
        assertThat(result.stdoutText().lines().toList()).isEqualTo(expected);
        assertThat(program("go/words").stdin("b a b").run().stdoutText()).isEqualTo("2 b\n1 a\n");
        assertThat(program("go/words").args("/missing").run().exitCode()).isEqualTo(1);
    }

    private static Invocation program(String guest) {
        return Program.of(Guests.module(guest)).invocation();
    }
}

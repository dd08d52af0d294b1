package dev.airlock.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One folder, two processes, at the worst moments. */
@Tag("slow")
@Timeout(120)
class ByteStoreProcessesTest {
    private static final int ENTRIES = 8;
    private static final int LARGE = 64 << 20;

    @TempDir
    private Path temporary;

    private static EntryKey key(int number) {
        return EntryKey.of(new byte[] {(byte) number}, "test");
    }

    private static byte[] contents(int number, int length) {
        byte[] contents = new byte[length];
        Arrays.fill(contents, (byte) number);
        return contents;
    }

    private static byte[] bytes(ByteBuffer found) {
        byte[] bytes = new byte[found.remaining()];
        found.get(bytes);
        return bytes;
    }

    /** Saves entries of which only a few have room, so that each is evicted soon, until its input ends. */
    static final class Evictor {
        private Evictor() {}

        public static void main(String[] args) throws IOException {
            var store = new ByteStore(Path.of(args[0]), 2 * 100_100);
            for (int round = 0; System.in.available() == 0; round++) {
                int number = round % ENTRIES;
                store.save(key(number), contents(number, 100_000));
                if (round == ENTRIES) {
                    System.out.println("evicting");
                }
            }
        }
    }

    /** Saves one large entry. */
    static final class Saver {
        private Saver() {}

        public static void main(String[] args) {
            byte[] contents = contents(1, LARGE);
            System.out.println("saving");
            new ByteStore(Path.of(args[0]), 10L * LARGE).save(key(1), contents);
        }
    }

    private static Process start(Class<?> main, Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void anEntryThatAnotherProcessEvictsIsReadWholeOrNotFound() throws Exception {
        Path folder = temporary.resolve("store");
        var store = new ByteStore(folder, LARGE);
        Process evictor = start(Evictor.class, folder);
        try (BufferedReader lines = evictor.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("evicting");
            int found = 0;
            int missing = 0;
            for (int round = 0; round < 20_000 || found == 0 || missing == 0; round++) {
                int number = round % ENTRIES;
                ByteBuffer entry = store.find(key(number));
                if (entry == null) {
                    missing++;
                } else {
                    assertThat(bytes(entry)).isEqualTo(contents(number, 100_000));
                    found++;
                }
                assertThat(evictor.isAlive()).isTrue();
            }
            evictor.outputWriter().append("end").close();
            assertThat(evictor.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(evictor.exitValue()).isZero();
        } finally {
            evictor.destroyForcibly();
        }
    }

    @Test
    void filesOfAProcessThatDiedAreNeverFoundAndGoInTime() throws Exception {
        Path left = null;
        Path folder = null;
        for (int attempt = 0; left == null; attempt++) {
            folder = temporary.resolve("store" + attempt);
            left = killedWhileSaving(folder);
            assertThat(attempt).as("attempts to kill it in time").isLessThan(50);
        }
        assertThat(Files.size(left)).isLessThan(EntryFile.OVERHEAD + LARGE);
        var store = new ByteStore(folder, 10L * LARGE);
        assertThat(store.find(key(1))).isNull();
        store.save(key(1), contents(1, 10));
        assertThat(bytes(store.find(key(1)))).isEqualTo(contents(1, 10));
        assertThat(left).as("its process might live yet").exists();

        Files.setLastModifiedTime(
                left, FileTime.fromMillis(System.currentTimeMillis() - Eviction.STALE.toMillis() - 1000));
        store.save(key(2), contents(2, 10));
        assertThat(left).doesNotExist();
    }

    /** What it had written, or null if it was done before. */
    private static Path killedWhileSaving(Path folder) throws Exception {
        Process saver = start(Saver.class, folder);
        try (BufferedReader lines = saver.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("saving");
            while (saver.isAlive()) {
                List<Path> temporary = Files.isDirectory(folder) ? temporary(folder) : List.of();
                if (!temporary.isEmpty()) {
                    break;
                }
            }
        } finally {
            saver.destroyForcibly();
            assertThat(saver.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        List<Path> temporary = temporary(folder);
        return temporary.isEmpty() ? null : temporary.get(0);
    }

    private static List<Path> temporary(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(Eviction.TEMPORARY))
                    .toList();
        }
    }
}

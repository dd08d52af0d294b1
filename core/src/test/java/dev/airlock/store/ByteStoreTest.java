package dev.airlock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteStoreTest {
    private static final long LARGE = 1 << 20;

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = temporary.resolve("store");
    }

    private static EntryKey key(String name) {
        return EntryKey.of(name.getBytes(StandardCharsets.UTF_8), "test");
    }

    private static byte @Nullable [] find(ByteStore store, String name) {
        ByteBuffer found = store.find(key(name));
        if (found == null) {
            return null;
        }
        byte[] bytes = new byte[found.remaining()];
        found.get(bytes);
        return bytes;
    }

    private static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private Path file(String name) {
        return folder.resolve(key(name).hex() + ".entry");
    }

    @Test
    void anEntryIsFoundOnlyByItsKey() {
        var store = new ByteStore(folder, LARGE);
        assertThat(find(store, "a")).isNull();
        store.save(key("a"), random(1, 1000));
        store.save(key("b"), new byte[0]);
        assertThat(find(store, "a")).isEqualTo(random(1, 1000));
        assertThat(find(store, "b")).isEmpty();
        assertThat(find(store, "c")).isNull();
        assertThat(find(new ByteStore(folder, LARGE), "a")).isEqualTo(random(1, 1000));
    }

    @Test
    void aSecondSaveReplacesTheFirst() throws IOException {
        var store = new ByteStore(folder, LARGE);
        store.save(key("a"), random(1, 1000));
        store.save(key("a"), random(2, 10));
        assertThat(find(store, "a")).isEqualTo(random(2, 10));
        assertThat(files()).containsExactly(file("a"));
    }

    @Test
    void keysAreOfTheSourceAndOfEachFact() {
        byte[] source = {1, 2, 3};
        assertThat(EntryKey.of(source, "a", "bc")).isEqualTo(EntryKey.of(source, "a", "bc"));
        assertThat(List.of(
                        EntryKey.of(source, "a", "bc"),
                        EntryKey.of(source, "ab", "c"),
                        EntryKey.of(source, "abc"),
                        EntryKey.of(source, "abc", ""),
                        EntryKey.of(source),
                        EntryKey.of(new byte[] {1, 2}, "a", "bc")))
                .doesNotHaveDuplicates();
    }

    // Damage.

    @Test
    void aFileThatIsCutShortAnywhereIsNotFound() throws IOException {
        var store = new ByteStore(folder, LARGE);
        store.save(key("a"), random(1, 300));
        byte[] whole = Files.readAllBytes(file("a"));
        for (int length = 0; length < whole.length; length++) {
            Files.write(file("a"), Arrays.copyOf(whole, length));
            assertThat(find(store, "a"))
                    .as("%d of %d bytes", length, whole.length)
                    .isNull();
        }
        for (int length : new int[] {whole.length + 1, whole.length + 4, whole.length + 4096}) {
            Files.write(file("a"), Arrays.copyOf(whole, length));
            assertThat(find(store, "a"))
                    .as("%d for %d bytes", length, whole.length)
                    .isNull();
        }
        Files.write(file("a"), whole);
        assertThat(find(store, "a")).isEqualTo(random(1, 300));
    }

    @Test
    void aFileWithAnyBitFlippedIsNotFound() throws IOException {
        var store = new ByteStore(folder, LARGE);
        store.save(key("a"), random(1, 300));
        byte[] whole = Files.readAllBytes(file("a"));
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file("a"), flipped);
            assertThat(find(store, "a")).as("bit %d", bit).isNull();
        }
        store.save(key("a"), random(1, 300));
        assertThat(Files.readAllBytes(file("a"))).as("mended").isEqualTo(whole);
    }

    @Test
    void manyBytesAtRandomAreNotFound() throws IOException {
        var store = new ByteStore(folder, LARGE);
        store.save(key("a"), random(1, 3000));
        byte[] whole = Files.readAllBytes(file("a"));
        var random = new Random(20261127);
        for (int round = 0; round < 500; round++) {
            byte[] changed = whole.clone();
            for (int i = random.nextInt(20); i >= 0; i--) {
                changed[random.nextInt(changed.length)] += (byte) (1 + random.nextInt(255));
            }
            Files.write(file("a"), changed);
            if (!Arrays.equals(changed, whole)) {
                assertThat(find(store, "a")).as("round %d", round).isNull();
            }
        }
    }

    @Test
    void aFileUnderAnothersNameIsNotFound() throws IOException {
        var store = new ByteStore(folder, LARGE);
        store.save(key("a"), random(1, 300));
        Files.move(file("a"), file("b"));
        assertThat(find(store, "b")).isNull();
    }

    // Room.

    private void use(String name, int minutesAgo) throws IOException {
        Files.setLastModifiedTime(file(name), FileTime.fromMillis(System.currentTimeMillis() - minutesAgo * 60_000L));
    }

    @Test
    void theLeastRecentlyUsedEntryMakesRoom() throws IOException {
        var store = new ByteStore(folder, 3500);
        for (String name : List.of("a", "b", "c")) {
            store.save(key(name), random(1, 1000));
        }
        use("a", 30);
        use("b", 20);
        use("c", 10);
        assertThat(find(store, "a")).as("used again").isNotNull();
        store.save(key("d"), random(1, 1000));
        assertThat(files()).containsExactlyInAnyOrder(file("a"), file("c"), file("d"));
        store.save(key("e"), random(1, 3000));
        assertThat(files()).as("all others had to go").containsExactly(file("e"));
    }

    @Test
    void theNewestEntryStays() throws IOException {
        var store = new ByteStore(folder, 3500);
        store.save(key("old"), random(1, 3000));
        use("old", -60);
        store.save(key("new"), random(1, 1000));
        assertThat(files())
                .as("though the clock says that the other is younger")
                .containsExactly(file("new"));
    }

    @Test
    void anEntryLargerThanTheStoreIsNotKept() {
        var store = new ByteStore(folder, 1051);
        store.save(key("a"), random(1, 1000));
        assertThat(folder).doesNotExist();
        var larger = new ByteStore(folder, 1052);
        larger.save(key("a"), random(1, 1000));
        assertThat(find(larger, "a")).isNotNull();
        assertThat(find(store, "a")).as("larger than it ever writes").isNull();
    }

    @Test
    void temporaryFilesOfTheDeadAreDeletedAndNoOthers() throws IOException {
        var store = new ByteStore(folder, LARGE);
        store.save(key("a"), random(1, 10));
        Path dead = Files.writeString(folder.resolve("entry1.tmp"), "half of it");
        Files.setLastModifiedTime(
                dead, FileTime.fromMillis(System.currentTimeMillis() - Eviction.STALE.toMillis() - 1000));
        Path alive = Files.writeString(folder.resolve("entry2.tmp"), "half of it");
        Path others = Files.writeString(folder.resolve("README"), "somebody else's");
        Files.setLastModifiedTime(others, FileTime.fromMillis(0));
        store.save(key("b"), random(1, 10));
        assertThat(files()).containsExactlyInAnyOrder(alive, others, file("a"), file("b"));
    }

    // Folders that do not serve.

    @Test
    void onlyTheOwnerMayUseTheFolder() throws IOException {
        assumeTrue(Files.getFileStore(temporary).supportsFileAttributeView("posix"));
        new ByteStore(folder.resolve("deep"), LARGE).save(key("a"), new byte[1]);
        for (Path made : List.of(folder, folder.resolve("deep"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
        Path file = folder.resolve("deep").resolve(key("a").hex() + ".entry");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileInTheFoldersPlaceCostsOnlyTheSaving() throws IOException {
        Files.writeString(folder, "mine");
        var store = new ByteStore(folder, LARGE);
        store.save(key("a"), new byte[1]);
        assertThat(find(store, "a")).isNull();
        assertThat(folder).hasContent("mine");
    }

    @Test
    void aFolderInAFilesPlaceCostsOnlyTheSaving() throws IOException {
        Files.createDirectories(file("a").resolve("full"));
        var store = new ByteStore(folder, LARGE);
        store.save(key("a"), new byte[1]);
        assertThat(find(store, "a")).isNull();
        assertThat(files()).as("and no temporary file").containsExactly(file("a"));
    }

    @Test
    void aFullDiskCostsOnlyTheSaving() throws IOException {
        Configuration disk = Configuration.unix().toBuilder()
                .setMaxSize(100_000)
                .setBlockSize(1000)
                .setAttributeViews("basic", "posix")
                .build();
        try (FileSystem full = Jimfs.newFileSystem(disk)) {
            Path place = full.getPath("/cache");
            var store = new ByteStore(place, LARGE);
            store.save(key("a"), random(1, 60_000));
            store.save(key("b"), random(2, 60_000));
            assertThat(find(store, "a")).isEqualTo(random(1, 60_000));
            assertThat(find(store, "b")).as("there was no room for it").isNull();
            try (Stream<Path> files = Files.list(place)) {
                assertThat(files).as("nor is half of it left").hasSize(1);
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenCanStillBeRead() throws Exception {
        Path archive = temporary.resolve("store.zip");
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            new ByteStore(zip.getPath("/store"), LARGE).save(key("a"), random(1, 10));
        }
        assertThat(archive.toFile().setReadOnly()).isTrue();
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("accessMode", "readOnly"))) {
            assumeTrue(zip.isReadOnly());
            var store = new ByteStore(zip.getPath("/store"), LARGE);
            assertThat(find(store, "a")).isEqualTo(random(1, 10));
            store.save(key("b"), random(1, 10));
            assertThat(find(store, "b")).isNull();
        }
    }

    @Test
    void aFolderWithoutRightsCostsOnlyTheSaving() throws IOException {
        assumeTrue(Files.getFileStore(temporary).supportsFileAttributeView("posix"));
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        assumeTrue(!Files.isWritable(folder), "root may write everywhere");
        var store = new ByteStore(folder, LARGE);
        store.save(key("a"), random(1, 10));
        assertThat(find(store, "a")).isNull();
        assertThat(files()).isEmpty();
    }

    // Others at the same time.

    @Test
    void threadsSaveFindAndEvictAtOnce() throws Exception {
        var store = new ByteStore(folder, 40_000);
        int threads = 6;
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int seed = thread;
                tasks.add(() -> {
                    var random = new Random(seed);
                    int found = 0;
                    for (int round = 0; round < 200; round++) {
                        int entry = random.nextInt(12);
                        byte[] bytes = find(store, "entry" + entry);
                        if (bytes == null) {
                            store.save(key("entry" + entry), random(entry, 5000));
                        } else {
                            assertThat(bytes).isEqualTo(random(entry, 5000));
                            found++;
                        }
                    }
                    return found;
                });
            }
            int found = 0;
            for (Future<Integer> done : pool.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
                found += done.get();
            }
            assertThat(found).as("entries found").isPositive();
        } finally {
            pool.shutdownNow();
        }
        new ByteStore(folder, 40_000).save(key("last"), random(1, 5000));
        assertThat(files()).allMatch(file -> file.toString().endsWith(".entry")).hasSizeLessThanOrEqualTo(7);
    }
}

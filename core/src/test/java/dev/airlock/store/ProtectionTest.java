package dev.airlock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders and entries that somebody else could have written are not used. */
class ProtectionTest {
    private static final EntryKey KEY = EntryKey.of("a".getBytes(StandardCharsets.UTF_8), "test");
    private static final EntryKey OTHER = EntryKey.of("b".getBytes(StandardCharsets.UTF_8), "test");
    private static final int OTHER_USER = 65_534;

    /** JUnit makes it for its owner alone, in a sticky folder. */
    @TempDir
    private Path temporary;

    private Path parent;
    private Path folder;
    private Path entry;
    private ByteStore store;
    private final Logger logger = Logger.getLogger("dev.airlock.store");
    private final List<String> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void aStoreWithAnEntry() throws IOException {
        assumeTrue(Files.getFileStore(temporary).supportsFileAttributeView("unix"));
        // Without symbolic links, such as macOS has in the path to its temporary files.
        parent = Files.createDirectory(temporary.toRealPath().resolve("parent"));
        folder = parent.resolve("store");
        entry = folder.resolve(KEY.hex() + ".entry");
        store = new ByteStore(folder, 1 << 20);
        store.save(KEY, new byte[1]);
        assertThat(store.find(KEY)).isNotNull();
        logger.setLevel(Level.FINE);
        logger.addHandler(log);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(log);
        logger.setLevel(null);
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** Nothing is read, nothing written, nothing deleted, and the reason is logged once. */
    private void isNotUsed(ByteStore refusing, String reason) {
        logged.clear();
        for (int i = 0; i < 3; i++) {
            assertThat(refusing.find(KEY)).isNull();
            refusing.save(OTHER, new byte[1]);
        }
        assertThat(refusing.find(OTHER)).isNull();
        assertThat(entry).exists();
        assertThat(folder.toFile().list()).containsExactly(KEY.hex() + ".entry");
        assertThat(logged).singleElement().asString().contains(reason).contains("is not used");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwx----w-", "rwx-w----"})
    void aFolderThatOthersCanWriteToIsNotUsed(String permissions) throws IOException {
        permit(folder, permissions);
        isNotUsed(store, "can write to " + folder);
        permit(folder, "rwxr-xr-x");
        assertThat(store.find(KEY)).as("all may read").isNotNull();
    }

    @Test
    void aStickyFolderIsNoBetter() throws IOException {
        Files.setAttribute(folder, "unix:mode", 01777);
        isNotUsed(store, "everybody can write to " + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwx----w-"})
    void aFolderThatOthersCanReplaceIsNotUsed(String permissions) throws IOException {
        permit(parent, permissions);
        isNotUsed(store, "can write to " + parent);
        Files.setAttribute(parent, "unix:mode", 01777);
        assertThat(store.find(KEY))
                .as("in a sticky folder it cannot be replaced")
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-rw-", "rw-rw----", "rw-----w-"})
    void anEntryThatOthersCanWriteToIsNotUsed(String permissions) throws IOException {
        permit(entry, permissions);
        assertThat(store.find(KEY)).isNull();
        assertThat(store.find(KEY)).isNull();
        assertThat(logged).singleElement().asString().contains("can write to " + entry);
        store.save(KEY, new byte[1]);
        assertThat(store.find(KEY)).as("written again, by this process").isNotNull();
    }

    @Test
    void anEntryThatIsALinkIsNotUsed() throws IOException {
        Files.move(entry, parent.resolve("elsewhere"));
        Files.createSymbolicLink(entry, parent.resolve("elsewhere"));
        assertThat(store.find(KEY)).isNull();
    }

    /** What this process owns is another's for a process of another user. */
    @Test
    void aFolderOfAnotherUserIsNotUsed() throws IOException {
        int owner = (int) Files.getAttribute(folder, "unix:uid");
        assumeTrue(owner != 0, "what the superuser owns is used by all");
        isNotUsed(new ByteStore(folder, 1 << 20, new Protection(owner + 1)), "user " + owner + " owns ");
    }

    private static void giveAway(Path path) throws IOException {
        assumeTrue((int) Files.getAttribute(path, "unix:uid") == 0, "only the superuser can give files away");
        Files.setAttribute(path, "unix:uid", OTHER_USER, LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void aFolderThatWasGivenAwayIsNotUsed() throws IOException {
        giveAway(folder);
        isNotUsed(store, "user " + OTHER_USER + " owns " + folder);
    }

    @Test
    void aFolderInOneThatWasGivenAwayIsNotUsed() throws IOException {
        giveAway(parent);
        isNotUsed(store, "user " + OTHER_USER + " owns " + parent);
    }

    @Test
    void anEntryThatWasGivenAwayIsNotUsed() throws IOException {
        giveAway(entry);
        assertThat(store.find(KEY)).isNull();
        assertThat(logged).singleElement().asString().contains("user " + OTHER_USER + " owns " + entry);
        store.save(KEY, new byte[1]);
        assertThat(store.find(KEY)).isNotNull();
    }

    @Test
    void aLinkToTheFolderIsUsedIfTheUserOwnsIt() throws IOException {
        Path link = Files.createSymbolicLink(parent.resolve("link"), Path.of("../parent/./store"));
        var linked = new ByteStore(link, 1 << 20);
        assertThat(linked.find(KEY)).isNotNull();
        linked.save(OTHER, new byte[1]);
        assertThat(store.find(OTHER)).isNotNull();
        store.save(OTHER, new byte[1]);
        Files.delete(folder.resolve(OTHER.hex() + ".entry"));
        giveAway(link);
        isNotUsed(linked, "user " + OTHER_USER + " owns " + link);
    }

    @Test
    void aLinkThatOthersCanReplaceIsNotUsed() throws IOException {
        Path shared = Files.createDirectory(parent.resolve("shared"));
        Path link = Files.createSymbolicLink(shared.resolve("link"), folder);
        var linked = new ByteStore(link, 1 << 20);
        assertThat(linked.find(KEY)).isNotNull();
        permit(shared, "rwxrwxrwx");
        isNotUsed(linked, "everybody can write to " + shared);
    }

    @Test
    void linksInACircleAreNoFolder() throws IOException {
        Path circle = Files.createSymbolicLink(parent.resolve("circle"), Path.of("circle"));
        var endless = new ByteStore(circle, 1 << 20);
        endless.save(KEY, new byte[1]);
        assertThat(endless.find(KEY)).isNull();
    }

    @Test
    void aFileSystemWithOnlyPermissionsIsJudgedByThem() throws IOException {
        Configuration unix = Configuration.unix().toBuilder()
                .setAttributeViews("basic", "posix")
                .build();
        try (FileSystem files = Jimfs.newFileSystem(unix)) {
            Path cache = files.getPath("/cache");
            var there = new ByteStore(cache, 1 << 20);
            there.save(KEY, new byte[1]);
            assertThat(there.find(KEY)).isNotNull();
            permit(cache, "rwxrwxr-x");
            assertThat(there.find(KEY)).isNull();
        }
    }

    @Test
    void theUserOfThisProcessIsTheOwnerOfWhatItWrites() throws IOException {
        assertThat(Protection.User.NUMBER)
                .isEqualTo((int) Files.getAttribute(Files.createFile(parent.resolve("mine")), "unix:uid"));
    }
}

package dev.airlock.wasi.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The effects of calls inside the folder. For the outside see {@link DirectoryEscapeTest}. */
class DirectoryTest {
    static final OpenMode READ = new OpenMode(true, false, false, false, false, false, false, false);
    static final OpenMode WRITE = new OpenMode(true, true, false, false, false, false, false, false);
    static final OpenMode CREATE = new OpenMode(true, true, true, false, false, false, false, false);
    static final OpenMode CREATE_NEW = new OpenMode(true, true, true, true, false, false, false, false);
    static final OpenMode TRUNCATE = new OpenMode(false, true, false, false, true, false, false, false);
    static final OpenMode DIRECTORY = new OpenMode(true, false, false, false, false, true, false, false);

    @TempDir
    Path temporary;

    private Path top = Path.of("");

    private Directory open(HostKind host) throws IOException {
        top = host.top(temporary);
        return Directory.preopen(top, FolderBounds.UNLIMITED);
    }

    static void refused(Kind kind, ThrowingCallable call) {
        assertThatExceptionOfType(FileException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
    }

    static void write(Directory directory, String path, String text) throws FileException {
        try (RegularFile file = (RegularFile) directory.open(path, true, CREATE)) {
            file.setSize(0);
            file.write(0, text.getBytes(), 0, text.length());
        }
    }

    static String read(Directory directory, String path) throws FileException {
        try (RegularFile file = (RegularFile) directory.open(path, true, READ)) {
            byte[] bytes = new byte[1000];
            return new String(bytes, 0, file.read(0, bytes, 0, bytes.length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsCreatedReadReplacedAndRemoved(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            refused(Kind.NO_ENTRY, () -> directory.open("a", true, WRITE));
            write(directory, "a", "hello");
            assertThat(read(directory, "a")).isEqualTo("hello");
            assertThat(Files.readString(top.resolve("a"))).isEqualTo("hello");
            refused(Kind.EXISTS, () -> directory.open("a", true, CREATE_NEW));
            try (OpenNode node = directory.open("a", true, TRUNCATE)) {
                assertThat(((RegularFile) node).size()).isZero();
                assertThat(((RegularFile) node).readable()).isFalse();
                refused(Kind.NOT_PERMITTED, () -> ((RegularFile) node).read(0, new byte[1], 0, 1));
            }
            directory.unlink("a");
            refused(Kind.NO_ENTRY, () -> directory.unlink("a"));
            assertThat(Files.exists(top.resolve("a"))).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void directoriesAreCreatedEnteredAndRemoved(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            directory.createDirectory("a");
            directory.createDirectory("a/b/");
            refused(Kind.EXISTS, () -> directory.createDirectory("a"));
            refused(Kind.EXISTS, () -> directory.createDirectory("a/."));
            refused(Kind.NO_ENTRY, () -> directory.createDirectory("none/b"));
            try (Directory entered = (Directory) directory.open("a/b", true, DIRECTORY)) {
                write(entered, "c", "deep");
                assertThat(read(directory, "a/b/c")).isEqualTo("deep");
                refused(Kind.OUTSIDE, () -> entered.stat("..", true));
                assertThat(entered.stat().inode())
                        .isEqualTo(directory.stat("a/b", true).inode());
            }
            refused(Kind.NOT_EMPTY, () -> directory.removeDirectory("a/b"));
            refused(Kind.NOT_DIRECTORY, () -> directory.removeDirectory("a/b/c"));
            refused(Kind.NOT_DIRECTORY, () -> directory.removeDirectory("a/b/c/"));
            refused(Kind.IS_DIRECTORY, () -> directory.unlink("a/b"));
            refused(Kind.IS_DIRECTORY, () -> directory.unlink("a/b/"));
            refused(Kind.INVALID, () -> directory.removeDirectory("."));
            refused(Kind.IS_DIRECTORY, () -> directory.open("a", true, WRITE));
            refused(Kind.IS_DIRECTORY, () -> directory.open("a", true, CREATE));
            refused(Kind.NOT_DIRECTORY, () -> directory.open("a/b/c", true, DIRECTORY));
            refused(Kind.NOT_DIRECTORY, () -> directory.open("a/b/c/", true, READ));
            refused(Kind.NOT_DIRECTORY, () -> directory.open("a/b/c/.", true, READ));
            refused(Kind.NOT_DIRECTORY, () -> directory.open("a/b/c/d", true, READ));
            refused(Kind.IS_DIRECTORY, () -> directory.open("a/new/", true, CREATE));
            directory.unlink("a/b/c");
            directory.removeDirectory("a/b/");
            directory.removeDirectory("a");
            assertThat(DirectoryGuest.names(directory)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pathsWithDotsAndRepeatedSlashesAreResolved(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            directory.createDirectory("dir");
            directory.createDirectory("dir/nested");
            write(directory, "dir/nested/file", "x");
            assertThat(read(directory, "dir/.//nested/../../dir/nested/../nested///./file"))
                    .isEqualTo("x");
            assertThat(directory.stat("dir/nested/..", true).inode())
                    .isEqualTo(directory.stat("dir/", true).inode());
            assertThat(directory.stat("dir/..", true).inode())
                    .isEqualTo(directory.stat().inode());
            refused(Kind.OUTSIDE, () -> directory.stat("dir/nested/../../../top/dir", true));
            refused(Kind.OUTSIDE, () -> directory.stat("/dir", true));
            refused(Kind.NO_ENTRY, () -> directory.stat("", true));
            refused(Kind.ILLEGAL_NAME, () -> directory.stat("dir\0", true));
            refused(Kind.NO_ENTRY, () -> directory.stat("none/..", true));
            refused(Kind.NOT_DIRECTORY, () -> directory.stat("dir/nested/file/..", true));
        }
    }

    @ParameterizedTest
    @EnumSource
    void longPathsAreRefusedAtOnce(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            refused(Kind.NAME_TOO_LONG, () -> directory.stat("a/".repeat(1 << 19), true));
            refused(Kind.NAME_TOO_LONG, () -> directory.stat("\u00e9".repeat(2049), true));
            refused(Kind.NAME_TOO_LONG, () -> directory.createDirectory("a".repeat(256)));
            refused(Kind.NAME_TOO_LONG, () -> directory.createDirectory("\u00e9".repeat(128)));
            refused(Kind.NAME_TOO_LONG, () -> directory.symlink("a".repeat(4097), "link"));
            directory.createDirectory("a".repeat(255));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathThatGoesBackAndForthIsBounded(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            directory.createDirectory("d");
            for (int i = 0; i < 40; i++) {
                directory.symlink("d/../".repeat(400) + (i == 0 ? "d" : "l" + (i - 1)), "l" + i);
            }
            refused(Kind.NAME_TOO_LONG, () -> directory.stat("l39", true));
            assertThat(directory.stat("l5", true).type()).isEqualTo(FileType.DIRECTORY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesAndDirectoriesAreRenamed(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            directory.createDirectory("source");
            directory.rename("source/", directory, "target");
            directory.rename("target", directory, "source/");
            write(directory, "file", "1");
            write(directory, "other", "2");
            directory.rename("file", directory, "other");
            assertThat(read(directory, "other")).isEqualTo("1");
            refused(Kind.NO_ENTRY, () -> directory.rename("file", directory, "x"));
            refused(Kind.IS_DIRECTORY, () -> directory.rename("other", directory, "source"));
            refused(Kind.NOT_DIRECTORY, () -> directory.rename("source", directory, "other"));
            refused(Kind.NOT_DIRECTORY, () -> directory.rename("other/", directory, "x"));
            refused(Kind.NOT_DIRECTORY, () -> directory.rename("other", directory, "x/"));
            refused(Kind.INVALID, () -> directory.rename("source", directory, "source/deeper"));
            refused(Kind.BUSY, () -> directory.rename(".", directory, "x"));
            refused(Kind.BUSY, () -> directory.rename("source", directory, "."));
            directory.rename("other", directory, "./other");
            assertThat(read(directory, "other")).isEqualTo("1");
            directory.createDirectory("full");
            write(directory, "full/x", "");
            refused(Kind.NOT_EMPTY, () -> directory.rename("source", directory, "full"));
            directory.rename("full", directory, "source");
            assertThat(DirectoryGuest.names(directory)).containsExactlyInAnyOrder("source", "other");
            directory.symlink("nowhere", "link");
            directory.rename("link", directory, "source/link");
            assertThat(directory.readLink("source/link")).isEqualTo("nowhere");
        }
    }

    @ParameterizedTest
    @EnumSource
    void openFilesStayUsableWhenRenamed(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            directory.createDirectory("a");
            directory.createDirectory("a/b");
            write(directory, "a/b/file", "x");
            try (Directory entered = (Directory) directory.open("a/b", true, DIRECTORY);
                    RegularFile file = (RegularFile) directory.open("a/b/file", true, WRITE)) {
                directory.rename("a", directory, "c");
                entered.createDirectory("made");
                entered.symlink("file", "link");
                write(entered, "new", "y");
                assertThat(read(entered, "link")).isEqualTo("x");
                assertThat(DirectoryGuest.names(directory)).containsExactly("c");
                assertThat(directory.stat("c/b/made", false).type()).isEqualTo(FileType.DIRECTORY);
                FileTime then = FileTime.fromMillis(1_000_000);
                file.setTimes(then, then);
                assertThat(file.stat().modifiedNanos()).isEqualTo(1_000_000_000_000L);
                assertThat(directory.stat("c/b/file", true).modifiedNanos()).isEqualTo(1_000_000_000_000L);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReadOnlyFolderRefusesChanges(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            directory.createDirectory("dir");
            write(directory, "file", "x");
            directory.symlink("file", "link");
        }
        try (Directory directory = Directory.preopen(top, FolderBounds.READ_ONLY)) {
            assertThat(directory.readOnly()).isTrue();
            assertThat(read(directory, "link")).isEqualTo("x");
            refused(Kind.READ_ONLY, () -> directory.open("file", true, WRITE));
            refused(Kind.READ_ONLY, () -> directory.open("file", true, CREATE));
            refused(Kind.READ_ONLY, () -> directory.open("new", true, CREATE));
            refused(Kind.READ_ONLY, () -> directory.open("file", true, TRUNCATE));
            refused(Kind.READ_ONLY, () -> directory.createDirectory("new"));
            refused(Kind.READ_ONLY, () -> directory.removeDirectory("dir"));
            refused(Kind.READ_ONLY, () -> directory.unlink("file"));
            refused(Kind.READ_ONLY, () -> directory.rename("file", directory, "new"));
            refused(Kind.READ_ONLY, () -> directory.symlink("file", "new"));
            refused(Kind.READ_ONLY, () -> directory.link("file", false, directory, "new"));
            refused(Kind.READ_ONLY, () -> directory.setTimes("file", true, FileTime.fromMillis(1), null));
            refused(Kind.READ_ONLY, () -> directory.setTimes(FileTime.fromMillis(1), null));
            try (RegularFile file = (RegularFile) directory.open("file", true, READ)) {
                refused(Kind.NOT_PERMITTED, () -> file.write(0, new byte[1], 0, 1));
                refused(Kind.NOT_PERMITTED, () -> file.append(new byte[1], 0, 1));
                refused(Kind.NOT_PERMITTED, () -> file.setSize(0));
                refused(Kind.NOT_PERMITTED, () -> file.allocate(0, 10));
                refused(Kind.READ_ONLY, () -> file.setTimes(FileTime.fromMillis(1), null));
            }
        }
    }

    @Test
    void aPipeIsListedButNeverOpened() throws Exception {
        try (Directory directory = open(HostKind.REAL)) {
            Path pipe = top.resolve("pipe");
            assumeThat(makePipe(pipe)).as("mkfifo").isTrue();
            directory.symlink("pipe", "link");
            assertThat(directory.stat("pipe", true).type()).isEqualTo(FileType.OTHER);
            for (String path : new String[] {"pipe", "link"}) {
                refused(Kind.NOT_SUPPORTED, () -> directory.open(path, true, READ));
                refused(Kind.NOT_SUPPORTED, () -> directory.open(path, true, WRITE));
                refused(Kind.NOT_SUPPORTED, () -> directory.open(path, true, CREATE));
                refused(Kind.NOT_SUPPORTED, () -> directory.open(path, true, TRUNCATE));
                refused(Kind.NOT_DIRECTORY, () -> directory.open(path, true, DIRECTORY));
                refused(Kind.NOT_SUPPORTED, () -> directory.setTimes(path, true, FileTime.fromMillis(1), null));
                refused(Kind.NOT_DIRECTORY, () -> directory.stat(path + "/x", true));
            }
            refused(Kind.NOT_SUPPORTED, () -> directory.link("pipe", false, directory, "second"));
            directory.rename("pipe", directory, "moved");
            directory.unlink("moved");
            assertThat(Files.exists(pipe, LinkOption.NOFOLLOW_LINKS)).isFalse();
        }
    }

    private static boolean makePipe(Path path) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void namesThatWindowsFoldsAreRefused() throws Exception {
        try (Directory directory = open(HostKind.MEMORY_WINDOWS)) {
            for (String name : new String[] {
                "a:b",
                "a\\b",
                "a.",
                "a ",
                "CON",
                "nul.txt",
                "com1",
                "LPT\u00b9.x",
                "C:",
                "a*",
                "a\u0001",
                "CONIN$",
                "con ."
            }) {
                refused(Kind.ILLEGAL_NAME, () -> directory.createDirectory(name));
                refused(Kind.ILLEGAL_NAME, () -> directory.open(name, true, CREATE));
            }
            refused(Kind.OUTSIDE, () -> directory.symlink("C:\\x", "link"));
            refused(Kind.ILLEGAL_NAME, () -> directory.symlink("x\\y", "link"));
            directory.createDirectory("console");
        }
    }

    @Test
    void aClosedDirectoryRefusesOperations() throws Exception {
        for (HostKind host : HostKind.values()) {
            Directory directory = open(host);
            directory.close();
            directory.close();
            assertThatExceptionOfType(FileException.class).isThrownBy(() -> directory.stat("x", true));
            assertThatExceptionOfType(FileException.class).isThrownBy(() -> directory.createDirectory("x"));
            assertThatExceptionOfType(FileException.class).isThrownBy(directory::list);
        }
    }

    @Test
    void onlyADirectoryIsPreopened() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Directory.preopen(file, FolderBounds.UNLIMITED));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Directory.preopen(temporary.resolve("none"), FolderBounds.UNLIMITED));
    }

    @Test
    void messagesHaveTheGuestsPathOnly() throws Exception {
        try (Directory directory = open(HostKind.REAL)) {
            assertThatExceptionOfType(FileException.class)
                    .isThrownBy(() -> directory.open("x/y", true, READ))
                    .withMessageStartingWith("x/y: ")
                    .withMessageNotContaining(top.toString());
        }
    }
}

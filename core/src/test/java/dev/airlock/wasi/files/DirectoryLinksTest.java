package dev.airlock.wasi.files;

import static dev.airlock.wasi.files.DirectoryTest.CREATE_NEW;
import static dev.airlock.wasi.files.DirectoryTest.DIRECTORY;
import static dev.airlock.wasi.files.DirectoryTest.READ;
import static dev.airlock.wasi.files.DirectoryTest.TRUNCATE;
import static dev.airlock.wasi.files.DirectoryTest.WRITE;
import static dev.airlock.wasi.files.DirectoryTest.read;
import static dev.airlock.wasi.files.DirectoryTest.refused;
import static dev.airlock.wasi.files.DirectoryTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DirectoryLinksTest {
    @TempDir
    Path temporary;

    private Path top = Path.of("");

    private Directory open(HostKind host) throws IOException {
        top = host.top(temporary);
        return Directory.preopen(top, FolderBounds.UNLIMITED);
    }

    @ParameterizedTest
    @EnumSource
    void linksAreFollowedInside(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            directory.createDirectory("dir");
            write(directory, "dir/file", "found");
            directory.symlink("dir/file", "link");
            directory.symlink("dir", "dirlink");
            directory.symlink("../link", "dir/back");
            directory.symlink("none", "dangling");
            assertThat(directory.readLink("link")).isEqualTo("dir/file");
            assertThat(read(directory, "link")).isEqualTo("found");
            assertThat(read(directory, "dirlink/back")).isEqualTo("found");
            assertThat(directory.stat("link", false).type()).isEqualTo(FileType.SYMBOLIC_LINK);
            assertThat(directory.stat("link", true).type()).isEqualTo(FileType.REGULAR_FILE);
            assertThat(directory.stat("dirlink/", false).type()).isEqualTo(FileType.DIRECTORY);
            refused(Kind.LOOP, () -> directory.open("link", false, READ));
            refused(Kind.LOOP, () -> directory.open("dangling", false, READ));
            refused(Kind.NOT_DIRECTORY, () -> directory.open("link", true, DIRECTORY));
            refused(Kind.NOT_DIRECTORY, () -> directory.stat("link/", true));
            refused(Kind.NO_ENTRY, () -> directory.open("dangling", true, READ));
            refused(Kind.INVALID, () -> directory.readLink("dir"));
            refused(Kind.INVALID, () -> directory.readLink("."));
            refused(Kind.NO_ENTRY, () -> directory.readLink("none"));
            refused(Kind.EXISTS, () -> directory.symlink("x", "link"));
            refused(Kind.EXISTS, () -> directory.symlink("x", "dir/"));
            refused(Kind.NO_ENTRY, () -> directory.symlink("x", "new/"));
            refused(Kind.OUTSIDE, () -> directory.symlink("/x", "new"));
            refused(Kind.NO_ENTRY, () -> directory.symlink("", "new"));
            refused(Kind.EXISTS, () -> directory.open("dangling", true, CREATE_NEW));
            refused(Kind.NOT_DIRECTORY, () -> directory.unlink("dirlink/"));
            refused(Kind.NOT_DIRECTORY, () -> directory.removeDirectory("dirlink"));
            refused(Kind.NOT_DIRECTORY, () -> directory.removeDirectory("dirlink/"));
            write(directory, "dangling", "made through the link");
            assertThat(read(directory, "none")).isEqualTo("made through the link");
            directory.unlink("link");
            assertThat(read(directory, "dir/file")).isEqualTo("found");
        }
    }

    @ParameterizedTest
    @EnumSource
    void fortyLinksAreFollowedAndNoMore(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            write(directory, "l0", "end");
            for (int i = 1; i <= 41; i++) {
                directory.symlink("l" + (i - 1), "l" + i);
            }
            assertThat(read(directory, "l40")).isEqualTo("end");
            refused(Kind.LOOP, () -> read(directory, "l41"));
            directory.symlink("self", "self");
            refused(Kind.LOOP, () -> directory.stat("self", true));
            assertThat(directory.stat("self", false).type()).isEqualTo(FileType.SYMBOLIC_LINK);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hardLinksAreCreatedInside(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            directory.createDirectory("sub");
            write(directory, "file", "one");
            directory.link("file", false, directory, "sub/second");
            write(directory, "sub/second", "two");
            assertThat(read(directory, "file")).isEqualTo("two");
            assertThat(directory.stat("file", true).links()).isEqualTo(host.tellsLinks() ? 2 : 1);
            assertThat(directory.stat("file", true)).isEqualTo(directory.stat("sub/second", true));
            refused(Kind.EXISTS, () -> directory.link("file", false, directory, "file"));
            refused(Kind.EXISTS, () -> directory.link("file", false, directory, "sub"));
            refused(Kind.NOT_PERMITTED, () -> directory.link("sub", false, directory, "x"));
            refused(Kind.NO_ENTRY, () -> directory.link("file", false, directory, "x/"));
            refused(Kind.NO_ENTRY, () -> directory.link("none", false, directory, "x"));
            directory.symlink("file", "symlink");
            directory.link("symlink", true, directory, "third");
            assertThat(read(directory, "third")).isEqualTo("two");
            if (host == HostKind.REAL && OwnDescriptors.serve(top.getFileSystem())) {
                directory.link("symlink", false, directory, "fourth");
                assertThat(directory.readLink("fourth")).isEqualTo("file");
            } else {
                refused(Kind.NOT_SUPPORTED, () -> directory.link("symlink", false, directory, "fourth"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoFoldersAreTwoDevices(HostKind host) throws Exception {
        try (Directory directory = open(host);
                Directory again = Directory.preopen(top, FolderBounds.UNLIMITED)) {
            write(directory, "file", "x");
            refused(Kind.CROSS_DEVICE, () -> directory.rename("file", again, "other"));
            refused(Kind.CROSS_DEVICE, () -> directory.link("file", false, again, "other"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileWithOtherNamesCanBeReadButNotWritten(HostKind host) throws Exception {
        assumeThat(host.tellsLinks()).isTrue();
        try (Directory parent = open(host)) {
            parent.createDirectory("outside");
            parent.createDirectory("folder");
            write(parent, "outside/file", "precious");
            Files.createLink(top.resolve("folder/hard"), top.resolve("outside/file"));
        }
        try (Directory directory = Directory.preopen(top.resolve("folder"), FolderBounds.UNLIMITED)) {
            assertThat(read(directory, "hard")).isEqualTo("precious");
            refused(Kind.NOT_PERMITTED, () -> directory.open("hard", true, WRITE));
            refused(Kind.NOT_PERMITTED, () -> directory.open("hard", true, TRUNCATE));
            refused(Kind.NOT_PERMITTED, () -> directory.setTimes("hard", true, FileTime.fromMillis(1), null));
            directory.link("hard", false, directory, "second");
            refused(Kind.NOT_PERMITTED, () -> directory.open("second", true, WRITE));
            directory.unlink("hard");
            refused(Kind.NOT_PERMITTED, () -> directory.open("second", true, WRITE));
            try (RegularFile file = (RegularFile) directory.open("second", true, READ)) {
                refused(Kind.NOT_PERMITTED, () -> file.setTimes(FileTime.fromMillis(1), null));
            }
            Files.delete(top.resolve("outside/file"));
            write(directory, "second", "mine");
        }
    }
}

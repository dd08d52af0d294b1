package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.wasi.FolderRules;
import dev.airlock.wasi.WasiCtx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The functions that take a path. */
class PathFunctionsTest extends FolderFixture {
    @Test
    void unknownFlagsAreEinval() throws IOException {
        file("a", "x");
        int length = door.text(1024, "a");
        assertThat(door.call("path_open", 3, 2, 1024, length, 0, 0, 0, 0, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("path_open", 3, 0, 1024, length, 16, 0, 0, 0, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("path_open", 3, 0, 1024, length, 0, 0, 0, 32, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("path_filestat_get", 3, 2, 1024, length, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("path_filestat_set_times", 3, 2, 1024, length, 0, 0, 0))
                .isEqualTo(Errno.EINVAL);
        assertThat(door.call("path_link", 3, 2, 1024, length, 3, 1024, length)).isEqualTo(Errno.EINVAL);
        // Rights newer than preview 1, and unknown ones, do no harm.
        door.run("path_open", 3, 0, 1024, length, 0, -1L & ~WRITE, -1, 0, 1);
    }

    @Test
    void creatingRenamingLinkingAndRemoving() throws IOException {
        int a = door.text(1024, "a");
        int b = door.text(1100, "b");
        door.run("path_create_directory", 3, 1024, a);
        assertThat(folder.resolve("a")).isDirectory();
        assertThat(door.call("path_create_directory", 3, 1024, a)).isEqualTo(Errno.EEXIST);
        door.run("path_rename", 3, 1024, a, 3, 1100, b);
        assertThat(folder.resolve("b")).isDirectory();
        assertThat(door.call("path_unlink_file", 3, 1100, b)).isIn(Errno.EISDIR, Errno.EPERM);
        door.run("path_remove_directory", 3, 1100, b);
        assertThat(folder).isEmptyDirectory();
        assertThat(door.call("path_remove_directory", 3, 1100, b)).isEqualTo(Errno.ENOENT);

        file("a", "x");
        door.run("path_link", 3, 0, 1024, a, 3, 1100, b);
        assertThat(folder.resolve("b")).hasContent("x");
        assertThat(door.call("path_link", 3, 0, 1024, a, 3, 1100, b)).isEqualTo(Errno.EEXIST);
        assertThat(door.call("path_remove_directory", 3, 1100, b)).isEqualTo(Errno.ENOTDIR);
        door.run("path_unlink_file", 3, 1100, b);
        assertThat(folder.resolve("b")).doesNotExist();
        assertThat(door.call("path_unlink_file", 3, 1100, b)).isEqualTo(Errno.ENOENT);
    }

    @Test
    void symbolicLinks() throws IOException {
        file("a", "x");
        int a = door.text(1024, "a");
        int b = door.text(1100, "b");
        door.run("path_symlink", 1024, a, 3, 1100, b);
        assertThat(Files.readSymbolicLink(folder.resolve("b"))).isEqualTo(Path.of("a"));
        door.run("path_readlink", 3, 1100, b, 1, 10, 20);
        door.expect(0, draw("?a?????????"));
        door.expect(19, draw("?", 1, 0, 0, 0, "?"));
        door.run("path_readlink", 3, 1100, b, 1, 0, 20);
        door.expect(19, draw("?", 0, 0, 0, 0, "?"));
        assertThat(door.call("path_readlink", 3, 1024, a, 1, 10, 20)).isEqualTo(Errno.EINVAL);
        door.run("path_filestat_get", 3, 0, 1100, b, 1);
        assertThat(door.memory().readByte(17)).isEqualTo((byte) Flags.SYMBOLIC_LINK);
        door.run("path_filestat_get", 3, 1, 1100, b, 1);
        assertThat(door.memory().readByte(17)).isEqualTo((byte) Flags.REGULAR_FILE);
        assertThat(door.call("path_open", 3, 0, 1100, b, 0, READ, 0, 0, 1)).isEqualTo(Errno.ELOOP);
        door.run("path_open", 3, 1, 1100, b, 0, READ, 0, 0, 1);
        assertThat(Files.exists(folder.resolve("b"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void opening() throws IOException {
        Path a = file("a", "xyz");
        int length = door.text(1024, "a");
        int none = door.text(1100, "none");
        assertThat(door.call("path_open", 3, 0, 1100, none, 0, READ, 0, 0, 1)).isEqualTo(Errno.ENOENT);
        assertThat(door.call("path_open", 3, 0, 1024, length, Flags.CREAT | Flags.EXCL, READ, 0, 0, 1))
                .isEqualTo(Errno.EEXIST);
        assertThat(door.call("path_open", 3, 0, 1024, length, Flags.DIRECTORY, READ, 0, 0, 1))
                .isEqualTo(Errno.ENOTDIR);
        assertThat(door.call("path_open", 3, 0, 1200, door.text(1200, "."), 0, BOTH, 0, 0, 1))
                .isEqualTo(Errno.EISDIR);
        door.expect(0, draw("??????"));
        int fd = door.open("a", Flags.TRUNC, 0, 0);
        assertThat(a).isEmptyFile();
        assertThat(door.write(fd, "x")).as("emptied, and not open for writing").isEqualTo(Errno.EBADF);
        assertThat(door.call("path_open", fd, 0, 1024, length, 0, READ, 0, 0, 1))
                .isEqualTo(Errno.ENOTDIR);
    }

    @Test
    void pathsThatAreTooLongOrIllFormed() {
        int huge = 70_000;
        door.memory().fill(1024, huge, (byte) 'x');
        assertThat(door.call("path_open", 3, 0, 1024, huge, Flags.CREAT, 0, 0, 0, 1))
                .isEqualTo(Errno.ENAMETOOLONG);
        assertThat(door.call("path_create_directory", 3, 1024, 4_096)).isEqualTo(Errno.ENAMETOOLONG);
        assertThat(door.call("path_create_directory", 3, 1024, 4_095)).isEqualTo(Errno.ENAMETOOLONG);
        assertThat(door.call("path_symlink", 1024, huge, 3, 1024, 1)).isEqualTo(Errno.ENAMETOOLONG);
        door.memory().write(1024, new byte[] {'a', (byte) 0xff});
        assertThat(door.call("path_create_directory", 3, 1024, 2)).isEqualTo(Errno.EILSEQ);
        door.memory().write(1024, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        assertThat(door.call("path_create_directory", 3, 1024, 3))
                .as("half a surrogate")
                .isEqualTo(Errno.EILSEQ);
        door.memory().write(1024, new byte[] {'a', 0, 'b'});
        assertThat(door.call("path_create_directory", 3, 1024, 3)).isIn(Errno.EINVAL, Errno.ENOENT);
        assertThat(door.call("path_create_directory", 3, 1024, 0)).isEqualTo(Errno.ENOENT);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPathOfAMebibyteIsTooLong() {
        door.memory().fill(0, Door.SIZE, (byte) 'x');
        assertThat(door.call("path_unlink_file", 3, 0, 1 << 20))
                .as("not in this memory")
                .isEqualTo(Errno.EFAULT);
        assertThat(door.call("path_unlink_file", 3, 0, Door.SIZE)).isEqualTo(Errno.ENAMETOOLONG);
    }

    @Test
    void outsideIsNotPermitted() {
        for (String path : List.of("/etc/passwd", "..", "../x", "a/../../x")) {
            int length = door.text(1024, path);
            assertThat(door.call("path_open", 3, 1, 1024, length, 0, READ, 0, 0, 1))
                    .as(path)
                    .isIn(Errno.EPERM, Errno.ENOENT);
        }
        int length = door.text(1024, "../x");
        assertThat(door.call("path_create_directory", 3, 1024, length)).isEqualTo(Errno.EPERM);
        assertThat(folder.resolve("../x")).doesNotExist();
    }

    @Test
    void aReadOnlyFolderStaysUnchanged() throws IOException {
        file("a", "x");
        reopen(WasiCtx.builder().preopenedDir(folder, "/", FolderRules.forReading()));
        int a = door.text(1024, "a");
        int b = door.text(1100, "b");
        List<Errno> answers = List.of(
                door.call("path_open", 3, 0, 1024, a, 0, WRITE, 0, 0, 1),
                door.call("path_open", 3, 0, 1024, a, Flags.TRUNC, 0, 0, 0, 1),
                door.call("path_open", 3, 0, 1100, b, Flags.CREAT, READ, 0, 0, 1),
                door.call("path_create_directory", 3, 1100, b),
                door.call("path_filestat_set_times", 3, 0, 1024, a, 0, 0, Flags.MTIM_NOW),
                door.call("fd_filestat_set_times", 3, 0, 0, Flags.MTIM_NOW),
                door.call("path_link", 3, 0, 1024, a, 3, 1100, b),
                door.call("path_rename", 3, 1024, a, 3, 1100, b),
                door.call("path_symlink", 1024, a, 3, 1100, b),
                door.call("path_unlink_file", 3, 1024, a));
        assertThat(answers).containsOnly(Errno.EROFS);
        assertThat(door.read(door.open("a", 0, READ, 0), 9)).isEqualTo("x");
        assertThat(folder.resolve("b")).doesNotExist();
    }
}

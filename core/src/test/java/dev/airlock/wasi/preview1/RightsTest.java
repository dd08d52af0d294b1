package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operations on a descriptor that its rights allow. */
class RightsTest extends FolderFixture {
    @Test
    void rightsOfANewDescriptorFollowItsKind() throws IOException {
        file("a", "x");
        Files.createDirectory(folder.resolve("d"));
        int reading = door.open("a", 0, READ, 0);
        door.run("fd_fdstat_get", reading, 1);
        door.expect(0, draw("?", Flags.REGULAR_FILE, 0, 0, 0, 0, 0, 0, 0));
        assertThat(door.memory().readLong(9)).isEqualTo(Rights.OF_FILES & ~Rights.OF_WRITING);
        door.expect(17, draw(0L, "?"));
        assertThat(door.write(reading, "y")).isEqualTo(Errno.EBADF);
        assertThat(door.call("fd_filestat_set_size", reading, 0)).isEqualTo(Errno.ENOTCAPABLE);
        assertThat(door.call("fd_allocate", reading, 0, 1)).isEqualTo(Errno.ENOTCAPABLE);
        int writing = door.open("a", 0, WRITE, Flags.APPEND);
        door.iovecs(2000, 2100, 1);
        assertThat(door.call("fd_read", writing, 2000, 1, 2020)).isEqualTo(Errno.EBADF);
        door.run("fd_fdstat_get", writing, 1);
        assertThat(door.memory().readShort(3)).isEqualTo((short) Flags.APPEND);
        int directory = door.open("d", Flags.DIRECTORY, 0, 0);
        door.run("fd_fdstat_get", directory, 1);
        door.expect(1, draw(Flags.OF_DIRECTORY, 0, 0, 0, 0, 0, 0, 0, Rights.OF_DIRECTORIES));
        for (String function : List.of("fd_read", "fd_write")) {
            assertThat(door.call(function, directory, 2000, 1, 2020)).isEqualTo(Errno.EBADF);
        }
        for (String function : List.of("fd_pread", "fd_pwrite")) {
            assertThat(door.call(function, directory, 2000, 1, 0, 2020)).isEqualTo(Errno.EBADF);
        }
        assertThat(door.call("fd_seek", directory, 0, 0, 1)).isEqualTo(Errno.EBADF);
        assertThat(door.call("fd_tell", directory, 1)).isEqualTo(Errno.EBADF);
        assertThat(door.call("fd_advise", directory, 0, 0, 0)).isEqualTo(Errno.EBADF);
        assertThat(door.call("fd_allocate", directory, 0, 1)).isEqualTo(Errno.EBADF);
        assertThat(door.call("fd_filestat_set_size", directory, 0)).isEqualTo(Errno.EBADF);
        door.run("fd_sync", directory);
        door.run("fd_filestat_set_times", directory, 0, 7_000_000_000L, Flags.MTIM);
        assertThat(Files.getLastModifiedTime(folder.resolve("d")).toInstant()).isEqualTo(Instant.ofEpochSecond(7));
    }

    @Test
    void everyPathFunctionNeedsItsRight() throws IOException {
        file("a", "x");
        int length = door.text(1024, "a");
        int other = door.text(1100, "b");
        record Case(long right, String function, long... args) {}
        List<Case> cases = List.of(
                new Case(Rights.PATH_CREATE_DIRECTORY, "path_create_directory", 3, 1100, other),
                new Case(Rights.PATH_FILESTAT_GET, "path_filestat_get", 3, 0, 1024, length, 0),
                new Case(Rights.PATH_FILESTAT_SET_TIMES, "path_filestat_set_times", 3, 0, 1024, length, 0, 0, 0),
                new Case(Rights.PATH_LINK_SOURCE, "path_link", 3, 0, 1024, length, 3, 1100, other),
                new Case(Rights.PATH_LINK_TARGET, "path_link", 3, 0, 1024, length, 3, 1100, other),
                new Case(Rights.PATH_OPEN, "path_open", 3, 0, 1024, length, 0, 0, 0, 0, 0),
                new Case(Rights.PATH_CREATE_FILE, "path_open", 3, 0, 1024, length, Flags.CREAT, 0, 0, 0, 0),
                new Case(Rights.PATH_FILESTAT_SET_SIZE, "path_open", 3, 0, 1024, length, Flags.TRUNC, 0, 0, 0, 0),
                new Case(Rights.PATH_READLINK, "path_readlink", 3, 1024, length, 0, 10, 20),
                new Case(Rights.PATH_REMOVE_DIRECTORY, "path_remove_directory", 3, 1024, length),
                new Case(Rights.PATH_RENAME_SOURCE, "path_rename", 3, 1024, length, 3, 1100, other),
                new Case(Rights.PATH_RENAME_TARGET, "path_rename", 3, 1024, length, 3, 1100, other),
                new Case(Rights.PATH_SYMLINK, "path_symlink", 1024, length, 3, 1100, other),
                new Case(Rights.PATH_UNLINK_FILE, "path_unlink_file", 3, 1024, length),
                new Case(Rights.FD_READDIR, "fd_readdir", 3, 0, 10, 0, 20),
                new Case(Rights.FD_FILESTAT_GET, "fd_filestat_get", 3, 0),
                new Case(Rights.FD_FILESTAT_SET_TIMES, "fd_filestat_set_times", 3, 0, 0, 0),
                new Case(Rights.FD_SYNC, "fd_sync", 3),
                new Case(Rights.FD_DATASYNC, "fd_datasync", 3));
        for (Case c : cases) {
            reopen(ctx());
            door.text(1024, "a");
            door.text(1100, "b");
            door.run("fd_fdstat_set_rights", 3, Rights.OF_DIRECTORIES & ~c.right(), 0);
            assertThat(door.call(c.function(), c.args())).as(c.function()).isEqualTo(Errno.ENOTCAPABLE);
        }
        assertThat(folder.resolve("a")).hasContent("x");
        assertThat(folder.resolve("b")).doesNotExist();
    }

    @Test
    void rightsThatADirectoryDoesNotPassOnAreRefused() throws IOException {
        file("a", "x");
        door.run("fd_fdstat_set_rights", 3, Rights.OF_DIRECTORIES, Rights.OF_DIRECTORIES | READ);
        int length = door.text(1024, "a");
        assertThat(door.call("path_open", 3, 0, 1024, length, 0, WRITE, 0, 0, 1))
                .isEqualTo(Errno.ENOTCAPABLE);
        int fd = door.open("a", 0, READ, 0);
        door.run("fd_fdstat_get", fd, 1);
        assertThat(door.memory().readLong(9))
                .isEqualTo(Rights.OF_FILES & ~Rights.OF_WRITING & (Rights.OF_DIRECTORIES | READ));
        assertThat(door.call("fd_seek", fd, 1, 0, 1)).isEqualTo(Errno.ENOTCAPABLE);
        assertThat(door.call("fd_tell", fd, 1)).isEqualTo(Errno.ENOTCAPABLE);
    }
}

package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.wasi.WasiClocks;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.files.FolderRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors of files and directories. */
class FileFunctionsTest {
    private static final long READ = Rights.FD_READ;
    private static final long WRITE = Rights.FD_WRITE;
    private static final long BOTH = READ | WRITE;

    @TempDir
    private Path folder;

    private Door door;

    private WasiCtx.Builder ctx() {
        return WasiCtx.builder().preopenedDir(folder, "/data").clocks(WasiClocks.fixed(Instant.ofEpochSecond(1000)));
    }

    @BeforeEach
    void open() {
        door = Door.of(ctx());
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void reopen(WasiCtx.Builder ctx) {
        door.close();
        door = Door.of(ctx);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void theFolderIsDescriptorThreeAndHasItsName() {
        door.run("fd_prestat_get", 3, 1);
        door.expect(0, draw("?", 0, 0, 0, 0, 5, 0, 0, 0, "?"));
        door.run("fd_prestat_dir_name", 3, 1, 7);
        door.expect(0, draw("?/data", 0, 0, 0, "?"));
        assertThat(door.call("fd_prestat_dir_name", 3, 20, 4)).isEqualTo(Errno.ENAMETOOLONG);
        assertThat(door.call("fd_prestat_get", 4, 20)).isEqualTo(Errno.EBADF);
        door.expect(20, draw("????????"));
    }

    @Test
    void aFileIsReadFromItsStartAndFromAnywhere() throws IOException {
        file("a", "0123456789");
        int fd = door.open("a", 0, READ, 0);
        assertThat(door.read(fd, 4)).isEqualTo("0123");
        door.run("fd_tell", fd, 1);
        door.expect(0, draw("?", 4L, "?"));
        door.memory().fill(2100, 100, (byte) '?');
        door.iovecs(2000, 2100, 2, 2110, 20);
        door.run("fd_pread", fd, 2000, 2, 5, 2020);
        door.expect(2099, draw("?56????????789??"));
        door.expect(2019, draw("?", 5, 0, 0, 0, "?"));
        assertThat(door.read(fd, 100)).as("the position is as it was").isEqualTo("456789");
        assertThat(door.read(fd, 100)).isEmpty();
        door.run("fd_pread", fd, 2000, 2, 1000, 2020);
        assertThat(door.memory().readInt(2020)).isZero();
        assertThat(door.call("fd_pread", fd, 2000, 2, -1, 2020)).isEqualTo(Errno.EINVAL);
    }

    @Test
    void aFileIsWrittenAtItsPositionAndAnywhere() throws IOException {
        int fd = door.open("new", Flags.CREAT, BOTH, 0);
        assertThat(door.write(fd, "0123456789")).isEqualTo(Errno.ESUCCESS);
        door.run("fd_seek", fd, -3, 1, 1);
        door.expect(0, draw("?", 7L, "?"));
        assertThat(door.write(fd, "abcd")).isEqualTo(Errno.ESUCCESS);
        door.iovecs(2000, 2100, 2, 2102, 1);
        door.text(2100, "xyz");
        door.run("fd_pwrite", fd, 2000, 2, 1, 2020);
        door.expect(2019, draw("?", 3, 0, 0, 0, "?"));
        door.run("fd_tell", fd, 1);
        assertThat(door.memory().readLong(1)).isEqualTo(11);
        door.run("fd_sync", fd);
        door.run("fd_datasync", fd);
        assertThat(folder.resolve("new")).hasContent("0xyz456abcd");
    }

    @Test
    void appendingGoesToTheEndWhateverThePosition() throws IOException {
        file("a", "abc");
        int fd = door.open("a", 0, BOTH, Flags.APPEND);
        assertThat(door.write(fd, "d")).isEqualTo(Errno.ESUCCESS);
        door.run("fd_seek", fd, 0, 0, 1);
        assertThat(door.write(fd, "e")).isEqualTo(Errno.ESUCCESS);
        door.run("fd_tell", fd, 1);
        assertThat(door.memory().readLong(1)).isEqualTo(5);
        door.iovecs(2000, 2100, 1);
        door.run("fd_pwrite", fd, 2000, 1, 0, 2020);
        assertThat(Files.size(folder.resolve("a"))).isEqualTo(6);
        door.run("fd_fdstat_set_flags", fd, 0);
        door.run("fd_seek", fd, 0, 0, 1);
        assertThat(door.write(fd, "X")).isEqualTo(Errno.ESUCCESS);
        assertThat(Files.readString(folder.resolve("a"))).startsWith("Xbcde");
    }

    @Test
    void seeking() throws IOException {
        file("a", "0123456789");
        int fd = door.open("a", 0, READ, 0);
        long[][] seeks = {
            {3, 0, 3}, {-1, 1, 2}, {-4, 2, 6}, {0, 1, 6}, {100, 2, 110}, {Long.MAX_VALUE, 0, Long.MAX_VALUE}
        };
        for (long[] seek : seeks) {
            door.run("fd_seek", fd, seek[0], seek[1], 1);
            assertThat(door.memory().readLong(1)).isEqualTo(seek[2]);
        }
        door.run("fd_seek", fd, 5, 0, 1);
        assertThat(door.call("fd_seek", fd, -1, 0, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("fd_seek", fd, -6, 1, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("fd_seek", fd, -11, 2, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("fd_seek", fd, Long.MAX_VALUE, 1, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("fd_seek", fd, Long.MAX_VALUE, 2, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("fd_seek", fd, 0, 3, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.read(fd, 2)).as("the position is as it was").isEqualTo("56");
    }

    @Test
    void writingFarBehindEverythingIsRefused() {
        int fd = door.open("a", Flags.CREAT, BOTH, 0);
        door.run("fd_seek", fd, Long.MAX_VALUE, 0, 1);
        assertThat(door.write(fd, "x")).isIn(Errno.EFBIG, Errno.EINVAL);
        assertThat(door.call("fd_filestat_set_size", fd, -1)).isEqualTo(Errno.EFBIG);
        assertThat(door.call("fd_allocate", fd, Long.MAX_VALUE, 1)).isEqualTo(Errno.EFBIG);
        assertThat(door.call("fd_allocate", fd, 0, 0)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("fd_allocate", fd, -1, 1)).isEqualTo(Errno.EINVAL);
    }

    @Test
    void sizes() throws IOException {
        int fd = door.open("a", Flags.CREAT, BOTH, 0);
        door.run("fd_filestat_set_size", fd, 10);
        assertThat(folder.resolve("a")).hasSize(10);
        door.run("fd_filestat_set_size", fd, 3);
        assertThat(folder.resolve("a")).hasSize(3);
        door.run("fd_allocate", fd, 2, 5);
        assertThat(folder.resolve("a")).hasSize(7);
        door.run("fd_allocate", fd, 0, 2);
        assertThat(folder.resolve("a")).hasSize(7);
        door.run("fd_advise", fd, 0, 100, 3);
        assertThat(door.call("fd_advise", fd, 0, 100, 6)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("fd_advise", fd, -1, 100, 0)).isEqualTo(Errno.EINVAL);
    }

    @Test
    void whatIsToldOfAFile() throws IOException {
        Path path = file("a", "0123456789");
        Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(5, 7)));
        int fd = door.open("a", 0, READ, 0);
        door.run("fd_filestat_get", fd, 1);
        long inode = (Long) Files.getAttribute(path, "unix:ino");
        assertThat(door.memory().readLong(9)).isNotZero();
        door.expect(17, draw(Flags.REGULAR_FILE, 0, 0, 0, 0, 0, 0, 0, 1L, 10L));
        assertThat(door.memory().readLong(49)).isEqualTo(5_000_000_007L);
        door.expect(65, draw("?"));
        door.memory().fill(0, 70, (byte) '?');
        door.run("path_filestat_get", 3, 0, 1024, door.text(1024, "a"), 1);
        door.expect(0, draw("?"));
        door.expect(17, draw(Flags.REGULAR_FILE, 0, 0, 0, 0, 0, 0, 0, 1L, 10L));
        door.expect(65, draw("?"));
        assertThat(inode).isNotZero();
        door.run("fd_filestat_get", 3, 1);
        assertThat(door.memory().readByte(17)).isEqualTo((byte) Flags.OF_DIRECTORY);
    }

    @Test
    void timesAreGivenOrNow() throws IOException {
        Path path = file("a", "");
        int fd = door.open("a", 0, BOTH, 0);
        door.run("fd_filestat_set_times", fd, 3_000_000_001L, 4_000_000_002L, Flags.ATIM | Flags.MTIM);
        assertThat(Files.getLastModifiedTime(path).toInstant()).isEqualTo(Instant.ofEpochSecond(4, 2));
        assertThat(((FileTime) Files.getAttribute(path, "lastAccessTime")).toInstant())
                .isEqualTo(Instant.ofEpochSecond(3, 1));
        door.run("fd_filestat_set_times", fd, 0, 0, Flags.MTIM_NOW);
        assertThat(Files.getLastModifiedTime(path).toInstant())
                .as("the guest's clock")
                .isEqualTo(Instant.ofEpochSecond(1000));
        int length = door.text(1024, "a");
        door.run("path_filestat_set_times", 3, 0, 1024, length, 0, 9_000_000_000L, Flags.MTIM);
        assertThat(Files.getLastModifiedTime(path).toInstant()).isEqualTo(Instant.ofEpochSecond(9));
        for (int flags : new int[] {Flags.ATIM | Flags.ATIM_NOW, Flags.MTIM | Flags.MTIM_NOW, 16, 1 << 16}) {
            assertThat(door.call("fd_filestat_set_times", fd, 0, 0, flags)).isEqualTo(Errno.EINVAL);
            assertThat(door.call("path_filestat_set_times", 3, 0, 1024, length, 0, 0, flags))
                    .isEqualTo(Errno.EINVAL);
        }
    }

    @Test
    void rightsOfWhatIsOpenedFollowWhatItIs() throws IOException {
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
    void whatADirectoryDoesNotPassOnIsNotOpened() throws IOException {
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

    @Test
    void flagsThatThereAreNotAreEinval() throws IOException {
        file("a", "x");
        int length = door.text(1024, "a");
        assertThat(door.call("path_open", 3, 2, 1024, length, 0, 0, 0, 0, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("path_open", 3, 0, 1024, length, 16, 0, 0, 0, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("path_open", 3, 0, 1024, length, 0, 0, 0, 32, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("path_filestat_get", 3, 2, 1024, length, 1)).isEqualTo(Errno.EINVAL);
        assertThat(door.call("path_filestat_set_times", 3, 2, 1024, length, 0, 0, 0))
                .isEqualTo(Errno.EINVAL);
        assertThat(door.call("path_link", 3, 2, 1024, length, 3, 1024, length)).isEqualTo(Errno.EINVAL);
        // Rights that came after preview 1, or never, do no harm.
        door.run("path_open", 3, 0, 1024, length, 0, -1L & ~WRITE, -1, 0, 1);
    }

    @Test
    void makingRenamingLinkingAndRemoving() throws IOException {
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
    void openingInItsVariations() throws IOException {
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

    private record Dirent(String name, long next, int type) {}

    private List<Dirent> list(int fd, int room) {
        var all = new ArrayList<Dirent>();
        long cookie = 0;
        while (true) {
            door.memory().fill(3000, room + 1, (byte) '?');
            door.run("fd_readdir", fd, 3000, room, cookie, 1);
            int used = door.memory().readInt(1);
            door.expect(3000 + used, draw("?"));
            int at = 3000;
            boolean any = false;
            while (at + 24 <= 3000 + used) {
                int length = door.memory().readInt(at + 16);
                if (at + 24 + length > 3000 + used) {
                    break;
                }
                cookie = door.memory().readLong(at);
                all.add(new Dirent(
                        door.memory().readString(at + 24, length),
                        cookie,
                        door.memory().readByte(at + 20)));
                any = true;
                at += 24 + length;
            }
            if (used < room) {
                return all;
            }
            assertThat(any).as("room for one entry").isTrue();
        }
    }

    @Test
    void aDirectoryIsListedWholeWhateverTheBuffer() throws IOException {
        var names = new TreeSet<String>();
        for (int i = 0; i < 100; i++) {
            names.add("file" + "x".repeat(i % 40) + i);
        }
        for (String name : names) {
            file(name, "");
        }
        Files.createDirectory(folder.resolve("sub"));
        names.add("sub");
        for (int room : new int[] {100, 256, 1000, 30_000}) {
            List<Dirent> found = list(3, room);
            assertThat(found.get(0)).isEqualTo(new Dirent(".", 1, Flags.OF_DIRECTORY));
            assertThat(found.get(1)).isEqualTo(new Dirent("..", 2, Flags.OF_DIRECTORY));
            assertThat(found.subList(2, found.size()).stream().map(Dirent::name).collect(Collectors.toList()))
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(found)
                    .filteredOn(e -> e.name().equals("sub"))
                    .extracting(Dirent::type)
                    .containsExactly(Flags.OF_DIRECTORY);
        }
    }

    @Test
    void cookiesLeadBackAndForth() throws IOException {
        for (int i = 0; i < 20; i++) {
            file("f" + i, "");
        }
        List<Dirent> all = list(3, 30_000);
        for (int i : new int[] {19, 3, 4, 21, 0, 1, 2, 10}) {
            door.run("fd_readdir", 3, 3000, 10_000, all.get(i).next(), 1);
            if (i + 1 == all.size()) {
                assertThat(door.memory().readInt(1)).isZero();
            } else {
                int length = door.memory().readInt(3016);
                assertThat(door.memory().readString(3024, length))
                        .isEqualTo(all.get(i + 1).name());
            }
        }
        for (long cookie : new long[] {1000, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            door.run("fd_readdir", 3, 3000, 10_000, cookie, 1);
            assertThat(door.memory().readInt(1)).isZero();
        }
        door.memory().fill(3000, 100, (byte) '?');
        door.run("fd_readdir", 3, 3000, 0, 0, 1);
        door.run("fd_readdir", 3, 3001, 10, 2, 1);
        door.expect(3000, draw("?", 3L));
        door.expect(3011, draw("?"));
    }

    @Test
    void descriptorsAreBounded() throws IOException {
        reopen(ctx().maxDescriptors(100));
        file("a", "");
        int length = door.text(1024, "a");
        int opened = 0;
        for (int i = 0; i < 100_000; i++) {
            Errno errno = door.call("path_open", 3, 0, 1024, length, 0, READ, 0, 0, 1);
            if (errno == Errno.ESUCCESS) {
                assertThat(door.memory().readInt(1)).isEqualTo(4 + opened++);
            } else {
                assertThat(errno).isEqualTo(Errno.EMFILE);
            }
        }
        assertThat(opened).isEqualTo(96);
        assertThat(door.call("path_open", 3, 0, 1100, door.text(1100, "new"), Flags.CREAT, READ, 0, 0, 1))
                .isEqualTo(Errno.EMFILE);
        assertThat(folder.resolve("new")).as("refused before it is made").doesNotExist();
        door.run("fd_close", 50);
        door.run("fd_close", 40);
        assertThat(door.open("a", 0, READ, 0)).as("the lowest that is free").isEqualTo(40);
        assertThat(door.open("a", 0, READ, 0)).isEqualTo(50);
    }

    @Test
    void aThousandAndTwentyFourUnlessSaidOtherwise() throws IOException {
        file("a", "");
        int length = door.text(1024, "a");
        int opened = 4;
        while (door.call("path_open", 3, 0, 1024, length, 0, READ, 0, 0, 1) == Errno.ESUCCESS) {
            opened++;
        }
        assertThat(opened).isEqualTo(WasiCtx.DEFAULT_MAX_DESCRIPTORS);
    }

    @Test
    void writingPastTheQuotaIsRefused() throws IOException {
        reopen(WasiCtx.builder().preopenedDir(folder, "/", new FolderRules(false, 10, 2)));
        int fd = door.open("a", Flags.CREAT, BOTH, 0);
        assertThat(door.write(fd, "0123456789")).isEqualTo(Errno.ESUCCESS);
        assertThat(door.write(fd, "x")).isEqualTo(Errno.EDQUOT);
        assertThat(door.call("fd_filestat_set_size", fd, 11)).isEqualTo(Errno.EDQUOT);
        assertThat(door.call("fd_allocate", fd, 5, 6)).isEqualTo(Errno.EDQUOT);
        assertThat(folder.resolve("a")).hasContent("0123456789");
        door.open("b", Flags.CREAT, BOTH, 0);
        assertThat(door.call("path_create_directory", 3, 1024, door.text(1024, "c")))
                .isEqualTo(Errno.EDQUOT);
        assertThat(folder.resolve("c")).doesNotExist();
    }

    @Test
    void aReadOnlyFolderStaysAsItIs() throws IOException {
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

    @Test
    void renumberingReplacesAFile() throws IOException {
        file("a", "aa");
        file("b", "bb");
        int a = door.open("a", 0, READ, 0);
        int b = door.open("b", 0, READ, 0);
        assertThat(door.read(a, 1)).isEqualTo("a");
        door.run("fd_renumber", a, b);
        assertThat(door.read(b, 9)).as("with its position").isEqualTo("a");
        assertThat(door.call("fd_close", a)).isEqualTo(Errno.EBADF);
        door.run("fd_renumber", 3, b);
        door.run("fd_prestat_get", b, 1);
        door.expect(0, draw("?", 0, 0, 0, 0, 5));
        assertThat(door.call("fd_prestat_get", 3, 1)).isEqualTo(Errno.EBADF);
    }

    @Test
    void numbersThatWereNeverOpenedAreBad() {
        List<long[]> bad = IntStream.of(4, 5, 1_000, 1_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1)
                .mapToObj(fd -> new long[] {fd})
                .toList();
        for (long[] fd : bad) {
            for (Call call : Call.values()) {
                if (call.params().isEmpty() || call.params().get(0).kind() != Call.Kind.FD) {
                    continue;
                }
                long[] args = new long[call.type().params().size()];
                args[0] = fd[0];
                for (Call.Param param : call.params()) {
                    if (param.kind() == Call.Kind.STRING) {
                        args[param.index()] = 1024;
                        args[param.index() + 1] = 1;
                    }
                }
                assertThat(door.call(call.lowerCase(), args))
                        .as(call + " " + fd[0])
                        .isEqualTo(Errno.EBADF);
            }
        }
    }
}

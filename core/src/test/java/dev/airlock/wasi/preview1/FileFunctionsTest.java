package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.wasi.FolderRules;
import dev.airlock.wasi.WasiCtx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Descriptors of files, and the functions on them. */
class FileFunctionsTest extends FolderFixture {
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
        assertThat(door.read(fd, 100)).as("the position is unchanged").isEqualTo("456789");
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
    void appendingIgnoresThePosition() throws IOException {
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
        assertThat(door.read(fd, 2)).as("the position is unchanged").isEqualTo("56");
    }

    @Test
    void writingFarBehindTheEndIsRefused() {
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
    void fdstatAndFilestatOfAFile() throws IOException {
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
}

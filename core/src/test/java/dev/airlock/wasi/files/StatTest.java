package dev.airlock.wasi.files;

import static dev.airlock.wasi.files.DirectoryTest.READ;
import static dev.airlock.wasi.files.DirectoryTest.refused;
import static dev.airlock.wasi.files.DirectoryTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Times and numbers of files. */
class StatTest {
    @TempDir
    Path temporary;

    private Path top = Path.of("");

    private Directory open(HostKind host) throws IOException {
        top = host.top(temporary);
        return Directory.preopen(top, FolderBounds.UNLIMITED);
    }

    @ParameterizedTest
    @EnumSource
    void timesAreSet(HostKind host) throws Exception {
        try (Directory directory = open(host)) {
            directory.createDirectory("dir");
            write(directory, "file", "x");
            directory.symlink("file", "link");
            FileTime then = FileTime.from(Instant.ofEpochSecond(1_600_000_000, 123_456_000));
            long nanos = 1_600_000_000_123_456_000L;
            directory.setTimes("link", false, null, then);
            assertThat(directory.stat("link", false).modifiedNanos()).isEqualTo(nanos);
            assertThat(directory.stat("file", false).modifiedNanos()).isNotEqualTo(nanos);
            long accessed = directory.stat("file", false).accessedNanos();
            directory.setTimes("link", true, null, then);
            assertThat(directory.stat("file", false).modifiedNanos()).isEqualTo(nanos);
            assertThat(directory.stat("file", false).accessedNanos()).isEqualTo(accessed);
            directory.setTimes("dir", true, then, then);
            assertThat(directory.stat("dir", false).accessedNanos()).isEqualTo(nanos);
            directory.setTimes(then, then);
            assertThat(directory.stat().modifiedNanos()).isEqualTo(nanos);
            refused(Kind.INVALID, () -> directory.setTimes("file", true, FileTime.fromMillis(-1), null));
            refused(Kind.NO_ENTRY, () -> directory.setTimes("none", true, then, then));
        }
    }

    @Test
    void timesOfFilesAreSetToTheNanosecond() throws Exception {
        try (Directory directory = open(HostKind.REAL)) {
            assumeThat(OwnDescriptors.serve(top.getFileSystem())).isTrue();
            write(directory, "file", "x");
            FileTime then = FileTime.from(Instant.ofEpochSecond(1_600_000_000, 123_456_789));
            directory.setTimes("file", true, null, then);
            assertThat(directory.stat("file", false).modifiedNanos()).isEqualTo(1_600_000_000_123_456_789L);
            FileTime later = FileTime.from(Instant.ofEpochSecond(1_600_000_000, 987_654_321));
            try (RegularFile file = (RegularFile) directory.open("file", true, READ)) {
                file.setTimes(null, later);
                assertThat(file.stat().modifiedNanos()).isEqualTo(1_600_000_000_987_654_321L);
            }
        }
    }

    @Test
    void statReportsTheAttributesOfUnix() throws Exception {
        try (Directory directory = open(HostKind.REAL)) {
            write(directory, "file", "hello");
            directory.createDirectory("dir");
            FileStat stat = directory.stat("file", true);
            Path file = top.resolve("file");
            assumeThat(top.getFileSystem().supportedFileAttributeViews()).contains("unix");
            assertThat(stat.inode()).isEqualTo(((Number) Files.getAttribute(file, "unix:ino")).longValue());
            assertThat(stat.device()).isEqualTo(((Number) Files.getAttribute(file, "unix:dev")).longValue());
            assertThat(stat.size()).isEqualTo(5);
            assertThat(stat.changedNanos())
                    .isEqualTo(FileTypes.nanos((FileTime) Files.getAttribute(file, "unix:ctime")));
            assertThat(directory.stat("dir", true).links())
                    .isEqualTo(((Number) Files.getAttribute(top.resolve("dir"), "unix:nlink")).longValue());
            try (RegularFile open = (RegularFile) directory.open("file", true, READ)) {
                assertThat(open.stat()).isEqualTo(directory.stat("file", true));
            }
        }
    }
}

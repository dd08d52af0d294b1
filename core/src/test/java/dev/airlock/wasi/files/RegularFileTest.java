package dev.airlock.wasi.files;

import static dev.airlock.wasi.files.DirectoryTest.CREATE;
import static dev.airlock.wasi.files.DirectoryTest.READ;
import static dev.airlock.wasi.files.DirectoryTest.WRITE;
import static dev.airlock.wasi.files.DirectoryTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegularFileTest {
    @TempDir
    Path temporary;

    private Directory open(HostKind host) throws IOException {
        return Directory.preopen(host.top(temporary), FolderBounds.UNLIMITED);
    }

    @ParameterizedTest
    @EnumSource
    void bytesAreReadAndWrittenAtPositions(HostKind host) throws Exception {
        try (Directory directory = open(host);
                RegularFile file = (RegularFile) directory.open("file", true, CREATE)) {
            byte[] bytes = {9, 1, 2, 3, 9};
            assertThat(file.write(0, bytes, 1, 3)).isEqualTo(3);
            assertThat(file.write(5, bytes, 1, 1)).isEqualTo(1);
            assertThat(file.size()).isEqualTo(6);
            byte[] into = new byte[10];
            assertThat(file.read(0, into, 2, 8)).isEqualTo(6);
            assertThat(into).containsExactly(0, 0, 1, 2, 3, 0, 0, 1, 0, 0);
            assertThat(file.read(6, into, 0, 10)).isZero();
            assertThat(file.read(1L << 40, into, 0, 10)).isZero();
            assertThat(file.read(0, into, 0, 0)).isZero();
            assertThat(file.append(bytes, 0, 2)).isEqualTo(8);
            assertThat(file.stat().size()).isEqualTo(8);
            refused(Kind.INVALID, () -> file.read(-1, into, 0, 1));
            refused(Kind.INVALID, () -> file.write(-1, into, 0, 1));
            refused(Kind.FILE_TOO_LARGE, () -> file.write(Long.MAX_VALUE, into, 0, 1));
            file.sync(true);
            file.sync(false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeRangesAreReadAndWrittenAtOnce(HostKind host) throws Exception {
        byte[] bytes = new byte[3_000_001];
        new Random(1).nextBytes(bytes);
        try (Directory directory = open(host);
                RegularFile file = (RegularFile) directory.open("file", true, CREATE)) {
            assertThat(file.write(7, bytes, 0, bytes.length)).isEqualTo(bytes.length);
            byte[] read = new byte[bytes.length];
            assertThat(file.read(7, read, 0, read.length)).isEqualTo(bytes.length);
            assertThat(read).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSizeIsSet(HostKind host) throws Exception {
        try (Directory directory = open(host);
                RegularFile file = (RegularFile) directory.open("file", true, CREATE)) {
            file.setSize(100);
            assertThat(file.size()).isEqualTo(100);
            file.setSize(10);
            assertThat(file.size()).isEqualTo(10);
            file.allocate(5, 2);
            assertThat(file.size()).isEqualTo(10);
            file.allocate(5, 15);
            assertThat(file.size()).isEqualTo(20);
            refused(Kind.INVALID, () -> file.setSize(-1));
            refused(Kind.INVALID, () -> file.allocate(0, 0));
            refused(Kind.FILE_TOO_LARGE, () -> file.allocate(Long.MAX_VALUE, 10));
        }
    }

    @Test
    void aSizeThatNoFileCanHaveIsRefused() throws Exception {
        try (Directory directory = open(HostKind.REAL);
                RegularFile file = (RegularFile) directory.open("file", true, CREATE)) {
            assertThatExceptionOfType(FileException.class)
                    .isThrownBy(() -> file.setSize(Long.MAX_VALUE))
                    .satisfies(e -> assertThat(e.kind()).isIn(Kind.FILE_TOO_LARGE, Kind.INVALID, Kind.NO_SPACE));
            assertThat(file.size()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void concurrentAppendsLoseNoBytes(HostKind host) throws Exception {
        Path top = host.top(temporary);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Future<?>[] all = new Future<?>[4];
            for (int i = 0; i < all.length; i++) {
                byte[] line = (i + "234567\n").getBytes();
                all[i] = threads.submit(() -> {
                    try (Directory directory = Directory.preopen(top, FolderBounds.UNLIMITED);
                            RegularFile file = (RegularFile) directory.open("log", true, CREATE)) {
                        for (int n = 0; n < 500; n++) {
                            file.append(line, 0, line.length);
                        }
                    }
                    return null;
                });
            }
            for (Future<?> one : all) {
                one.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Files.readAllLines(top.resolve("log"))).hasSize(2000).allMatch(line -> line.matches("[0-3]234567"));
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedFileStaysUsableWhileOpen(HostKind host) throws Exception {
        try (Directory directory = open(host);
                RegularFile file = (RegularFile) directory.open("file", true, CREATE)) {
            file.write(0, new byte[] {1, 2, 3}, 0, 3);
            directory.unlink("file");
            assertThat(file.stat().size()).isEqualTo(3);
            assertThat(file.stat().type()).isEqualTo(FileType.REGULAR_FILE);
            file.append(new byte[] {4}, 0, 1);
            assertThat(file.read(0, new byte[10], 0, 10)).isEqualTo(4);
        }
    }

    @Test
    void anInterruptEndsReadingAndIsKept() throws Exception {
        try (Directory directory = open(HostKind.REAL);
                RegularFile file = (RegularFile) directory.open("file", true, CREATE)) {
            file.write(0, new byte[10], 0, 10);
            Thread.currentThread().interrupt();
            try {
                refused(Kind.INTERRUPTED, () -> file.read(0, new byte[10], 0, 10));
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            refused(Kind.IO, () -> file.read(0, new byte[10], 0, 10));
            refused(Kind.IO, () -> file.write(0, new byte[10], 0, 10));
            refused(Kind.IO, file::size);
        }
    }

    @Test
    void aFullDiskIsReportedAsNoSpace() throws Exception {
        // Every write to it fails as on a full disk. It is a device, so a guest could not open it.
        assumeThat(Files.exists(Path.of("/dev/full"))).isTrue();
        try (var full = Files.newByteChannel(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> full.write(ByteBuffer.wrap(new byte[1])))
                    .satisfies(
                            e -> assertThat(FileFailures.of(e, "file").kind()).isEqualTo(Kind.NO_SPACE));
        }
    }

    @Test
    void aFileOpenedForReadingCannotBeWritten() throws Exception {
        try (Directory directory = open(HostKind.REAL)) {
            DirectoryTest.write(directory, "file", "x");
            try (RegularFile file = (RegularFile) directory.open("file", true, READ)) {
                assertThat(file.writable()).isFalse();
                refused(Kind.NOT_PERMITTED, () -> file.write(0, new byte[1], 0, 1));
                refused(Kind.NOT_PERMITTED, () -> file.setSize(0));
            }
            try (RegularFile file = (RegularFile) directory.open("file", true, WRITE)) {
                assertThat(file.writable() && file.readable()).isTrue();
            }
        }
    }
}

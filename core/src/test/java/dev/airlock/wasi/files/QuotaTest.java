package dev.airlock.wasi.files;

import static dev.airlock.wasi.files.DirectoryTest.CREATE;
import static dev.airlock.wasi.files.DirectoryTest.TRUNCATE;
import static dev.airlock.wasi.files.DirectoryTest.WRITE;
import static dev.airlock.wasi.files.DirectoryTest.refused;
import static dev.airlock.wasi.files.DirectoryTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.airlock.wasi.FolderRules;
import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With a quota of ten bytes and three names. */
class QuotaTest {
    @TempDir
    Path temporary;

    private Path top = Path.of("");

    private Directory open(HostKind host, long bytes, long files) throws IOException {
        top = host.top(temporary);
        return Directory.preopen(top, new FolderBounds(false, bytes, files));
    }

    private static RegularFile create(Directory directory, String path) throws FileException {
        return (RegularFile) directory.open(path, true, CREATE);
    }

    @ParameterizedTest
    @EnumSource
    void growthIsChargedBeforeItHappens(HostKind host) throws Exception {
        try (Directory directory = open(host, 10, Long.MAX_VALUE);
                RegularFile file = create(directory, "file")) {
            file.write(0, new byte[8], 0, 8);
            refused(Kind.QUOTA, () -> file.write(8, new byte[3], 0, 3));
            assertThat(file.size()).isEqualTo(8);
            file.write(4, new byte[6], 0, 6);
            file.write(0, new byte[10], 0, 10);
            refused(Kind.QUOTA, () -> file.write(10, new byte[1], 0, 1));
            refused(Kind.QUOTA, () -> file.append(new byte[1], 0, 1));
            refused(Kind.QUOTA, () -> file.setSize(11));
            refused(Kind.QUOTA, () -> file.allocate(0, 11));
            assertThat(file.size()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void gapsAreChargedToo(HostKind host) throws Exception {
        try (Directory directory = open(host, 10, Long.MAX_VALUE);
                RegularFile file = create(directory, "file")) {
            refused(Kind.QUOTA, () -> file.write(1L << 40, new byte[1], 0, 1));
            refused(Kind.QUOTA, () -> file.write(10, new byte[1], 0, 1));
            file.write(9, new byte[1], 0, 1);
            refused(Kind.QUOTA, () -> create(directory, "second").write(0, new byte[1], 0, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletedBytesAreGivenBack(HostKind host) throws Exception {
        try (Directory directory = open(host, 10, 3)) {
            write(directory, "a", "0123456789");
            try (RegularFile file = (RegularFile) directory.open("a", true, WRITE)) {
                file.setSize(4);
            }
            write(directory, "b", "456789");
            directory.open("b", true, TRUNCATE).close();
            write(directory, "c", "456789");
            refused(Kind.QUOTA, () -> create(directory, "d"));
            directory.unlink("c");
            directory.rename("a", directory, "b");
            directory.createDirectory("d");
            directory.symlink("123456", "e");
            refused(Kind.QUOTA, () -> directory.createDirectory("f"));
            directory.removeDirectory("d");
            directory.createDirectory("f");
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletingOlderFilesGivesNoCredit(HostKind host) throws Exception {
        top = host.top(temporary);
        Files.writeString(top.resolve("old"), "x".repeat(100));
        try (Directory directory = Directory.preopen(top, new FolderBounds(false, 10, 1))) {
            directory.unlink("old");
            write(directory, "new", "0123456789");
            refused(Kind.QUOTA, () -> write(directory, "new", "0123456789+"));
            refused(Kind.QUOTA, () -> directory.createDirectory("d"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void hardLinksDoNotEvadeTheQuota(HostKind host) throws Exception {
        try (Directory directory = open(host, 10, 5)) {
            write(directory, "a", "0123456789");
            if (!host.tellsLinks()) {
                refused(Kind.NOT_SUPPORTED, () -> directory.link("a", false, directory, "b"));
                return;
            }
            directory.link("a", false, directory, "b");
            directory.unlink("a");
            refused(Kind.QUOTA, () -> write(directory, "c", "x"));
            directory.rename("c", directory, "b");
            write(directory, "d", "0123456789");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedFileIsChargedWhileItIsOpen(HostKind host) throws Exception {
        try (Directory directory = open(host, 10, 5)) {
            RegularFile file = create(directory, "a");
            RegularFile again = create(directory, "a");
            file.write(0, new byte[6], 0, 6);
            directory.unlink("a");
            refused(Kind.QUOTA, () -> write(directory, "b", "01234"));
            file.append(new byte[2], 0, 2);
            file.close();
            file.close();
            refused(Kind.QUOTA, () -> write(directory, "b", "01234"));
            again.close();
            write(directory, "b", "0123456789");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWriteThatFailsCostsNothing(HostKind host) throws Exception {
        try (Directory directory = open(host, 10, 2)) {
            refused(Kind.EXISTS, () -> {
                directory.createDirectory("d");
                directory.createDirectory("d");
            });
            refused(Kind.NO_ENTRY, () -> directory.createDirectory("none/d"));
            refused(Kind.QUOTA, () -> directory.symlink("01234567890", "link"));
            directory.symlink("0123456789", "link");
        }
    }

    @Test
    void manyThreadsDoNotExceedTheQuota() throws Exception {
        try (Directory directory = open(HostKind.REAL, 100_000, Long.MAX_VALUE)) {
            AtomicLong written = new AtomicLong();
            Thread[] threads = new Thread[4];
            for (int i = 0; i < threads.length; i++) {
                RegularFile file = create(directory, "f" + i % 2);
                threads[i] = new Thread(() -> {
                    try {
                        while (true) {
                            file.append(new byte[97], 0, 97);
                            written.addAndGet(97);
                        }
                    } catch (FileException e) {
                        assertThat(e.kind()).isEqualTo(Kind.QUOTA);
                    } finally {
                        file.close();
                    }
                });
            }
            for (Thread thread : threads) {
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(written.get()).isBetween(100_000L - 97, 100_000L);
            assertThat(Files.size(top.resolve("f0")) + Files.size(top.resolve("f1")))
                    .isEqualTo(written.get());
        }
    }

    @Test
    void negativeQuotasAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FolderRules(false, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FolderRules(false, 0, -1));
    }
}

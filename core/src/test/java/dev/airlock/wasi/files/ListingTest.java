package dev.airlock.wasi.files;

import static dev.airlock.wasi.files.DirectoryTest.refused;
import static dev.airlock.wasi.files.DirectoryTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.airlock.wasi.files.FileException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListingTest {
    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource
    void everyNameIsListedOnceWithItsType(HostKind host) throws Exception {
        try (Directory directory = Directory.preopen(host.top(temporary), FolderBounds.UNLIMITED)) {
            write(directory, "file", "x");
            directory.createDirectory("dir");
            directory.symlink("nowhere", "link");
            for (int round = 0; round < 2; round++) {
                Map<String, Listing.Entry> found = new HashMap<>();
                try (Listing listing = directory.list()) {
                    for (Listing.Entry entry = listing.next(); entry != null; entry = listing.next()) {
                        assertThat(found.put(entry.name(), entry)).isNull();
                    }
                    assertThat(listing.next()).isNull();
                }
                assertThat(found).containsOnlyKeys("file", "dir", "link");
                for (Listing.Entry entry : found.values()) {
                    FileStat stat = directory.stat(entry.name(), false);
                    assertThat(entry.type()).isEqualTo(stat.type());
                    assertThat(entry.inode()).isEqualTo(stat.inode());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTreeIsRemovedWhileItIsListed(HostKind host) throws Exception {
        try (Directory directory = Directory.preopen(host.top(temporary), FolderBounds.UNLIMITED)) {
            for (int i = 0; i < 500; i++) {
                write(directory, "f" + i, "");
            }
            try (Listing listing = directory.list()) {
                for (Listing.Entry entry = listing.next(); entry != null; entry = listing.next()) {
                    directory.unlink(entry.name());
                }
            }
            assertThat(DirectoryGuest.names(directory)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void listingsAreIndependent(HostKind host) throws Exception {
        try (Directory directory = Directory.preopen(host.top(temporary), FolderBounds.UNLIMITED)) {
            Set<String> all = new HashSet<>();
            for (int i : IntStream.range(0, 100).toArray()) {
                write(directory, "f" + i, "");
                all.add("f" + i);
            }
            Set<String> first = new HashSet<>();
            Set<String> second = new HashSet<>();
            try (Listing a = directory.list();
                    Listing b = directory.list()) {
                for (int i = 0; i < 100; i++) {
                    first.add(a.next().name());
                    second.add(b.next().name());
                }
            }
            assertThat(first).isEqualTo(all);
            assertThat(second).isEqualTo(all);
        }
    }

    @Test
    void aClosedListingIsAtItsEnd() throws Exception {
        try (Directory directory = Directory.preopen(temporary, FolderBounds.UNLIMITED)) {
            write(directory, "file", "");
            Listing listing = directory.list();
            listing.close();
            listing.close();
            assertThat(listing.next()).isNull();
        }
    }

    @Test
    void aNameThatIsNotTextIsRefusedAndTheOthersAreListed() throws Exception {
        assumeThat(makeOddName())
                .as("a shell that makes a name of one byte 0xff")
                .isTrue();
        Files.writeString(temporary.resolve("plain"), "");
        try (Directory directory = Directory.preopen(temporary, FolderBounds.READ_ONLY);
                Listing listing = directory.list()) {
            int refusals = 0;
            Set<String> names = new HashSet<>();
            for (int i = 0; i < 2; i++) {
                try {
                    names.add(listing.next().name());
                } catch (FileException e) {
                    assertThat(e.kind()).isEqualTo(Kind.ILLEGAL_NAME);
                    refusals++;
                }
            }
            assertThat(refusals).isEqualTo(1);
            assertThat(names).containsExactly("plain");
            assertThat(listing.next()).isNull();
        }
        try (Directory directory = Directory.preopen(temporary, FolderBounds.READ_ONLY)) {
            refused(Kind.NO_ENTRY, () -> directory.stat("\ufffd", true));
        }
    }

    private boolean makeOddName() throws InterruptedException {
        try {
            return new ProcessBuilder("sh", "-c", "touch \"$(printf '\\377')\"")
                                    .directory(temporary.toFile())
                                    .start()
                                    .waitFor()
                            == 0
                    && temporary.getFileSystem().getSeparator().equals("/");
        } catch (IOException e) {
            return false;
        }
    }
}

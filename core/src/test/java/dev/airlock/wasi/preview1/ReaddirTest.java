package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code fd_readdir}. */
class ReaddirTest extends FolderFixture {
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

    /** It would take minutes with a million files. */
    @Test
    void anInterruptEndsAListing() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> door.call("fd_readdir", 3, 3000, 10_000, 0, 1))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INTERRUPTED));
        assertThat(Thread.interrupted()).as("the interrupt status stays set").isTrue();
    }

    @Test
    void aDirectoryIsListedCompletelyWithAnyBufferSize() throws IOException {
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
    void cookieZeroStartsANewListing() throws IOException {
        assertThat(list(3, 30_000)).hasSize(2);
        file("a", "");
        assertThat(list(3, 30_000)).extracting(Dirent::name).containsExactly(".", "..", "a");

        // Listed up to the first name, which is kept for a guest that asks for it again.
        door.run("fd_readdir", 3, 3000, 10, 2, 1);
        Files.delete(folder.resolve("a"));
        file("b", "");
        assertThat(list(3, 100)).extracting(Dirent::name).containsExactly(".", "..", "b");
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
}

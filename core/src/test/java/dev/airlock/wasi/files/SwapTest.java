package dev.airlock.wasi.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.airlock.wasi.files.FolderGuest.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * While one guest uses a folder's name, another party replaces the folder by a link to the outside, and puts it back.
 */
@Tag("slow")
class SwapTest {
    private static final int ROUNDS = 150;

    @TempDir
    Path temporary;

    private interface Swap {
        void run() throws Refused, IOException;
    }

    @ParameterizedTest
    @EnumSource
    void byAnotherGuest(HostKind host) throws Exception {
        EscapeWorld world = new EscapeWorld(host.top(temporary));
        world.build();
        try (FolderGuest other = DirectoryGuest.of(world.folder(), false)) {
            prepare(other);
            hammer(world, () -> {
                other.rename("swapped", "aside");
                other.rename("leads-out", "swapped");
                other.rename("swapped", "leads-out");
                other.rename("aside", "swapped");
            });
        }
        world.clear();
    }

    /** As another process would, without the lock. */
    @Test
    void byAnotherProcess() throws Exception {
        EscapeWorld world = new EscapeWorld(HostKind.REAL.top(temporary));
        assumeThat(OwnDescriptors.serve(world.folder().getFileSystem()))
                .as("descriptors that can be named")
                .isTrue();
        world.build();
        try (FolderGuest other = DirectoryGuest.of(world.folder(), false)) {
            prepare(other);
        }
        Path folder = world.folder();
        hammer(world, () -> {
            Files.move(folder.resolve("swapped"), folder.resolve("aside"));
            Files.move(folder.resolve("leads-out"), folder.resolve("swapped"));
            Files.move(folder.resolve("swapped"), folder.resolve("leads-out"));
            Files.move(folder.resolve("aside"), folder.resolve("swapped"));
        });
        world.clear();
    }

    /** The moment between a check and the operation, made to last. */
    @ParameterizedTest
    @EnumSource
    void openDirectoriesStayTheSame(HostKind host) throws Exception {
        EscapeWorld world = new EscapeWorld(host.top(temporary));
        world.build();
        Path folder = world.folder();
        try (Directory directory = Directory.preopen(folder, FolderBounds.UNLIMITED)) {
            prepare(new DirectoryGuest(directory));
            DirectoryTest.write(directory, "swapped/file", "inside");
            directory.symlink("file", "swapped/link");
            try (Directory open = (Directory) directory.open("swapped", true, DirectoryGuest.DIRECTORY);
                    RegularFile file = (RegularFile) directory.open("swapped/file", true, DirectoryTest.WRITE)) {
                Files.move(folder.resolve("swapped"), folder.resolve("aside"));
                Files.move(folder.resolve("leads-out"), folder.resolve("swapped"));
                Files.createDirectory(folder.resolve("aside/here"));
                FolderGuest guest = new DirectoryGuest(open);
                for (String path : new String[] {"new", "secret.txt", "dir", "empty", "linked.txt", "link"}) {
                    for (EscapeOperation operation : BY_PATH) {
                        attempt(guest, path, operation);
                    }
                    for (EscapeOperation operation : EscapeOperation.ALL) {
                        attempt(guest, path, operation);
                    }
                }
                file.append(new byte[10], 0, 10);
                try {
                    file.setTimes(FileTime.fromMillis(1), FileTime.fromMillis(1));
                    assertThat(Files.getLastModifiedTime(folder.resolve("aside/file"))
                                    .toMillis())
                            .isEqualTo(1);
                } catch (FileException e) {
                    assertThat(e.kind()).isEqualTo(FileException.Kind.NOT_SUPPORTED);
                }
                assertThat(file.stat().size()).isEqualTo(16);
                if (host == HostKind.REAL && OwnDescriptors.serve(folder.getFileSystem())) {
                    open.createDirectory("made");
                    assertThat(Files.isDirectory(folder.resolve("aside/made"))).isTrue();
                }
            }
        }
        world.assertOutsideUntouched("swapping");
        world.clear();
    }

    private static void prepare(FolderGuest guest) throws Refused {
        guest.createDirectory("swapped");
        guest.createDirectory("swapped/dir");
        guest.createDirectory("swapped/empty");
        guest.use("swapped/plain.txt", true, FolderGuest.Way.CREATE, EscapeWorld.OPEN);
        guest.symlink("../outside", "leads-out");
    }

    private static void hammer(EscapeWorld world, Swap swap) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread swapper = new Thread(() -> {
            try {
                while (!done.get()) {
                    swap.run();
                }
            } catch (Refused | IOException | RuntimeException e) {
                failure.set(e);
            }
        });
        swapper.start();
        try {
            attack(world);
        } finally {
            done.set(true);
            swapper.join();
        }
        assertThat(failure.get()).isNull();
        world.assertOutsideUntouched("swapping");
    }

    private static void attack(EscapeWorld world) throws Exception {
        try (FolderGuest guest = DirectoryGuest.of(world.folder(), false)) {
            for (int round = 0; round < ROUNDS; round++) {
                EscapeOperation operation = EscapeOperation.ALL.get(round % EscapeOperation.ALL.size());
                for (String name : new String[] {"secret.txt", "dir", "empty", "new", "dir/inner.txt", "linked.txt"}) {
                    replenish(guest);
                    attempt(guest, "swapped/" + name, operation);
                }
                attempt(guest, "swapped/.", LIST);
                for (int i = 0; i < 10; i++) {
                    BY_PATH.forEach(one -> attempt(guest, "swapped/new", one));
                }
            }
        }
    }

    private static final EscapeOperation LIST = new EscapeOperation("list", (guest, path) -> guest.list(path, true));

    /** Java does these by path only, so the path has to begin in the right place. */
    private static final List<EscapeOperation> BY_PATH = List.of(
            act((guest, path) -> guest.unlink(path)),
            act((guest, path) -> guest.createDirectory(path)),
            act((guest, path) -> guest.removeDirectory(path)),
            act((guest, path) -> guest.symlink("../file.txt", path)),
            act((guest, path) -> guest.readLink(path)),
            act((guest, path) -> guest.setTimes(path, false)),
            act((guest, path) -> guest.unlink(path)),
            act((guest, path) -> guest.link("file.txt", true, path)));

    /** Restores what the operations use up, and removes what they leave behind. */
    private static void replenish(FolderGuest guest) {
        EscapeOperation[] all = {
            act((g, none) -> g.use("file.txt", true, FolderGuest.Way.CREATE, EscapeWorld.OPEN)),
            act((g, none) -> g.createDirectory("sub")),
            act((g, none) -> g.symlink("..", "up")),
            act((g, none) -> g.unlink("linked-by-guest")),
            act((g, none) -> g.unlink("link-by-guest")),
            act((g, none) -> g.unlink("renamed-by-guest")),
            act((g, none) -> g.removeDirectory("renamed-by-guest"))
        };
        for (EscapeOperation one : all) {
            try {
                one.act().run(guest, "");
            } catch (Refused e) {
                // It is restored already.
            }
        }
    }

    private interface Act {
        void run(FolderGuest guest, String path) throws Refused;
    }

    private static EscapeOperation act(Act act) {
        return new EscapeOperation("", (guest, path) -> {
            act.run(guest, path);
            return path;
        });
    }

    private static void attempt(FolderGuest guest, String path, EscapeOperation operation) {
        try {
            Object known = operation.act().run(guest, path);
            // The guest creates files with the names of those outside, so these names prove nothing.
            assertThat(String.valueOf(known)).as(operation + " of " + path).doesNotContain(EscapeWorld.SECRET);
            if (known instanceof FolderGuest.Seen seen && seen.type() == FileType.REGULAR_FILE) {
                assertThat(seen.size()).as(operation + " of " + path).isLessThan(20);
            }
        } catch (Refused e) {
            // It is restored already, or the operation met the folder.
        }
    }
}

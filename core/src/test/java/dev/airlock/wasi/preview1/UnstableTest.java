package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.wasi.WasiCtx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The differences between {@code wasi_unstable} and preview 1. */
class UnstableTest {
    @Test
    void seeksCountInAnotherOrder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a"), "0123456789");
        try (Door door = Door.unstable(WasiCtx.builder().preopenedDir(folder, "/"))) {
            int fd = door.open("a", 0, Rights.FD_READ, 0);
            long[][] seeks = {{4, 2, 4}, {1, 0, 5}, {-1, 1, 9}};
            for (long[] seek : seeks) {
                door.run("fd_seek", fd, seek[0], seek[1], 1);
                door.expect(0, draw("?", seek[2], "?"));
            }
            assertThat(door.call("fd_seek", fd, 0, 3, 1)).isEqualTo(Errno.EINVAL);
        }
    }

    @Test
    void filestatIsShorter(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a"), "0123456789");
        try (Door door = Door.unstable(WasiCtx.builder().preopenedDir(folder, "/"))) {
            int fd = door.open("a", 0, Rights.FD_READ, 0);
            door.run("fd_filestat_get", fd, 1);
            door.expect(17, draw(Flags.REGULAR_FILE, 0, 0, 0, 1, 0, 0, 0, 10L));
            door.expect(57, draw("?"));
            door.memory().fill(0, 100, (byte) '?');
            door.run("path_filestat_get", 3, 0, 1024, door.text(1024, "a"), 1);
            door.expect(17, draw(Flags.REGULAR_FILE, 0, 0, 0, 1, 0, 0, 0, 10L));
            door.expect(57, draw("?"));
            // The last place where it fits.
            door.run("fd_filestat_get", fd, Door.SIZE - 56);
            assertThat(door.call("fd_filestat_get", fd, Door.SIZE - 55)).isEqualTo(Errno.EFAULT);
        }
    }

    @Test
    void aClocksSubscriptionBeginsWithAnIdentifier() {
        try (Door door = Door.unstable(WasiCtx.builder())) {
            door.memory().fill(1000, 112, (byte) 0);
            door.memory().writeLong(1000, 7);
            door.memory().writeLong(1016, 99);
            door.memory().writeInt(1024, 1);
            door.memory().writeLong(1056, 8);
            door.memory().writeByte(1064, (byte) 2);
            door.memory().writeInt(1072, 1);
            door.run("poll_oneoff", 1000, 0, 2, 500);
            assertThat(door.memory().readInt(500)).isEqualTo(2);
            assertThat(door.memory().readLong(0)).isEqualTo(7);
            assertThat(door.memory().readLong(32)).isEqualTo(8);
        }
    }
}

package dev.airlock.wasi.preview1;

import dev.airlock.wasi.WasiClocks;
import dev.airlock.wasi.WasiCtx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A guest whose descriptor 3 is a folder to read and write, empty at first. */
abstract class FolderFixture {
    static final long READ = Rights.FD_READ;
    static final long WRITE = Rights.FD_WRITE;
    static final long BOTH = READ | WRITE;

    @TempDir
    Path folder;

    Door door;

    final WasiCtx.Builder ctx() {
        return WasiCtx.builder().preopenedDir(folder, "/data").clocks(WasiClocks.fixed(Instant.ofEpochSecond(1000)));
    }

    @BeforeEach
    final void open() {
        door = Door.of(ctx());
    }

    @AfterEach
    final void close() {
        door.close();
    }

    final void reopen(WasiCtx.Builder ctx) {
        door.close();
        door = Door.of(ctx);
    }

    final Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}

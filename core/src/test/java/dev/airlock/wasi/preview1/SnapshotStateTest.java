package dev.airlock.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.error.InstanceStateException;
import dev.airlock.wasi.FolderRules;
import dev.airlock.wasi.WasiCtx;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places in which a guest with a C library and WASI can hide a value for its next call: see guests/c/secrets.c. */
class SnapshotStateTest {
    private static final long SECRET = 0x0123_4567_89ab_cdefL;
    private static final int ALL_BUT_DESCRIPTORS = 1 | 2 | 4 | 16 | 32;
    private static final int DESCRIPTORS = 8;

    private final Linker linker = new Linker();

    @BeforeEach
    void give(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("note.txt"), "a note");
        WasiPreview1.addTo(
                linker,
                WasiCtx.builder()
                        .preopenedDir(folder, "/data", FolderRules.forReading())
                        .build());
    }

    private static long find(Instance instance) {
        return instance.function("find").call(SECRET)[0];
    }

    @Test
    void theGuestFindsItsOwnSecrets() {
        Instance instance = linker.instantiate(Guests.module("c/secrets"));
        instance.function("keep").call(SECRET);
        assertThat(find(instance)).isEqualTo(ALL_BUT_DESCRIPTORS);
        assertThat(instance.function("hold").call()[0]).isEqualTo(4);
        assertThat(find(instance) & DESCRIPTORS).isEqualTo(DESCRIPTORS);
    }

    @Test
    void nothingIsLeftAfterAReset() {
        Instance instance = linker.instantiate(
                linker.instantiate(Guests.module("c/secrets")).snapshot());
        for (int i = 0; i < 5; i++) {
            instance.function("keep").call(SECRET);
            assertThat(instance.function("hold").call()[0]).isEqualTo(4);
            instance.reset();
            assertThat(find(instance)).isZero();
            instance.reset();
        }
        assertThat(instance.function("hold").call()[0])
                .as("files can be opened again")
                .isEqualTo(4);
    }

    @Test
    void anInstanceWithAnOpenFileCannotBeCaptured() {
        Instance instance = linker.instantiate(Guests.module("c/secrets"));
        instance.function("hold").call();
        assertThatThrownBy(instance::snapshot)
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("it has opened or closed descriptors of WASI");
    }
}

package dev.airlock.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.wasi.files.EscapeSuite;
import dev.airlock.wasi.files.FileType;
import dev.airlock.wasi.files.FolderGuest;
import dev.airlock.wasi.files.FolderGuest.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class Preview1EscapeTest extends EscapeSuite {
    @Override
    protected FolderGuest enter(Path folder, boolean readOnly) {
        return Preview1Guest.of(folder, readOnly);
    }

    /** Without this, the suite would only prove that the guest can do nothing. */
    @Test
    void operationsInsideTheFolderSucceed() throws Exception {
        try (FolderGuest guest = enter(temporary, false)) {
            guest.createDirectory("d");
            guest.createDirectory("d/e");
            assertThat(guest.use("d/a", false, Way.CREATE, "text")).isEmpty();
            assertThat(guest.use("d/a", false, Way.READ, "")).isEqualTo("text");
            assertThat(guest.use("d/a", true, Way.READ_WRITE, "n")).isEqualTo("next");
            guest.symlink("d/a", "to-a");
            assertThat(guest.readLink("to-a")).isEqualTo("d/a");
            assertThat(guest.use("to-a", true, Way.READ, "")).isEqualTo("next");
            assertThat(guest.stat("to-a", false).type()).isEqualTo(FileType.SYMBOLIC_LINK);
            assertThat(guest.stat("to-a", true))
                    .isEqualTo(guest.stat("d/a", false))
                    .returns((Long) Files.getAttribute(temporary.resolve("d/a"), "unix:ino"), FolderGuest.Seen::inode)
                    .returns(4L, FolderGuest.Seen::size);
            guest.link("d/a", false, "d/b");
            guest.rename("d/b", "d/\u00fc");
            guest.setTimes("to-a", true);
            assertThat(Files.getLastModifiedTime(temporary.resolve("d/a")).toMillis())
                    .isEqualTo(1_000_000);
            assertThat(guest.list("d", false)).containsExactlyInAnyOrder("a", "e", "\u00fc");
            try (FolderGuest entered = guest.enter("d")) {
                assertThat(entered.use("./a", true, Way.TRUNCATE, "")).isEmpty();
                entered.unlink("a");
                entered.unlink("\u00fc");
                entered.removeDirectory("e");
            }
            guest.unlink("to-a");
            guest.removeDirectory("d");
        }
        assertThat(temporary).isEmptyDirectory();
    }
}

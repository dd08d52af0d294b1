package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {
    @TempDir
    private Path folder;

    @Test
    void everyCommandHasAPage() throws IOException {
        ManPages.write(folder.toFile(), "1.2.3");
        for (String command : List.of("", "-run", "-call", "-inspect", "-compile", "-completion", "-help")) {
            assertThat(Files.readString(folder.resolve("airlock" + command + ".adoc")))
                    .startsWith("//")
                    .contains(":doctype: manpage", "== Synopsis", "airlock" + command + "(1)");
        }
        assertThat(Files.readString(folder.resolve("airlock-run.adoc"))).contains("*--env-file*");
        assertThat(Files.readString(folder.resolve("airlock.adoc"))).contains("*74*::", ":revnumber: airlock 1.2.3");
    }
}

package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheFolderTest {
    private static final Path HOME = Path.of("/home/ada");

    private static Path on(String os, Map<String, String> environment) {
        return CacheFolder.of(environment, os, HOME);
    }

    @Test
    void unixHasTheFolderOfTheXdgSpecification() {
        assertThat(on("Linux", Map.of())).isEqualTo(Path.of("/home/ada/.cache/airlock/code"));
        assertThat(on("Linux", Map.of("XDG_CACHE_HOME", "/var/caches"))).isEqualTo(Path.of("/var/caches/airlock/code"));
        assertThat(on("FreeBSD", Map.of("XDG_CACHE_HOME", "/c"))).isEqualTo(Path.of("/c/airlock/code"));
    }

    /** The specification: all paths must be absolute; a relative one is invalid and ignored. */
    @ParameterizedTest
    @ValueSource(strings = {"", "caches", "./caches", "../caches", "~/.cache"})
    void aRelativeXdgFolderIsIgnored(String relative) {
        assertThat(on("Linux", Map.of("XDG_CACHE_HOME", relative))).isEqualTo(Path.of("/home/ada/.cache/airlock/code"));
    }

    @Test
    void macOsAndWindowsHaveTheirOwn() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/x", "LOCALAPPDATA", "/local");
        assertThat(on("Mac OS X", environment)).isEqualTo(Path.of("/home/ada/Library/Caches/airlock/code"));
        assertThat(on("Windows 11", environment)).isEqualTo(Path.of("/local/airlock/code"));
        assertThat(on("Windows 11", Map.of())).isEqualTo(Path.of("/home/ada/.cache/airlock/code"));
        assertThat(on("Linux", environment)).as("no Windows").isEqualTo(Path.of("/x/airlock/code"));
    }

    /** A user chose the folder: a relative path starts at the working folder, as other paths of the command do. */
    @Test
    void aChosenFolderIsUsedUnchanged() {
        for (String os : new String[] {"Linux", "Mac OS X", "Windows 11"}) {
            assertThat(on(os, Map.of("AIRLOCK_CACHE", "here", "XDG_CACHE_HOME", "/x")))
                    .isEqualTo(Path.of("here"));
            assertThat(on(os, Map.of("AIRLOCK_CACHE", ""))).startsWithRaw(HOME);
        }
    }

    @Test
    void theDefaultIsThisSystemAndUser() {
        assertThat(CacheFolder.of(Map.of()))
                .isEqualTo(CacheFolder.of(
                        Map.of(), System.getProperty("os.name"), Path.of(System.getProperty("user.home"))))
                .endsWithRaw(Path.of("airlock", "code"));
    }
}

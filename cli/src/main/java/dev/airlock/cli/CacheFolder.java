package dev.airlock.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Chooses the folder for compiled code, by the conventions of the operating system. */
final class CacheFolder {
    private CacheFolder() {}

    static Path of(Map<String, String> environment) {
        return of(environment, System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    static Path of(Map<String, String> environment, String os, Path home) {
        String chosen = environment.getOrDefault("AIRLOCK_CACHE", "");
        return chosen.isEmpty()
                ? userCaches(environment, os.toLowerCase(Locale.ROOT), home)
                        .resolve("airlock")
                        .resolve("code")
                : Path.of(chosen);
    }

    private static Path userCaches(Map<String, String> environment, String os, Path home) {
        if (os.contains("mac")) {
            return home.resolve("Library").resolve("Caches");
        }
        String local = environment.getOrDefault("LOCALAPPDATA", "");
        if (os.contains("win") && !local.isEmpty()) {
            return Path.of(local);
        }
        Path xdg = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        // XDG Base Directory Specification: a relative path is invalid and must be ignored. An empty one is relative
        // too.
        return xdg.isAbsolute() ? xdg : home.resolve(".cache");
    }
}

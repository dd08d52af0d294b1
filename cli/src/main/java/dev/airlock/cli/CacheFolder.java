package dev.airlock.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where compiled code is kept, by the habits of the operating system. */
final class CacheFolder {
    private CacheFolder() {}

    static Path of(Map<String, String> environment) {
        String chosen = environment.getOrDefault("AIRLOCK_CACHE", "");
        return chosen.isEmpty() ? userCaches(environment).resolve("airlock").resolve("code") : Path.of(chosen);
    }

    private static Path userCaches(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home"));
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("mac")) {
            return home.resolve("Library").resolve("Caches");
        }
        String local = environment.getOrDefault("LOCALAPPDATA", "");
        if (os.contains("win") && !local.isEmpty()) {
            return Path.of(local);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        return xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    }
}

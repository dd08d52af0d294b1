package dev.airlock.engine;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The debug log of the engine, by which name people know it. */
final class Debug {
    private Debug() {}

    /** The logger is looked up here and not held in a field: to find one costs a short program more than its run. */
    static void log(String format, @Nullable Object... params) {
        System.getLogger("dev.airlock.engine").log(Level.DEBUG, format, params);
    }
}

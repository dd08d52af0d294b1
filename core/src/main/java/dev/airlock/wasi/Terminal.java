package dev.airlock.wasi;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether this process is connected to a terminal. Guests then write each line at once, and not only when they end. */
final class Terminal {
    private Terminal() {}

    static boolean isAttached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is a console even without a terminal, and this method to tell the two apart.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("Console.isTerminal cannot be called", e);
        }
    }
}

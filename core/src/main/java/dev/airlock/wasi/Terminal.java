package dev.airlock.wasi;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether this process talks to a person. Guests then write line by line, and not when they end. */
final class Terminal {
    private Terminal() {}

    static boolean isAttached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is a console even where there is no terminal, and this method to tell.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("Console.isTerminal cannot be called", e);
        }
    }
}

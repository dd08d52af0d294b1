package dev.airlock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * The command's streams that are terminals, and whether these may show colours.
 *
 * @param output whether standard output is a terminal
 * @param errors whether standard error is a terminal
 * @param colours whether the user allows colours
 */
record Terminals(boolean output, boolean errors, boolean colours) {
    static final Terminals NONE = new Terminals(false, false, false);

    /** The numbers of the descriptors that are terminals. The launcher, which can ask the system, sets this property. */
    private static final String PROPERTY = "airlock.terminals";

    static Terminals ofProcess() {
        return of(System.getProperty(PROPERTY), System.getenv());
    }

    /** @param known the descriptors that are terminals, such as {@code "12"}; null if the launcher did not say */
    static Terminals of(@Nullable String known, Map<String, String> environment) {
        // https://no-color.org: colours are off if NO_COLOR is set and not empty.
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return known == null
                ? new Terminals(isTerminal(1), isTerminal(2), colours)
                : new Terminals(known.contains("1"), known.contains("2"), colours);
    }

    /** Asks Linux, since Java answers only for standard input and output together. On other systems returns false. */
    private static boolean isTerminal(int descriptor) {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return link.startsWith("/dev/pts/") || link.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    Ansi colourOfOutput() {
        return output && colours ? Ansi.ON : Ansi.OFF;
    }

    Ansi colourOfErrors() {
        return errors && colours ? Ansi.ON : Ansi.OFF;
    }
}

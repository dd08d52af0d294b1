package dev.airlock.cli;

import dev.airlock.component.Component;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Module;
import dev.airlock.error.LinkException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What the commands that open a guest have in common. */
abstract class GuestCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(names = "--verbose", description = "Shows the whole stack trace of a failure.")
    private boolean verbose;

    @Option(
            names = "--no-cache",
            description = "Compiles the guest anew, and keeps nothing. Else compiled code is kept in AIRLOCK_CACHE,"
                    + " or in a folder of your user's caches.")
    private boolean noCache;

    boolean isVerbose() {
        return verbose;
    }

    /** What a user can do about imports that cannot be linked; nothing where there is nothing. */
    String hint(LinkException e) {
        return "";
    }

    Module compile(Path guest) {
        return engine().compile(guest);
    }

    Component compileComponent(Path guest) {
        return Component.compile(engine(), guest);
    }

    private Engine engine() {
        return noCache ? Engine.create() : Engine.withCodeCache(CacheFolder.of(System.getenv()));
    }

    /** What cannot be read is none; whoever compiles it then says why. */
    static boolean isComponent(Path guest) {
        try (InputStream in = Files.newInputStream(guest)) {
            return Component.isComponent(in.readNBytes(8));
        } catch (IOException e) {
            return false;
        }
    }
}

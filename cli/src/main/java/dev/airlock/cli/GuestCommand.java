package dev.airlock.cli;

import dev.airlock.cli.guest.ForeignHost;
import dev.airlock.cli.guest.GuestFile;
import dev.airlock.engine.Engine;
import dev.airlock.engine.binary.ModuleOutline;
import dev.airlock.error.SignatureException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options and steps that the commands which open a guest share. */
abstract class GuestCommand {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-q", "--quiet"},
            description = "Shows no progress and no hints.")
    private boolean quiet;

    @Option(names = "--verbose", description = "Shows the whole stack trace of a failure.")
    private boolean verbose;

    @Option(
            names = "--no-cache",
            description =
                    "Compiles the guest and stores nothing. By default compiled code is stored in AIRLOCK_CACHE, or else in"
                            + " your user's cache folder.")
    private boolean noCache;

    boolean isVerbose() {
        return verbose;
    }

    boolean isQuiet() {
        return quiet;
    }

    boolean keepsNothing() {
        return noCache;
    }

    Streams streams() {
        return Streams.of(spec);
    }

    CommandLine commandLine() {
        return spec.commandLine();
    }

    ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /** Returns lines that may help the user after a failure. */
    List<String> hints(Exception e) {
        return List.of();
    }

    Engine engine() {
        Engine.Builder engine = Engine.builder();
        if (!noCache) {
            engine.codeCache(CacheFolder.of(System.getenv()));
        }
        if (streams().terminals().errors() && !quiet) {
            engine.compileListener(new Progress(streams().err(), System::nanoTime));
        }
        return engine.build();
    }

    /**
     * Reads the names in a core module before it is compiled.
     *
     * @param canTrap whether the user lets unknown imports trap
     * @throws SignatureException if the module was made for another host and its imports may not trap
     */
    static ModuleOutline outline(GuestFile file, boolean canTrap) {
        ModuleOutline outline = ModuleOutline.read(file.name(), file.bytes());
        List<ForeignHost> hosts = ForeignHost.of(outline.imports());
        if (!hosts.isEmpty() && !canTrap) {
            ForeignHost host = hosts.get(0);
            long count = host.count(outline.imports());
            throw new SignatureException(file.name() + " is " + host.name() + " (by " + count + " of its "
                    + outline.imports().size() + " imports): " + host.advice());
        }
        return outline;
    }
}

package dev.airlock.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes the man pages of all commands as AsciiDoc, by picocli's generator: {@code mvn -P man -pl cli -am package}. */
public final class ManPages {
    private ManPages() {}

    public static void main(String[] args) {
        write(new File(args[0]), args[1]);
    }

    static void write(File folder, String version) {
        CommandLine command = Main.commandLine(new Streams(Writer.nullWriter(), Writer.nullWriter(), Terminals.NONE));
        List<CommandSpec> all = new ArrayList<>(List.of(command.getCommandSpec()));
        command.getSubcommands().values().forEach(sub -> all.add(sub.getCommandSpec()));
        for (CommandSpec spec : all) {
            spec.versionProvider(() -> new String[] {"airlock " + version});
        }
        try {
            int failed = ManPageGenerator.generateManPage(
                    folder, null, new boolean[0], true, all.toArray(CommandSpec[]::new));
            if (failed != 0) {
                throw new IOException("picocli's generator ended with " + failed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

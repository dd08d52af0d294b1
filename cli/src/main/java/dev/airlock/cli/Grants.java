package dev.airlock.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a guest is given of this machine. */
final class Grants {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "Gives the guest a variable of the environment; without a value, this process's.")
    private List<String> env = new ArrayList<>();

    @Option(
            names = "--dir",
            paramLabel = "HOST[::GUEST]",
            description = "Lets the guest read and write a folder, by the name GUEST, or else by the name it has here.")
    private List<String> dirs = new ArrayList<>();

    /** Hands over variables, by name and value, and folders, by the place here and the name there. */
    void give(BiConsumer<String, String> variables, BiConsumer<Path, String> folders) {
        for (String variable : env) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.accept(variable.substring(0, equals), variable.substring(equals + 1));
            } else {
                variables.accept(variable, ownValue(variable));
            }
        }
        for (String dir : dirs) {
            int separator = dir.indexOf("::");
            String host = separator < 0 ? dir : dir.substring(0, separator);
            folders.accept(Path.of(host), separator < 0 ? dir : dir.substring(separator + 2));
        }
    }

    private String ownValue(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "--env " + variable + ": no value is given, and there is no such variable here");
        }
        return value;
    }
}

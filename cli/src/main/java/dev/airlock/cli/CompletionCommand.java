package dev.airlock.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script that completes command lines in a shell. */
@Command(
        name = "completion",
        description = {
            "Prints a script that completes this command's options and files in bash and zsh.",
            "",
            "In bash: put 'source <(airlock completion)' into ~/.bashrc, or the script into a file of"
                    + " ~/.local/share/bash-completion/completions.",
            "In zsh: put 'autoload -Uz compinit bashcompinit; compinit; bashcompinit; source <(airlock completion)' into"
                    + " ~/.zshrc."
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash or zsh: the script is the same for both.")
    private String shell = "bash";

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new ParameterException(
                    spec.commandLine(), "there is no script for " + shell + ", only for bash and zsh");
        }
        Streams.of(spec).print(AutoComplete.bash("airlock", spec.root().commandLine()) + "\n");
        return 0;
    }
}

package dev.airlock.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the script that completes command lines in a shell. */
@Command(
        name = "completion",
        description = {
            "Prints a script that completes this command's options and files in bash, and in zsh.",
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

    @Override
    public Integer call() {
        Streams.of(spec).print(AutoComplete.bash("airlock", spec.root().commandLine()) + "\n");
        return 0;
    }
}

package dev.airlock.cli;

import dev.airlock.component.ComponentLinker;
import dev.airlock.engine.Linker;
import dev.airlock.error.LinkException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What becomes of functions that a guest imports and nobody has. */
final class UnknownImports {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private boolean trap;

    @Option(
            names = "--unknown-imports",
            paramLabel = "trap",
            description =
                    "Lets a guest be tried whose imported functions are not here: they trap when they are called.")
    @SuppressWarnings("unused") // picocli calls it
    void choose(String choice) {
        if (!choice.equals("trap")) {
            throw new ParameterException(command.commandLine(), "--unknown-imports " + choice + ": there is only trap");
        }
        trap = true;
    }

    void tell(Linker linker) {
        if (trap) {
            linker.unknownImportsAsTraps();
        }
    }

    void tell(ComponentLinker linker) {
        if (trap) {
            linker.unknownImportsAsTraps();
        }
    }

    /** What would help with imports that are missing; nothing where it would not. */
    String hint(LinkException e) {
        boolean helps = !trap && e.problems().stream().allMatch(UnknownImports::canTrap);
        return helps ? "--unknown-imports trap runs it all the same, until it calls one of them" : "";
    }

    /** Of a component's imports whole interfaces, which have a line for each thing in them. */
    private static boolean canTrap(String problem) {
        return problem.contains(" is not defined: it has to be func ") || problem.contains(" is not defined:\n");
    }
}

package dev.airlock.cli;

import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.LinkException;
import dev.airlock.type.MemoryType;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for imports that this command does not provide. */
final class UnknownImports {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private boolean trap;

    @Option(
            names = "--import-memory",
            description = "Gives a guest that imports its memory a new memory of the imported type.")
    private boolean memory;

    @Option(
            names = "--unknown-imports",
            paramLabel = "trap",
            description = "Runs a guest although imported functions are missing: they trap when they are called.")
    @SuppressWarnings("unused") // picocli calls it
    void choose(String choice) {
        if (!choice.equals("trap")) {
            throw new ParameterException(
                    command.commandLine(), "--unknown-imports " + choice + ": the only value is trap");
        }
        trap = true;
    }

    boolean areTraps() {
        return trap;
    }

    /** Applies the options to a core module's linker. */
    void tell(Linker linker) {
        if (trap) {
            linker.unknownImportsAsTraps();
        }
        if (memory) {
            linker.createImportedMemories();
        }
    }

    /** @throws ParameterException if {@code --import-memory} is given for a module that imports no memory */
    void check(Module module) {
        if (memory && module.imports().stream().noneMatch(wanted -> wanted.type() instanceof MemoryType)) {
            throw new ParameterException(
                    command.commandLine(), "--import-memory: " + module.name() + " imports no memory, so leave it out");
        }
    }

    /** @throws ParameterException if {@code --import-memory} is given for a component, which cannot import a memory */
    void checkComponent() {
        if (memory) {
            throw new ParameterException(
                    command.commandLine(), "--import-memory is for core modules: a component imports no memory");
        }
    }

    /** Returns the options that would provide the missing imports; empty if no option provides one of them. */
    List<String> hints(LinkException e) {
        boolean allHelped =
                e.problems().stream().allMatch(problem -> !trap && canTrap(problem) || !memory && isMemory(problem));
        var hints = new ArrayList<String>();
        if (allHelped && e.problems().stream().anyMatch(UnknownImports::isMemory)) {
            hints.add("--import-memory gives it the memory it imports");
        }
        if (allHelped && e.problems().stream().anyMatch(UnknownImports::canTrap)) {
            hints.add("--unknown-imports trap runs it until it calls one of them");
        }
        return hints;
    }

    /** Returns whether an import can be made to trap: a function, or a component's interface, which lists its members. */
    private static boolean canTrap(String problem) {
        return problem.contains(" is not defined: it has to be func ") || problem.contains(" is not defined:\n");
    }

    private static boolean isMemory(String problem) {
        return problem.contains(" is not defined: it has to be memory ");
    }
}

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

/** What becomes of things that a guest imports and this command does not have. */
final class UnknownImports {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private boolean trap;

    @Option(
            names = "--import-memory",
            description = "Gives a guest that imports its memory a new one, of the type it imports.")
    private boolean memory;

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

    boolean areTraps() {
        return trap;
    }

    /** What a core module's linker has to know besides. */
    void tell(Linker linker) {
        if (trap) {
            linker.unknownImportsAsTraps();
        }
        if (memory) {
            linker.createImportedMemories();
        }
    }

    /** @throws ParameterException if memory is given to a module that imports none */
    void check(Module module) {
        if (memory && module.imports().stream().noneMatch(wanted -> wanted.type() instanceof MemoryType)) {
            throw new ParameterException(
                    command.commandLine(), "--import-memory: " + module.name() + " imports no memory, so leave it out");
        }
    }

    /** @throws ParameterException if memory is given to a component, which has its own */
    void checkComponent() {
        if (memory) {
            throw new ParameterException(
                    command.commandLine(), "--import-memory is for core modules: a component imports no memory");
        }
    }

    /** What would help with imports that are missing: none if something is missing that no option gives. */
    List<String> hints(LinkException e) {
        boolean allHelped =
                e.problems().stream().allMatch(problem -> !trap && canTrap(problem) || !memory && isMemory(problem));
        var hints = new ArrayList<String>();
        if (allHelped && e.problems().stream().anyMatch(UnknownImports::isMemory)) {
            hints.add("--import-memory gives it the memory that it imports");
        }
        if (allHelped && e.problems().stream().anyMatch(UnknownImports::canTrap)) {
            hints.add("--unknown-imports trap runs it all the same, until it calls one of them");
        }
        return hints;
    }

    /** Of a component's imports whole interfaces, which have a line for each thing in them. */
    private static boolean canTrap(String problem) {
        return problem.contains(" is not defined: it has to be func ") || problem.contains(" is not defined:\n");
    }

    private static boolean isMemory(String problem) {
        return problem.contains(" is not defined: it has to be memory ");
    }
}

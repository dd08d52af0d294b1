package dev.airlock.engine;

import dev.airlock.abi.placed.ReleaseException;
import dev.airlock.error.ExitException;
import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.limit.Watch;
import java.util.Collection;
import java.util.List;
import run.endive.runtime.WasmException;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.WasmEngineException;

/** Turns whatever comes out of a guest into what its caller is to see, with guest functions in the stack trace. */
final class Faults {
    private static final int FRAMES_IN_MESSAGE = 5;

    private Faults() {}

    /** What a host function may throw that is no failure of it, but the end of the guest's execution. */
    static boolean passesThrough(Throwable thrown) {
        return thrown instanceof Trap || thrown instanceof ExitException || thrown instanceof LimitException;
    }

    /** Also shuts the gate: nothing can be said of a guest's state once its execution was cut off. */
    static Throwable leave(Module module, Gate gate, Throwable thrown) {
        return leave(module.name(), List.of(module), gate, thrown);
    }

    /** Returns the same for several modules that share a gate. */
    static Throwable leave(String name, Collection<Module> modules, Gate gate, Throwable thrown) {
        if (thrown instanceof ReleaseException release) {
            Throwable left = leave(name, modules, gate, release.failure());
            return left instanceof Trap trap ? explained(trap, release) : left;
        }
        Watch.Stop stop = gate.stopped();
        if (stop != null) {
            return stopped(name, modules, gate, stop, thrown);
        }
        if (thrown instanceof ValueException) {
            // Of a crossing, not of the guest: a value did not fit, and what was set aside for it is freed.
            return thrown;
        }
        if (thrown instanceof ExitException exit) {
            gate.shut("it has exited with code " + Integer.toUnsignedString(exit.exitCode()), exit);
            return exit;
        }
        if (thrown instanceof Trap trap) {
            gate.shut("it trapped before: " + firstLine(trap), trap);
            trap.setStackTrace(GuestStack.rewrite(modules, trap.getStackTrace()).trace());
            return trap;
        }
        if (thrown instanceof LimitException || (thrown instanceof Error && !(thrown instanceof StackOverflowError))) {
            gate.shut("it was cut off before: " + firstLine(thrown), thrown);
            return thrown;
        }
        // Endive wraps a stack overflow, and what a start function throws, far away from where it happened.
        Throwable cause = thrown.getCause();
        boolean wrapped = cause instanceof StackOverflowError
                || (thrown instanceof UninstantiableException && cause instanceof WasmEngineException);
        GuestStack stack = GuestStack.rewrite(modules, (wrapped && cause != null ? cause : thrown).getStackTrace());
        TrapCode code = code(thrown);
        Trap trap = new Trap(
                code,
                message(name, code, thrown, stack.functions()),
                stack.functions(),
                code == TrapCode.OTHER ? thrown : null);
        trap.setStackTrace(stack.trace());
        gate.shut("it trapped before: " + firstLine(trap), trap);
        return trap;
    }

    private static Trap explained(Trap trap, ReleaseException release) {
        var explained = new Trap(
                trap.code(), trap.getMessage() + ", " + release.getMessage(), trap.guestFrames(), trap.getCause());
        explained.setStackTrace(trap.getStackTrace());
        return explained;
    }

    /** Whatever came out of a guest that was stopped came of that. */
    private static Throwable stopped(
            String name, Collection<Module> modules, Gate gate, Watch.Stop stop, Throwable thrown) {
        LimitException late;
        if (thrown instanceof LimitException already && already.kind() == stop.kind()) {
            late = already;
        } else {
            GuestStack stack = GuestStack.rewrite(modules, thrown.getStackTrace());
            boolean tells = !(thrown instanceof WasmInterruptedException);
            List<String> functions = thrown instanceof Trap trap ? trap.guestFrames() : stack.functions();
            late = stop.exception(place(name, functions), tells ? thrown : null);
            late.setStackTrace(stack.trace());
        }
        gate.shut("it was cut off before: " + firstLine(late), late);
        return late;
    }

    /** Returns a trap for an exception that left its component; the trace is that of where it was thrown. */
    static Trap uncaught(WasmException exception) {
        String message = TrapCode.UNCAUGHT_EXCEPTION.text() + " with tag " + exception.tagIdx();
        Trap trap = new Trap(TrapCode.UNCAUGHT_EXCEPTION, message, List.of(), null);
        trap.setStackTrace(exception.getStackTrace());
        return trap;
    }

    /** Returns a trap on behalf of a host function that threw, made where it threw, so that the guest's frames are on the stack. */
    static Trap hostFunctionThrew(Module module, String importName, Throwable cause) {
        return hostFunctionThrew(module.name(), List.of(module), importName, cause);
    }

    static Trap hostFunctionThrew(String name, Collection<Module> modules, String importName, Throwable cause) {
        GuestStack stack = GuestStack.rewrite(modules, new Throwable().getStackTrace());
        String said = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        Trap trap = new Trap(
                TrapCode.HOST_FUNCTION,
                "host function " + importName + " threw " + cause.getClass().getSimpleName() + said
                        + place(name, stack.functions()),
                stack.functions(),
                cause);
        trap.setStackTrace(stack.trace());
        return trap;
    }

    /**
     * Returns a trap of a function that the guest imports and that is not defined, made where the guest calls it.
     *
     * @param hint which defined name may have been meant, or ""
     */
    static Trap unknownImport(Module module, String importName, String hint) {
        return unknownImport(module.name(), List.of(module), importName, hint);
    }

    static Trap unknownImport(String name, Collection<Module> modules, String importName, String hint) {
        GuestStack stack = GuestStack.rewrite(modules, new Throwable().getStackTrace());
        Trap trap = new Trap(
                TrapCode.UNKNOWN_IMPORT,
                "the guest called " + importName + ", which is not defined" + hint + place(name, stack.functions()),
                stack.functions(),
                null);
        trap.setStackTrace(stack.trace());
        return trap;
    }

    private static String message(String name, TrapCode code, Throwable thrown, List<String> functions) {
        String what = code.text();
        String said = thrown.getMessage();
        if (code == TrapCode.MEMORY_OUT_OF_BOUNDS && said != null && said.startsWith(what)) {
            what = said;
        } else if (code == TrapCode.UNCAUGHT_EXCEPTION && thrown instanceof WasmException exception) {
            what = what + " with tag " + exception.tagIdx();
        } else if (code == TrapCode.OTHER) {
            what = said == null ? thrown.getClass().getSimpleName() : said;
        }
        return what + place(name, functions);
    }

    private static String place(String name, List<String> functions) {
        if (functions.isEmpty()) {
            return ", in " + name;
        }
        List<String> shown = functions.stream()
                .limit(FRAMES_IN_MESSAGE)
                .map(TraceText::shown)
                .toList();
        return ", in " + String.join(" < ", shown) + (shown.size() < functions.size() ? " < …" : "") + " of " + name;
    }

    private static String firstLine(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    private static TrapCode code(Throwable thrown) {
        if (thrown instanceof StackOverflowError || thrown.getCause() instanceof StackOverflowError) {
            return TrapCode.CALL_STACK_EXHAUSTED;
        }
        if (thrown instanceof WasmInterruptedException) {
            return TrapCode.INTERRUPTED;
        }
        if (thrown instanceof WasmException) {
            return TrapCode.UNCAUGHT_EXCEPTION;
        }
        if (!(thrown instanceof WasmEngineException)) {
            return TrapCode.OTHER;
        }
        String said = String.valueOf(thrown.getMessage());
        if (said.startsWith("Trapped on unreachable")) {
            return TrapCode.UNREACHABLE;
        }
        if (said.startsWith("null ")) {
            return TrapCode.NULL_REFERENCE;
        }
        for (TrapCode code : TrapCode.values()) {
            if (said.startsWith(code.text())) {
                return code;
            }
        }
        return TrapCode.OTHER;
    }
}

package dev.airlock.engine;

import dev.airlock.abi.placed.ReleaseException;
import dev.airlock.engine.runtime.References;
import dev.airlock.engine.runtime.WasmException;
import dev.airlock.error.ExitException;
import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.limit.Watch;
import dev.airlock.memory.linear.GuestTrap;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns whatever comes out of a guest into what its caller is to see, with guest functions in the stack trace. */
final class Faults {
    private static final int FRAMES_IN_MESSAGE = 5;

    private Faults() {}

    /**
     * Called before any guest runs. A class whose initialization ends in a stack overflow can never be used again, and a guest
     * decides how much of the stack is left when its fault is looked at.
     */
    static void prepare() {
        GuestStack stack = GuestStack.rewrite(List.of(), new StackTraceElement[0]);
        var trap = new Trap(TrapCode.CALL_STACK_EXHAUSTED, place("", stack.functions()), stack.functions(), null);
        access(firstLine(trap), 1);
    }

    /** What a host function may throw that is no failure of it, but the end of the guest's execution. */
    static boolean passesThrough(Throwable thrown) {
        return thrown instanceof Trap
                || thrown instanceof ExitException
                || thrown instanceof LimitException
                || thrown instanceof WasmException;
    }

    /**
     * Returns what the caller of a guest is to see. Also shuts the gate: nothing can be said of a guest's state once its
     * execution was cut off. A host function that threw cut nothing off before its exception leaves the outermost call: until
     * then another host function may catch it, and the guest goes on.
     *
     * @param before how often the thread was in the compartment before the call that is left
     */
    static Throwable leave(Compartment compartment, Throwable thrown, int before) {
        Gate gate = compartment.gate();
        if (thrown instanceof ReleaseException release) {
            Throwable left = leave(compartment, release.failure(), before);
            return left instanceof Trap trap ? explained(trap, release) : left;
        }
        Watch.Stop stop = gate.stopped();
        if (stop != null) {
            return stopped(compartment, stop, thrown);
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
            if (before == 0 || trap.code() != TrapCode.HOST_FUNCTION) {
                gate.shut("it trapped before: " + firstLine(trap), trap);
            }
            trap.setStackTrace(GuestStack.rewrite(compartment.modules(), trap.getStackTrace())
                    .trace());
            return trap;
        }
        if (thrown instanceof LimitException || (thrown instanceof Error && !(thrown instanceof StackOverflowError))) {
            gate.shut("it was cut off before: " + firstLine(thrown), thrown);
            return thrown;
        }
        if (before > 0 && thrown instanceof WasmException) {
            // The guest that called the host function may catch it.
            return thrown;
        }
        GuestStack stack = GuestStack.rewrite(compartment.modules(), thrown.getStackTrace());
        TrapCode code = code(compartment, thrown);
        Trap trap = new Trap(
                code,
                message(compartment, code, thrown) + place(compartment.name(), stack.functions()),
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
    private static Throwable stopped(Compartment compartment, Watch.Stop stop, Throwable thrown) {
        LimitException late;
        if (thrown instanceof LimitException already && already.kind() == stop.kind()) {
            late = already;
        } else {
            GuestStack stack = GuestStack.rewrite(compartment.modules(), thrown.getStackTrace());
            boolean tells = !isInterruption(thrown);
            List<String> functions = thrown instanceof Trap trap ? trap.guestFrames() : stack.functions();
            late = stop.exception(place(compartment.name(), functions), tells ? thrown : null);
            late.setStackTrace(stack.trace());
        }
        compartment.gate().shut("it was cut off before: " + firstLine(late), late);
        return late;
    }

    private static boolean isInterruption(Throwable thrown) {
        return thrown instanceof GuestTrap trap && trap.code() == TrapCode.INTERRUPTED;
    }

    /** Returns a trap for an exception that left its component; the trace is that of where it was thrown. */
    static Trap uncaught(WasmException exception) {
        Trap trap = new Trap(TrapCode.UNCAUGHT_EXCEPTION, TrapCode.UNCAUGHT_EXCEPTION.text(), List.of(), null);
        trap.setStackTrace(exception.getStackTrace());
        return trap;
    }

    /** Returns a trap on behalf of a host function that threw, made where it threw, so that the guest's frames are on the stack. */
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

    private static String message(Compartment compartment, TrapCode code, Throwable thrown) {
        String said = thrown.getMessage();
        if (thrown instanceof GuestTrap) {
            return said == null ? code.text() : said;
        }
        if (thrown instanceof WasmException exception) {
            return code.text() + compartment.tagName(exception.tag);
        }
        if (code == TrapCode.MEMORY_OUT_OF_BOUNDS) {
            return code.text() + access(said, compartment.memorySize(thrown));
        }
        if (thrown instanceof NullPointerException missing) {
            return References.trapText(missing);
        }
        if (code == TrapCode.OTHER) {
            return said == null ? thrown.getClass().getSimpleName() : said;
        }
        return code.text();
    }

    /** The words of the JVM for an index that is not in an array. */
    private static final Pattern INDEX = Pattern.compile("Index (-?[0-9]+) out of bounds for length (-?[0-9]+)");

    /** Says which access it was, by what the JVM says of an array of bytes. */
    private static String access(@Nullable String said, long size) {
        Matcher index = INDEX.matcher(said == null ? "" : said);
        if (size < 0 || !index.matches() || index.group(1).startsWith("-")) {
            // An address of 2 GiB or more is no index, so the JVM does not say it.
            return "";
        }
        // The JVM checks the first byte against the last place where an access of this width fits.
        long width = size - Long.parseLong(index.group(2)) + 1;
        return ": offset " + index.group(1) + (width >= 1 && width <= 16 ? ", length " + width : "")
                + ", but the memory has " + size + " bytes";
    }

    private static String place(String name, List<String> functions) {
        if (functions.isEmpty()) {
            return ", in " + name;
        }
        var text = new StringBuilder(", in ");
        int shown = Math.min(FRAMES_IN_MESSAGE, functions.size());
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : " < ").append(TraceText.shown(functions.get(i)));
        }
        return text.append(shown < functions.size() ? " < …" : "")
                .append(" of ")
                .append(name)
                .toString();
    }

    private static String firstLine(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** Whether an exception of the JVM's own was thrown by a guest's code, and so is a trap of the guest. */
    static boolean isOfGuest(Collection<Module> modules, Throwable thrown) {
        return thrower(modules, thrown) != null;
    }

    /** Whether a frame is of what generated code calls for an operator. */
    private static boolean isOperator(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("dev.airlock.engine.runtime.")
                || type.startsWith("dev.airlock.engine.gc.")
                || type.startsWith("dev.airlock.engine.vector.")
                || type.startsWith("dev.airlock.memory.linear.");
    }

    /**
     * Whether an index was that of a GC array: only these are read and written by a guest's own code, without a class of the JDK
     * or ours in between. Once that code has thrown often, HotSpot throws one exception again and again that has no trace.
     */
    private static boolean isOfArray(Compartment compartment, Throwable thrown) {
        if (!(thrown instanceof ArrayIndexOutOfBoundsException)) {
            return false;
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        return (trace.length == 0 || !isOperator(trace[0]))
                && compartment.modules().stream().anyMatch(Module::hasArrays);
    }

    private static @Nullable Module thrower(Collection<Module> modules, Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (!isOperator(frame)) {
                return GuestStack.owner(modules, frame);
            }
        }
        // HotSpot leaves out the trace of an exception that compiled code throws often.
        return null;
    }

    private static TrapCode code(Compartment compartment, Throwable thrown) {
        if (thrown instanceof StackOverflowError) {
            return TrapCode.CALL_STACK_EXHAUSTED;
        }
        if (thrown instanceof GuestTrap trap) {
            return trap.code();
        }
        if (thrown instanceof WasmException) {
            return TrapCode.UNCAUGHT_EXCEPTION;
        }
        // Exceptions without a trace come from code that ran hot: only a guest's own are not wrapped on the way here.
        if (thrown.getStackTrace().length > 0 && !isOfGuest(compartment.modules(), thrown)) {
            return TrapCode.OTHER;
        }
        if (thrown instanceof ArithmeticException) {
            return TrapCode.INTEGER_DIVIDE_BY_ZERO;
        }
        if (thrown instanceof IndexOutOfBoundsException) {
            return isOfArray(compartment, thrown) ? TrapCode.ARRAY_OUT_OF_BOUNDS : TrapCode.MEMORY_OUT_OF_BOUNDS;
        }
        return thrown instanceof NullPointerException ? TrapCode.NULL_REFERENCE : TrapCode.OTHER;
    }
}

package dev.airlock.engine;

import dev.airlock.limit.Limits;
import dev.airlock.memory.Memory;
import dev.airlock.type.CoreFuncType;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Host functions that share state which each instance has of its own, such as open files.
 *
 * <p>Public for the doors of WASI alone; a program keeps state in its lambdas. Functions are handed over as they are asked
 * for, since a guest imports few of the many that a door has, and in the form that the engine calls them in, so that there
 * is nothing to generate when a guest starts.
 */
public interface HostModule {
    /**
     * A function, bound to one instance.
     *
     * @param type as an import has to want it
     * @param reader puts calls in words, where somebody traces them
     */
    record Function(CoreFuncType type, HostCall call, CallReader reader) {}

    /** Puts a call in words. */
    interface CallReader {
        /**
         * What it is given, one text for each argument that a reader would tell apart; asked before the call.
         *
         * @param caller the instance that calls
         * @param args one for each parameter
         * @return what it is given, one text for each argument that a reader would tell apart
         */
        List<String> arguments(Caller caller, long[] args);

        /**
         * What it gave back; asked after the call.
         *
         * @param caller the instance that calls
         * @param args one for each parameter
         * @param results the results
         * @return what it gave back
         */
        String result(Caller caller, long[] args, long[] results);
    }

    /** Makes the state of one instance. */
    interface Opener {
        /**
         * Called once for an instance that imports anything of this, before the instance is there to be called.
         *
         * @param guest how errors name the instance's module
         * @param limits of that instance
         * @return the guest
         */
        HostModule open(String guest, Limits limits);
    }

    /**
     * Returns the function with the two names of an import.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @return the function; null if there is none
     */
    @Nullable
    Function function(String module, String name);

    /**
     * Returns the function names under a module name, to suggest one if an import has none of them.
     *
     * @param module the module name of the import
     * @return the names; empty if there are none
     */
    Collection<String> names(String module);

    /**
     * What it holds for the instance that a new instance would not have, such as an open file, in words; null if nothing. It
     * keeps the instance from being captured.
     *
     * @return what it holds for the instance that a new instance would not have, such as an open file, in words
     */
    default @Nullable String heldState() {
        return null;
    }

    /** Called when the instance goes back to a snapshot: from here on this is as if it had been opened just now. */
    default void reset() {}

    /**
     * What is closed with the instance. It does not lead to the instance, by a memory of it or anything else: a cleaner holds
     * it, which closes it when nothing leads to the instance any longer.
     *
     * @return what is closed with the instance
     */
    AutoCloseable holdings();

    /**
     * Returns the memory that a caller's pointers refer to: the exported one, or else the first.
     *
     * @param caller the instance that calls
     * @return the memory
     * @throws dev.airlock.error.SignatureException if it has none
     */
    static Memory memory(Caller caller) {
        return caller.instance().anyMemory();
    }

    /**
     * Returns whether the call that a caller is in has a limit of wall-clock time.
     *
     * @param caller the instance that calls
     * @return whether the call that a caller is in has a limit of wall-clock time
     */
    static boolean isTimed(Caller caller) {
        return caller.instance().gate().isTimed();
    }

    /**
     * Offers functions to all modules that a linker instantiates. What is defined by itself comes before them.
     *
     * @param linker the linker
     * @param modules the module names under which the functions are offered
     * @param opener makes the state of each instance
     */
    static void define(Linker linker, List<String> modules, Opener opener) {
        modules.forEach(module -> linker.perInstance(module, opener));
    }
}

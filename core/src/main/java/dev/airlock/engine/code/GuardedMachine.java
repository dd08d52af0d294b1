package dev.airlock.engine.code;

import run.endive.runtime.CallResult;
import run.endive.runtime.Machine;

/**
 * The code of one instance, of which code of other instances may call a function that it finds in a table. Such a call goes
 * through whatever lets threads into the instance. Public for the library itself.
 */
public interface GuardedMachine extends Machine {
    /** As {@link #call(int, long[])} does, for code of another instance. */
    long[] callFromOutside(int function, long[] args);

    /** As {@link #callWithRefs} does, for code of another instance. */
    CallResult callFromOutside(int function, long[] args, Object[] refs);
}

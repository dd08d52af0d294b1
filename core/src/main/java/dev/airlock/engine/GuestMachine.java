package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.code.GuardedMachine;
import run.endive.runtime.CallResult;
import run.endive.runtime.Machine;

/** The compiled code of one instance, with the way back from Endive's instance to ours. */
final class GuestMachine implements GuardedMachine {
    private final Instance owner;
    private final Machine code;

    GuestMachine(Instance owner, Machine code) {
        this.owner = owner;
        this.code = code;
    }

    static Instance owner(run.endive.runtime.Instance instance) {
        if (instance.getMachine() instanceof GuestMachine machine) {
            return machine.owner;
        }
        throw new IllegalStateException("an instance that Airlock did not make");
    }

    @Override
    public long[] call(int function, long[] args) {
        return code.call(function, args);
    }

    @Override
    public long[] call(int function, long[] args, Object[] refArgs) {
        return code.call(function, args, refArgs);
    }

    @Override
    public CallResult callWithRefs(int function, long[] args, Object[] refArgs) {
        return code.callWithRefs(function, args, refArgs);
    }

    @Override
    public long[] callFromOutside(int function, long[] args) {
        int before = owner.enter();
        try {
            return code.call(function, args);
        } catch (Throwable e) {
            throw Handles.sneaky(owner.leave(e));
        } finally {
            owner.exit(before);
        }
    }

    @Override
    public CallResult callFromOutside(int function, long[] args, Object[] refs) {
        int before = owner.enter();
        try {
            return code.callWithRefs(function, args, refs);
        } catch (Throwable e) {
            throw Handles.sneaky(owner.leave(e));
        } finally {
            owner.exit(before);
        }
    }
}

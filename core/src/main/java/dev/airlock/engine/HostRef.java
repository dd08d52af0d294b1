package dev.airlock.engine;

import dev.airlock.engine.Linker.Name;
import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.error.AirlockException;
import dev.airlock.limit.Watch;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** A host function as one instance imports it. What it throws ends the guest's execution. */
final class HostRef extends ImportedRef {
    private final Name name;
    private final HostCode code;

    /** What the code is called with. Read by generated code. */
    final @Nullable Object target;

    /** @param index of the import among the functions of the importer */
    HostRef(Instance importer, int index, Name name, DefinedType type, HostCode code, @Nullable Object target) {
        super(importer, index, type);
        this.name = name;
        this.code = code;
        this.target = target;
    }

    @Override
    protected MethodHandle link() {
        return target instanceof TracedCall ? code.tracedHandle() : code.handle();
    }

    // Called by generated code: see HostAdapters.

    Caller caller() {
        return importer().caller();
    }

    /** A call begins. */
    @Nullable
    RecordedCall begin() {
        Watch watch = importer().gate().watch();
        if (watch != null) {
            watch.countHostCall();
        }
        return RecordedCall.outOf(importer(), name);
    }

    /** Returns what the guest's caller is to see of what the host function threw. */
    Throwable failed(Throwable thrown) {
        if (thrown instanceof AirlockException) {
            return Faults.passesThrough(thrown) ? thrown : trap(thrown);
        }
        // The guest's own allocator may have failed, which had to set aside what the host function gave.
        return thrown instanceof Exception && !importer().compartment().isGuests(thrown) ? trap(thrown) : thrown;
    }

    private Throwable trap(Throwable cause) {
        return importer().compartment().hostFunctionThrew(name.toString(), cause);
    }

    /**
     * Checks how many results there are, and puts all after the first where the guest finds them.
     *
     * @return the same results
     */
    long[] results(long @Nullable [] given, InstanceState caller) {
        int count = code.type().results().size();
        if (given == null || given.length != count) {
            throw importer()
                    .compartment()
                    .hostFunctionThrew(
                            name.toString(),
                            new IllegalStateException("it gave " + (given == null ? "null" : given.length + " results")
                                    + ", not " + count));
        }
        if (count > 1) {
            caller.spill.reserve(count - 1, 0);
            System.arraycopy(given, 1, caller.spill.n, 0, count - 1);
        }
        return given;
    }

    /** Returns the arguments of a function with so many parameters that they are passed in the spill. */
    static long[] spilledArguments(InstanceState caller, int count) {
        return java.util.Arrays.copyOf(caller.spill.n, count);
    }

    @Override
    public String toString() {
        return "host function " + name;
    }
}

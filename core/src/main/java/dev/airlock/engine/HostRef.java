package dev.airlock.engine;

import dev.airlock.engine.Linker.Name;
import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.engine.runtime.WasmException;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.error.AirlockException;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Watch;
import dev.airlock.type.CoreValType;
import java.lang.invoke.MethodHandle;
import java.util.List;
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
        if (thrown instanceof WasmException exception) {
            exception.count(importer().state().collected);
        }
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
                    .hostFunctionThrew(name.toString(), wrongCount(given == null ? -1 : given.length));
        }
        if (count > 1) {
            caller.spill.reserve(count - 1, 0);
            System.arraycopy(given, 1, caller.spill.n, 0, count - 1);
        }
        return given;
    }

    /** Calls a target that takes values; the arguments are raw references and boxes. */
    @Nullable
    Object[] call(@Nullable Object[] args) throws Exception {
        List<CoreValType> types = code.type().params();
        for (int i = 0; i < args.length; i++) {
            if (types.get(i).isReference()) {
                args[i] = BoxedValues.toHost(args[i], ApiTypes.field(types.get(i), false));
            }
        }
        if (target instanceof TracedCall traced) {
            return traced.call(caller(), args);
        }
        return values(target).call(caller(), args);
    }

    static HostValues values(@Nullable Object target) {
        if (target instanceof HostValues function) {
            return function;
        }
        throw new IllegalStateException("a function that does not take values: " + target);
    }

    /**
     * Checks results in boxes, and puts all after the first, and the high half of a vector, where the guest finds them.
     *
     * @return the first, of a vector its low half; null if there is none
     */
    @Nullable
    Object values(@Nullable Object @Nullable [] given, InstanceState caller) {
        List<CoreValType> types = code.type().results();
        if (given == null || given.length != types.size()) {
            throw importer()
                    .compartment()
                    .hostFunctionThrew(name.toString(), wrongCount(given == null ? -1 : given.length));
        }
        try {
            return types.isEmpty() ? null : Spilled.results(types, given, "of host function " + name, caller);
        } catch (SignatureException e) {
            throw importer().compartment().hostFunctionThrew(name.toString(), e);
        }
    }

    private IllegalStateException wrongCount(int given) {
        return new IllegalStateException("it gave " + (given < 0 ? "null" : given + " results") + ", not "
                + code.type().results().size());
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

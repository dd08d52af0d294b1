package dev.airlock.component;

import dev.airlock.abi.CanonicalContext;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.type.FuncType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that a component instance exports, by its WIT type: {@link Value}s in, a {@link Value} out. For tools that learn
 * a function's type only while they run. Belongs to its instance's thread.
 */
public final class ComponentFunc {
    private final String name;
    private final LinkedFunc function;
    private final FuncType type;
    private @Nullable Crossing crossing;
    private @Nullable MethodHandle call;

    /** @param type as the component exports it */
    ComponentFunc(String name, LinkedFunc function, FuncType type) {
        this.name = name;
        this.function = function;
        this.type = typeOf(function, type);
    }

    private static FuncType typeOf(LinkedFunc function, FuncType exported) {
        if (function instanceof LinkedFunc.Lifted lifted) {
            return lifted.type();
        }
        return function instanceof LinkedFunc.Host host && host.function() instanceof PassedFunction passed
                ? passed.type()
                : exported;
    }

    /** The name that it is exported by. */
    public String name() {
        return name;
    }

    /** Its parameters and its result. */
    public FuncType type() {
        return type;
    }

    /**
     * Calls the function.
     *
     * @param args one for each parameter, of its type
     * @return the result; null where the function has none
     * @throws dev.airlock.error.SignatureException if the function is asynchronous, or has streams or futures, which are not
     *     supported yet
     * @throws ValueException for an argument of another type, or a resource that cannot be given
     * @throws dev.airlock.error.Trap if the guest traps, or gives what is no value of its type. Nothing of the component can
     *     be called any more then
     * @throws dev.airlock.error.InstanceStateException if the instance cannot be entered
     */
    public @Nullable Value call(List<? extends Value> args) {
        check(args);
        Value[] given = args.toArray(Value[]::new);
        if (function instanceof LinkedFunc.Lifted lifted) {
            return call(lifted, given);
        }
        try {
            return LowerCode.callHost((LinkedFunc.Host) function, type, given);
        } catch (Exception e) {
            throw HostCalls.sneaky(e);
        }
    }

    private void check(List<? extends Value> args) {
        List<FuncType.Param> params = type.params();
        if (args.size() != params.size()) {
            throw new ValueException(
                    name + ": there are " + params.size() + " parameters, got " + args.size() + " arguments: " + type);
        }
        for (int i = 0; i < params.size(); i++) {
            ValType wanted = params.get(i).type();
            if (!wanted.equals(args.get(i).type())) {
                throw ValuePath.of(params.get(i).name())
                        .refuse(wanted + " is wanted, got " + args.get(i).type());
            }
        }
    }

    private @Nullable Value call(LinkedFunc.Lifted lifted, Value[] args) {
        if (crossing == null) {
            lifted.code().checkRuns();
            crossing = lifted.state().fromHost();
        }
        var made = new Result(lifted, args);
        HostCalls.run(crossing, name, made);
        return made.value;
    }

    private final class Result implements HostCalls.Body {
        private final LinkedFunc.Lifted lifted;
        private final Value[] args;
        private @Nullable Value value;

        Result(LinkedFunc.Lifted lifted, Value[] args) {
            this.lifted = lifted;
            this.args = args;
        }

        @Override
        public void run() throws Throwable {
            if (call == null) {
                call = lifted.code().dynamic(lifted.state());
            }
            value = (Value) call.invokeExact((CanonicalContext) lifted.state(), args);
        }
    }

    /**
     * The steps of a call, in words.
     *
     * @throws SignatureException if it is asynchronous, or has values that are; or if the component imports it and passes it
     *     on, so that nothing crosses
     */
    public String explain() {
        if (function instanceof LinkedFunc.Lifted lifted) {
            return lifted.code().explain(name);
        }
        throw new SignatureException(
                name + " is a function that the component imports and passes on; call the host's own");
    }

    @Override
    public String toString() {
        return name + ": " + type;
    }
}

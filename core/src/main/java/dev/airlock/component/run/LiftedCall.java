package dev.airlock.component.run;

import dev.airlock.abi.canonical.CanonicalContext;
import dev.airlock.error.ValueException;
import dev.airlock.type.FuncType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a function that a component exports, from the host, with values. */
public final class LiftedCall {
    private final String name;
    private final LinkedFunc.Lifted function;
    private @Nullable InstanceEntry entry;
    private @Nullable MethodHandle call;

    /** @param name the function's name, for errors */
    public LiftedCall(String name, LinkedFunc.Lifted function) {
        this.name = name;
        this.function = function;
    }

    /**
     * Checks that arguments have the types of a function's parameters.
     *
     * @throws ValueException if they do not
     */
    public static void check(String name, FuncType type, List<? extends Value> args) {
        List<FuncType.Param> params = type.params();
        if (args.size() != params.size()) {
            throw new ValueException(
                    name + ": there are " + params.size() + " parameters, got " + args.size() + " arguments: " + type);
        }
        for (int i = 0; i < params.size(); i++) {
            ValType wanted = params.get(i).type();
            if (!wanted.equals(args.get(i).type())) {
                throw ValuePath.of(params.get(i).name())
                        .refuse("expected " + wanted + ", got " + args.get(i).type());
            }
        }
    }

    /** @param args the arguments, which {@link #check} accepted */
    public @Nullable Value call(Value[] args) {
        if (entry == null) {
            function.code().checkRuns();
            entry = function.state().fromHost();
        }
        var made = new Result(args);
        HostCalls.run(entry, name, made);
        return made.value;
    }

    /** Describes the steps of a call. */
    public String explain() {
        return function.code().explain(name);
    }

    private final class Result implements HostCalls.Body {
        private final Value[] args;
        private @Nullable Value value;

        Result(Value[] args) {
            this.args = args;
        }

        @Override
        public void run() throws Throwable {
            if (call == null) {
                call = function.code().dynamic(function.state());
            }
            value = (Value) call.invokeExact((CanonicalContext) function.state(), args);
        }
    }
}

package dev.airlock.component.run;

import dev.airlock.type.FuncType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that one component instance exports and the host passes to another. Its values have the types of the exporting
 * instance. Resources are the same in both, although their types have other variables.
 */
public final class PassedFunction implements HostFunc {
    private final LinkedFunc.Lifted lifted;
    private final String name;
    private final LiftedCall function;

    public PassedFunction(String name, LinkedFunc.Lifted lifted) {
        this.lifted = lifted;
        this.name = name;
        this.function = new LiftedCall(name, lifted);
    }

    /** The function's type in the exporting instance. */
    public FuncType type() {
        return lifted.type();
    }

    /** Returns the resource that a variable in the type stands for. */
    public LinkedResource resource(ResourceType resource) {
        return lifted.state().resource(lifted.code().component().number(resource));
    }

    @Override
    public @Nullable Value call(FuncType type, List<Value> args) {
        LiftedCall.check(name, type(), args);
        return function.call(args.toArray(Value[]::new));
    }
}

package dev.airlock.component;

import dev.airlock.codegen.Handles;
import dev.airlock.component.run.LiftedCall;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.LowerCode;
import dev.airlock.component.run.PassedFunction;
import dev.airlock.error.SignatureException;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exported function of a component instance, called with {@link Value}s. For programs that learn the function's type only
 * at run time. Belongs to the thread of its instance.
 */
public final class ComponentFunc {
    private final String name;
    private final LinkedFunc function;
    private final FuncType type;
    private final @Nullable LiftedCall lifted;

    /** @param type as the component exports it */
    ComponentFunc(String name, LinkedFunc function, FuncType type) {
        this.name = name;
        this.function = function;
        this.type = typeOf(function, type);
        this.lifted = function instanceof LinkedFunc.Lifted found ? new LiftedCall(name, found) : null;
    }

    private static FuncType typeOf(LinkedFunc function, FuncType exported) {
        if (function instanceof LinkedFunc.Lifted lifted) {
            return lifted.type();
        }
        return function instanceof LinkedFunc.Host host && host.function() instanceof PassedFunction passed
                ? passed.type()
                : exported;
    }

    /**
     * Returns the full name of the export.
     *
     * @return the name: {@code greet}, or {@code demo:kit/api@1.0.0#greet}
     */
    public String name() {
        return name;
    }

    /**
     * Returns the function's type.
     *
     * @return the parameters and the result
     */
    public FuncType type() {
        return type;
    }

    /**
     * Calls the function.
     *
     * @param args one value of the right type for each parameter
     * @return the result, or null if the function has none
     * @throws SignatureException if the function is asynchronous, or its type has streams or futures, which are not supported
     *     yet
     * @throws dev.airlock.error.ValueException if an argument has the wrong type, or is a resource that cannot be passed
     * @throws dev.airlock.error.Trap if the guest traps, or returns something that is not a value of its type. The instance
     *     can no longer be entered then
     * @throws dev.airlock.error.InstanceStateException if the instance cannot be entered
     */
    public @Nullable Value call(List<? extends Value> args) {
        LiftedCall.check(name, type, args);
        Value[] given = args.toArray(Value[]::new);
        if (lifted != null) {
            return lifted.call(given);
        }
        try {
            return LowerCode.callHost((LinkedFunc.Host) function, type, given);
        } catch (Exception e) {
            throw Handles.sneaky(e);
        }
    }

    /**
     * Describes the steps of a call, such as copies and checks.
     *
     * @return several lines of text, for people; its form may change
     * @throws SignatureException if the function is asynchronous, or its type has asynchronous values; or if the component
     *     imports it and exports it unchanged, so that nothing is lifted or lowered
     */
    public String explain() {
        if (lifted != null) {
            return lifted.explain();
        }
        throw new SignatureException(name
                + " is a function that the component imports and exports unchanged; call the host's function instead");
    }

    @Override
    public String toString() {
        return name + ": " + type;
    }
}

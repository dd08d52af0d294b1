package dev.airlock.component;

import dev.airlock.codegen.Handles;
import dev.airlock.component.run.LiftedCall;
import dev.airlock.component.run.LinkedFunc;
import dev.airlock.component.run.LowerCode;
import dev.airlock.component.run.PassedFunction;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
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
    private final @Nullable LiftedCall lifted;

    /** @param type as the component exports it */
    public ComponentFunc(String name, LinkedFunc function, FuncType type) {
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
     * The steps of a call, in words.
     *
     * @throws SignatureException if it is asynchronous, or has values that are; or if the component imports it and passes it
     *     on, so that nothing crosses
     */
    public String explain() {
        if (lifted != null) {
            return lifted.explain();
        }
        throw new SignatureException(
                name + " is a function that the component imports and passes on; call the host's own");
    }

    @Override
    public String toString() {
        return name + ": " + type;
    }
}

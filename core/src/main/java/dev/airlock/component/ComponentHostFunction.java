package dev.airlock.component;

import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host function that components import, called with {@link Value}s. */
@FunctionalInterface
public interface ComponentHostFunction {
    /**
     * Handles a call by a guest, in the guest's thread.
     *
     * @param type the function's type, as the component imports it
     * @param args one value of the right type for each parameter
     * @return a value of the result's type, or null if the function has no result
     * @throws Exception to end the guest's execution with a {@link dev.airlock.error.Trap} that has the exception as its cause
     */
    @Nullable
    Value call(FuncType type, List<Value> args) throws Exception;
}

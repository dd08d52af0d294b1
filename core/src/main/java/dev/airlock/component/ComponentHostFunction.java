package dev.airlock.component;

import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function that a host offers to components, by {@link Value}s. */
@FunctionalInterface
public interface ComponentHostFunction {
    /**
     * Called by a guest, in its thread.
     *
     * @param type as the component imports it
     * @param args one for each parameter, of its type
     * @return a value of the result's type; null where there is none
     * @throws Exception ends the guest's execution with a {@link dev.airlock.error.Trap} that has it as its cause
     */
    @Nullable
    Value call(FuncType type, List<Value> args) throws Exception;
}

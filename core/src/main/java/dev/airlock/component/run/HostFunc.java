package dev.airlock.component.run;

import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host function that takes and returns values. */
@FunctionalInterface
public interface HostFunc {
    @Nullable
    Value call(FuncType type, List<Value> args) throws Exception;
}

package dev.airlock.component.run;

import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs when a component calls a host function that is linked by values. */
@FunctionalInterface
public interface HostFunc {
    @Nullable
    Value call(FuncType type, List<Value> args) throws Exception;
}

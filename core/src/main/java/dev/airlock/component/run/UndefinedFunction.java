package dev.airlock.component.run;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.util.List;

/**
 * A function that a component imports and the host has not defined. A guest that calls it traps before its arguments are
 * looked at: see {@link LowerCode}.
 *
 * @param name with its interface, for errors
 */
public record UndefinedFunction(String name) implements HostFunc {
    /** Called by the host alone, through a component that exports what it imports. */
    @Override
    public Value call(FuncType type, List<Value> args) {
        throw new Trap(TrapCode.UNKNOWN_IMPORT, name + " is not defined", List.of(), null);
    }
}

package dev.airlock.component.run;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.FuncType;
import dev.airlock.type.Value;
import java.util.List;

/**
 * An imported function that the host has not defined. A guest that calls it traps before its arguments are read: see
 * {@link LowerCode}.
 *
 * @param name the name with its interface, for errors
 */
public record UndefinedFunction(String name) implements HostFunc {
    /** Called only by the host, through a component that exports the import unchanged. */
    @Override
    public Value call(FuncType type, List<Value> args) {
        throw new Trap(TrapCode.UNKNOWN_IMPORT, name + " is not defined", List.of(), null);
    }
}

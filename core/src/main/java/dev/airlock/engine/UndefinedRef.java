package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.error.Trap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;

/** A function that is imported and not defined: it traps when it is called. */
final class UndefinedRef extends ImportedRef {
    private static final MethodHandle TRAP = Handles.own(
            MethodHandles.lookup(), "trap", MethodType.methodType(Trap.class, FuncRef.class, InstanceState.class));

    private final String name;
    private final Supplier<String> hint;

    /** @param hint says which defined name may have been meant */
    UndefinedRef(Instance importer, int index, DefinedType type, String name, Supplier<String> hint) {
        super(importer, index, type);
        this.name = name;
        this.hint = hint;
    }

    @Override
    protected MethodHandle link() {
        MethodType shape = CallShape.of(type).direct();
        MethodHandle trap =
                MethodHandles.filterReturnValue(TRAP, MethodHandles.throwException(shape.returnType(), Trap.class));
        return MethodHandles.dropArguments(trap, 0, shape.parameterList());
    }

    static Trap trap(FuncRef self, InstanceState caller) {
        UndefinedRef undefined = (UndefinedRef) self;
        return undefined.importer().compartment().unknownImport(undefined.name, undefined.hint.get());
    }

    @Override
    public String toString() {
        return name + ", which is not defined";
    }
}

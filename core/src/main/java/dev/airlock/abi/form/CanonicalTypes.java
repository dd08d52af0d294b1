package dev.airlock.abi.form;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.FuncType;

/** The types of the core functions for functions of WIT ({@code flatten_functype}), synchronous ones. */
public final class CanonicalTypes {
    private CanonicalTypes() {}

    /** Returns the type of the core function that a component has for a function that it exports. */
    public static CoreFuncType lifted(FuncType type) {
        return LayoutFlattening.lifted(type);
    }

    /** Returns the type of the core function that a component calls for a function that it imports. */
    public static CoreFuncType lowered(FuncType type) {
        return LayoutFlattening.lowered(type);
    }
}

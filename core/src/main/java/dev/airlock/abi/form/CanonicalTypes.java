package dev.airlock.abi.form;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.FuncType;

/** The types of core functions that stand for functions of WIT, synchronous ones ({@code flatten_functype}). */
public final class CanonicalTypes {
    private CanonicalTypes() {}

    /** Of the core function that a component has for a function that it exports. */
    public static CoreFuncType lifted(FuncType type) {
        return LayoutFlattening.lifted(type);
    }

    /** Of the core function that a component calls for a function that it imports. */
    public static CoreFuncType lowered(FuncType type) {
        return LayoutFlattening.lowered(type);
    }
}

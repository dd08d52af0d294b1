package dev.airlock.component.type;

import dev.airlock.abi.form.LayoutFlattening;
import dev.airlock.component.binary.CanonOptions;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FuncType;
import dev.airlock.type.ValType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The core types of lifted and lowered functions, for the synchronous and the async ABI (Canonical ABI, "Flattening"). */
final class AsyncFlattening {
    /** The type of an async function's callback. */
    static final CoreFuncType CALLBACK =
            new CoreFuncType(Collections.nCopies(3, CoreValType.I32), List.of(CoreValType.I32));

    private static final int MAX_FLAT_ASYNC_PARAMS = 4;

    private AsyncFlattening() {}

    /** Returns the type that a core function must have to be lifted to this type. */
    static CoreFuncType lifted(FuncType type, CanonOptions options) {
        CoreFuncType flat = LayoutFlattening.lifted(type);
        return options.async()
                ? new CoreFuncType(flat.params(), options.callback() == null ? List.of() : List.of(CoreValType.I32))
                : flat;
    }

    /** Whether the result of a lifted function is too long for core results, so that it is read from memory. */
    static boolean liftedResultInMemory(FuncType type, CanonOptions options) {
        return options.async()
                ? LayoutFlattening.flatten(results(type), LayoutFlattening.MAX_FLAT_PARAMS) == null
                : LayoutFlattening.resultsInMemory(type);
    }

    /** Returns the type of the core function that a function is lowered to. */
    static CoreFuncType lowered(FuncType type, CanonOptions options) {
        if (!options.async()) {
            return LayoutFlattening.lowered(type);
        }
        List<CoreValType> flat = LayoutFlattening.flatten(params(type), MAX_FLAT_ASYNC_PARAMS);
        List<CoreValType> params = new ArrayList<>(flat == null ? List.of(CoreValType.I32) : flat);
        if (type.result() != null) {
            params.add(CoreValType.I32);
        }
        return new CoreFuncType(params, List.of(CoreValType.I32));
    }

    /** Whether the parameters or the result of a lowered function are too many for core values, so that they lie in memory. */
    static boolean loweredUsesMemory(FuncType type, CanonOptions options) {
        return options.async()
                ? type.result() != null || LayoutFlattening.flatten(params(type), MAX_FLAT_ASYNC_PARAMS) == null
                : LayoutFlattening.paramsInMemory(type) || LayoutFlattening.resultsInMemory(type);
    }

    private static List<ValType> params(FuncType type) {
        return type.params().stream().map(FuncType.Param::type).toList();
    }

    private static List<ValType> results(FuncType type) {
        return type.result() == null ? List.of() : List.of(type.result());
    }
}

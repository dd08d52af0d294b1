package dev.airlock.component.type;

import dev.airlock.abi.LayoutFlattening;
import dev.airlock.component.binary.CanonOptions;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FuncType;
import dev.airlock.type.ValType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The core types of functions that are lifted and lowered, with the asynchronous ABI or without (Canonical ABI,
 * "Flattening").
 */
final class AsyncFlattening {
    /** What an async function's callback is. */
    static final CoreFuncType CALLBACK =
            new CoreFuncType(Collections.nCopies(3, CoreValType.I32), List.of(CoreValType.I32));

    private static final int MAX_FLAT_ASYNC_PARAMS = 4;

    private AsyncFlattening() {}

    /** The core function that is lifted. */
    static CoreFuncType lifted(FuncType type, CanonOptions options) {
        CoreFuncType flat = LayoutFlattening.lifted(type);
        return options.async()
                ? new CoreFuncType(flat.params(), options.callback() == null ? List.of() : List.of(CoreValType.I32))
                : flat;
    }

    /** Whether the result of a lifted function is read from memory, whatever it is. */
    static boolean liftedResultInMemory(FuncType type, CanonOptions options) {
        return options.async()
                ? LayoutFlattening.flatten(results(type), LayoutFlattening.MAX_FLAT_PARAMS) == null
                : LayoutFlattening.resultsInMemory(type);
    }

    /** The core function that a function is lowered to. */
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

    /** Whether a lowered function passes its parameters or its result through memory, whatever they are. */
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

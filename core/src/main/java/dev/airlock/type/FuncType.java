package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The type of a WIT function: {@code func(name: string) -> string}. For functions of core modules see {@link
 * CoreFuncType}.
 *
 * @param params in order; may be empty
 * @param result the type of the result, or null if there is none; not a borrow, which would outlive its call
 * @param async whether the call may block (Concurrency, "Summary")
 */
public record FuncType(List<Param> params, @Nullable ValType result, boolean async) {
    /**
     * A parameter.
     *
     * @param name a label; no two parameters may differ only in case
     * @param type the type of the parameter
     */
    public record Param(String name, ValType type) {}

    /**
     * Checks the labels and the result.
     *
     * @param params see the record
     * @param result see the record
     * @param async see the record
     * @throws SignatureException if a label is not one, or the result has a borrow
     */
    public FuncType {
        params = List.copyOf(params);
        Labels.check("parameter", params.stream().map(Param::name).toList());
        if (result != null && TypeBounds.hasBorrow(result)) {
            throw new SignatureException("a function cannot return a borrow: it ends with the call");
        }
    }

    /**
     * Creates the type of a function that is not async.
     *
     * @param params in order; may be empty
     * @param result the type of the result, or null if there is none
     */
    public FuncType(List<Param> params, @Nullable ValType result) {
        this(params, result, false);
    }

    /** Returns the WIT text, with types without a name written out: {@code async func(a: u8) -> list<u8>}. */
    @Override
    public String toString() {
        return (async ? "async func" : "func")
                + params.stream().map(p -> p.name() + ": " + p.type()).collect(Collectors.joining(", ", "(", ")"))
                + (result == null ? "" : " -> " + result);
    }
}

package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The type of a function of WIT: {@code func(name: string) -> string}. For functions of core modules see
 * {@link CoreFuncType}.
 *
 * @param params in order; there may be none
 * @param result what it returns, or null where it returns nothing; no borrow, which would outlive its call
 * @param async whether the call may block (Concurrency, "Summary")
 */
public record FuncType(List<Param> params, @Nullable ValType result, boolean async) {
    /**
     * A parameter.
     *
     * @param name a label, unlike those of the other parameters by more than case
     */
    public record Param(String name, ValType type) {}

    public FuncType {
        params = List.copyOf(params);
        Labels.check("parameter", params.stream().map(Param::name).toList());
        if (result != null && Extent.hasBorrow(result)) {
            throw new SignatureException("a function cannot return a borrow: it ends with the call");
        }
    }

    /** A function that is not async. */
    public FuncType(List<Param> params, @Nullable ValType result) {
        this(params, result, false);
    }

    /** As WIT writes it, though types without a name are written out: {@code async func(a: u8) -> list<u8>}. */
    @Override
    public String toString() {
        return (async ? "async func" : "func")
                + params.stream().map(p -> p.name() + ": " + p.type()).collect(Collectors.joining(", ", "(", ")"))
                + (result == null ? "" : " -> " + result);
    }
}

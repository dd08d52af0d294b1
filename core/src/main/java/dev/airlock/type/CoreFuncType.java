package dev.airlock.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The type of a core function (core specification, section 2.3.8): any number of parameters, any number of results.
 *
 * @param params in order
 * @param results in order; more than one is multi-value
 */
public record CoreFuncType(List<CoreValType> params, List<CoreValType> results) implements ExternType {
    /**
     * Copies the lists.
     *
     * @param params see the record
     * @param results see the record
     */
    public CoreFuncType {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }

    /** {@return whether all parameters and results are integers or floating-point numbers} */
    public boolean isNumeric() {
        return params.stream().allMatch(CoreValType::isNumber)
                && results.stream().allMatch(CoreValType::isNumber);
    }

    @Override
    public String kind() {
        return "func";
    }

    /** Returns the type in the form {@code (i32, i32) -> i64}. */
    @Override
    public String toString() {
        return list(params)
                + switch (results.size()) {
                    case 0 -> "";
                    case 1 -> " -> " + results.get(0);
                    default -> " -> " + list(results);
                };
    }

    private static String list(List<CoreValType> types) {
        return types.stream().map(CoreValType::text).collect(Collectors.joining(", ", "(", ")"));
    }
}

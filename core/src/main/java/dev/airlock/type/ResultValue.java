package dev.airlock.type;

import org.jspecify.annotations.Nullable;

/**
 * A value of a result.
 *
 * @param type the type of the result
 * @param isOk whether this is a success
 * @param payload the value, or null if there is none
 */
public record ResultValue(
        ResultType type, boolean isOk, @Nullable Value payload) implements Value {
    /**
     * Checks that the payload fits the type.
     *
     * @param type see the record
     * @param isOk see the record
     * @param payload see the record
     */
    public ResultValue {
        check(type, isOk, payload, ValuePath.root());
    }

    /**
     * Returns a value of a result.
     *
     * @param type the type of the result
     * @param isOk whether this is a success
     * @param payload the value, or null if there is none
     * @param path the path to this value, for errors
     * @return the value
     */
    public static ResultValue of(ResultType type, boolean isOk, @Nullable Value payload, ValuePath path) {
        check(type, isOk, payload, path);
        return new ResultValue(type, isOk, payload);
    }

    private static void check(ResultType type, boolean isOk, @Nullable Value payload, ValuePath path) {
        if (isOk) {
            Fit.check("ok", type.ok(), payload, path.ok());
        } else {
            Fit.check("err", type.err(), payload, path.err());
        }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitResult(this);
    }
}

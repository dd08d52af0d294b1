package dev.airlock.type;

import org.jspecify.annotations.Nullable;

/**
 * A value of a result.
 *
 * @param isOk success or failure
 * @param payload what comes with it, or null where nothing does
 */
public record ResultValue(
        ResultType type, boolean isOk, @Nullable Value payload) implements Value {
    public ResultValue {
        check(type, isOk, payload, ValuePath.root());
    }

    /**
     * A value of a result.
     *
     * @param path for errors, the way to this value
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

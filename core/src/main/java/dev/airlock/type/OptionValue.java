package dev.airlock.type;

import org.jspecify.annotations.Nullable;

/**
 * A value of an option.
 *
 * @param payload what it holds, or null for none
 */
public record OptionValue(OptionType type, @Nullable Value payload) implements Value {
    public OptionValue {
        check(type, payload, ValuePath.root());
    }

    /**
     * A value of an option.
     *
     * @param path for errors, the way to this value
     */
    public static OptionValue of(OptionType type, @Nullable Value payload, ValuePath path) {
        check(type, payload, path);
        return new OptionValue(type, payload);
    }

    private static void check(OptionType type, @Nullable Value payload, ValuePath path) {
        if (payload != null) {
            Fit.check(type.payload(), payload, path.some());
        }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitOption(this);
    }
}

package dev.airlock.type;

import org.jspecify.annotations.Nullable;

/**
 * A value of an option.
 *
 * @param type the type of the option
 * @param payload the value, or null for none
 */
public record OptionValue(OptionType type, @Nullable Value payload) implements Value {
    /**
     * Checks that the payload fits the type.
     *
     * @param type see the record
     * @param payload see the record
     */
    public OptionValue {
        check(type, payload, ValuePath.root());
    }

    /**
     * Returns a value of an option.
     *
     * @param type the type of the option
     * @param payload the value, or null for none
     * @param path the path to this value, for errors
     * @return the value
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

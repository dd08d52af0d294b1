package dev.airlock.type;

import java.util.List;

/**
 * An optional value: {@code option<string>}.
 *
 * @param payload the type of the value
 */
public record OptionType(ValType payload) implements ValType {
    /**
     * Checks the depth and size.
     *
     * @param payload see the record
     */
    public OptionType {
        TypeBounds.check("option", List.of(payload));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitOption(this);
    }

    @Override
    public List<ValType> parts() {
        return List.of(payload);
    }

    @Override
    public String toString() {
        return "option<" + payload + ">";
    }
}

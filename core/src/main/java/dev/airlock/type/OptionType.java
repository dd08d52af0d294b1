package dev.airlock.type;

import java.util.List;

/**
 * A value or none: {@code option<string>}.
 *
 * @param payload what the value is, if there is one
 */
public record OptionType(ValType payload) implements ValType {
    public OptionType {
        Extent.check("option", List.of(payload));
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

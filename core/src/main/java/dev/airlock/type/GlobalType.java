package dev.airlock.type;

/**
 * The type of a global (core specification, section 2.3.10).
 *
 * @param value the type of its value
 * @param mutable whether it can be set
 */
public record GlobalType(CoreValType value, boolean mutable) implements ExternType {
    @Override
    public String kind() {
        return "global";
    }

    @Override
    public String toString() {
        return "global " + (mutable ? "mut " : "") + value;
    }
}

package dev.airlock.type;

/**
 * The type of an exception tag (core specification 3.0, section 2.3.7).
 *
 * @param func the types of the values that an exception of this tag carries
 */
public record TagType(CoreFuncType func) implements ExternType {
    @Override
    public String kind() {
        return "tag";
    }

    @Override
    public String toString() {
        return "tag " + func;
    }
}

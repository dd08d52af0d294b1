package dev.airlock.type;

/**
 * A value of an enum.
 *
 * @param index which case, counted from 0
 */
public record EnumValue(EnumType type, int index) implements Value {
    public EnumValue {
        Fit.range(type, type.cases().size(), "case", index, ValuePath.root());
    }

    /**
     * A value of an enum.
     *
     * @param caseName the case, by its name
     * @param path for errors, the way to this value
     */
    public static EnumValue of(EnumType type, String caseName, ValuePath path) {
        return new EnumValue(type, Fit.index(type, type.cases(), "case", caseName, path));
    }

    /** The name of the case. */
    public String caseName() {
        return type.cases().get(index);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitEnum(this);
    }
}

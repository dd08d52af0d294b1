package dev.airlock.type;

/**
 * A value of an enum.
 *
 * @param type the type of the value
 * @param index the index of the case, from 0
 */
public record EnumValue(EnumType type, int index) implements Value {
    /**
     * Checks that the type has the case.
     *
     * @param type see the record
     * @param index see the record
     */
    public EnumValue {
        Fit.range(type, type.cases().size(), "case", index, ValuePath.root());
    }

    /**
     * Returns the value with a case.
     *
     * @param type the type of the value
     * @param caseName the name of the case
     * @param path the path to this value, for errors
     * @return the value
     */
    public static EnumValue of(EnumType type, String caseName, ValuePath path) {
        return new EnumValue(type, Fit.index(type, type.cases(), "case", caseName, path));
    }

    /** {@return the name of the case} */
    public String caseName() {
        return type.cases().get(index);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitEnum(this);
    }
}

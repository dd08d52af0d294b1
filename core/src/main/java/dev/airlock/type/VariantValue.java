package dev.airlock.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a variant.
 *
 * @param type the type of the variant
 * @param index the index of the case, from 0
 * @param payload the value of the case, or null if it has none
 */
public record VariantValue(
        VariantType type, int index, @Nullable Value payload) implements Value {
    /**
     * Checks that the case and its payload fit the type.
     *
     * @param type see the record
     * @param index see the record
     * @param payload see the record
     */
    public VariantValue {
        check(type, index, payload, ValuePath.root());
    }

    /**
     * Returns a value of a variant.
     *
     * @param type the type of the variant
     * @param caseName the name of the case
     * @param payload the value of the case, or null if it has none
     * @param path the path to this value, for errors
     * @return the value
     */
    public static VariantValue of(VariantType type, String caseName, @Nullable Value payload, ValuePath path) {
        List<String> names = type.cases().stream().map(VariantType.Case::name).toList();
        int index = Fit.index(type, names, "case", caseName, path);
        check(type, index, payload, path);
        return new VariantValue(type, index, payload);
    }

    private static void check(VariantType type, int index, @Nullable Value payload, ValuePath path) {
        Fit.range(type, type.cases().size(), "case", index, path);
        VariantType.Case which = type.cases().get(index);
        Fit.check("the case \"" + which.name() + "\"", which.payload(), payload, path.payload(which.name()));
    }

    /** {@return the name of the case} */
    public String caseName() {
        return type.cases().get(index).name();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitVariant(this);
    }
}

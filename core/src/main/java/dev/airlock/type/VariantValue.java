package dev.airlock.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a variant.
 *
 * @param index which case, counted from 0
 * @param payload what the case carries, or null where it carries nothing
 */
public record VariantValue(
        VariantType type, int index, @Nullable Value payload) implements Value {
    public VariantValue {
        check(type, index, payload, ValuePath.root());
    }

    /**
     * A value of a variant.
     *
     * @param caseName the case, by its name
     * @param path for errors, the way to this value
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

    /** The name of the case. */
    public String caseName() {
        return type.cases().get(index).name();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitVariant(this);
    }
}

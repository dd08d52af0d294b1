package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A variant, a choice among cases with or without a value: {@code variant shape { circle(f64), point }}.
 *
 * @param name see {@link NamedType}
 * @param cases at least one, in order
 */
public record VariantType(@Nullable String name, List<Case> cases) implements NamedType {
    /**
     * A case of a variant.
     *
     * @param name a label; no two cases may differ only in case
     * @param payload the type of the case's value, or null if it has none
     */
    public record Case(String name, @Nullable ValType payload) {}

    /**
     * Checks the labels.
     *
     * @param name see the record
     * @param cases see the record
     * @throws SignatureException if there is no case, or a label is not one
     */
    public VariantType {
        cases = List.copyOf(cases);
        Labels.check("variant", name);
        if (cases.isEmpty()) {
            throw new SignatureException("a variant has at least one case");
        }
        Labels.check("case", cases.stream().map(Case::name).toList());
        TypeBounds.check("variant", payloads(cases));
    }

    private static List<ValType> payloads(List<Case> cases) {
        return cases.stream().map(Case::payload).filter(Objects::nonNull).toList();
    }

    /**
     * Returns the index of a case.
     *
     * @param caseName the name of the case
     * @return from 0, or -1 if there is no such case
     */
    public int indexOf(String caseName) {
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).name().equals(caseName)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitVariant(this);
    }

    /** {@return the payloads of the cases that have one} */
    @Override
    public List<ValType> parts() {
        return payloads(cases);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof VariantType that && cases.equals(that.cases));
    }

    @Override
    public int hashCode() {
        return cases.hashCode();
    }

    @Override
    public String toString() {
        return name != null
                ? name
                : cases.stream()
                        .map(c -> c.payload() == null ? c.name() : c.name() + "(" + c.payload() + ")")
                        .collect(Collectors.joining(", ", "variant {", "}"));
    }
}

package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An enum, a choice among names: {@code enum color { red, green }}.
 *
 * @param name see {@link NamedType}
 * @param cases at least one label, in order; no two may differ only in case
 */
public record EnumType(@Nullable String name, List<String> cases) implements NamedType {
    /**
     * Checks the labels.
     *
     * @param name see the record
     * @param cases see the record
     * @throws SignatureException if there is no case, or a label is not one
     */
    public EnumType {
        cases = List.copyOf(cases);
        Labels.check("enum", name);
        if (cases.isEmpty()) {
            throw new SignatureException("an enum has at least one case");
        }
        Labels.check("case", cases);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitEnum(this);
    }

    @Override
    public List<ValType> parts() {
        return List.of();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof EnumType that && cases.equals(that.cases));
    }

    @Override
    public int hashCode() {
        return 31 * cases.hashCode() + 1;
    }

    @Override
    public String toString() {
        return name != null ? name : "enum {" + String.join(", ", cases) + "}";
    }
}

package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code list<T>}, or {@code list<T, 4>} for one of fixed length, which is gated in the component model.
 *
 * @param element what its elements are
 * @param fixedLength how many elements every value has, above 0, or null where each value has a length of its own
 */
public record ListType(ValType element, @Nullable Integer fixedLength) implements ValType {
    public ListType {
        if (fixedLength != null && fixedLength <= 0) {
            throw new SignatureException("a list's fixed length is 1 or more, not " + fixedLength);
        }
        Extent.check("list", List.of(element));
    }

    /** A list of any length. */
    public ListType(ValType element) {
        this(element, null);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitList(this);
    }

    @Override
    public List<ValType> parts() {
        return List.of(element);
    }

    @Override
    public String toString() {
        return "list<" + element + (fixedLength == null ? "" : ", " + fixedLength) + ">";
    }
}

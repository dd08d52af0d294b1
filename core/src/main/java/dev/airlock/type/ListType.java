package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list: {@code list<T>}, or {@code list<T, 4>} for one of fixed length, which is gated in the component model.
 *
 * @param element the type of the elements
 * @param fixedLength the length of every value, above 0, or null if each value has its own length
 */
public record ListType(ValType element, @Nullable Integer fixedLength) implements ValType {
    /**
     * Checks the fixed length.
     *
     * @param element see the record
     * @param fixedLength see the record
     * @throws SignatureException if the fixed length is below 1
     */
    public ListType {
        if (fixedLength != null && fixedLength <= 0) {
            throw new SignatureException("a list's fixed length is 1 or more, not " + fixedLength);
        }
        TypeBounds.check("list", List.of(element));
    }

    /**
     * Creates the type of lists of any length.
     *
     * @param element the type of the elements
     */
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

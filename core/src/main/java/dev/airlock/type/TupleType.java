package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A tuple, a sequence of values without names: {@code tuple<string, u32>}.
 *
 * @param elements at least one, in order
 */
public record TupleType(List<ValType> elements) implements ValType {
    /**
     * Checks the number of elements.
     *
     * @param elements see the record
     * @throws SignatureException if there is no element
     */
    public TupleType {
        elements = List.copyOf(elements);
        if (elements.isEmpty()) {
            throw new SignatureException("a tuple has at least one element");
        }
        TypeBounds.check("tuple", elements);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitTuple(this);
    }

    @Override
    public List<ValType> parts() {
        return elements;
    }

    @Override
    public String toString() {
        return elements.stream().map(ValType::toString).collect(Collectors.joining(", ", "tuple<", ">"));
    }
}

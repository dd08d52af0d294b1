package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Values side by side, each known by its place: {@code tuple<string, u32>}.
 *
 * @param elements in order, at least one
 */
public record TupleType(List<ValType> elements) implements ValType {
    public TupleType {
        elements = List.copyOf(elements);
        if (elements.isEmpty()) {
            throw new SignatureException("a tuple has at least one element");
        }
        Extent.check("tuple", elements);
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

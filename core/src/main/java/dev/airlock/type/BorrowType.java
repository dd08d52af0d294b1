package dev.airlock.type;

import java.util.List;

/**
 * A handle that is lent until the call ends: {@code borrow<blob>}.
 *
 * @param resource the type of the resource
 */
public record BorrowType(ResourceType resource) implements ValType {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitBorrow(this);
    }

    @Override
    public List<ValType> parts() {
        return List.of();
    }

    @Override
    public String toString() {
        return "borrow<" + resource.name() + ">";
    }
}

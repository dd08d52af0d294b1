package dev.airlock.type;

import java.util.List;

/**
 * A handle that passes ownership: the receiver has to drop it. In WIT it is only the resource's name.
 *
 * @param resource the type of the resource
 */
public record OwnType(ResourceType resource) implements ValType {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitOwn(this);
    }

    @Override
    public List<ValType> parts() {
        return List.of();
    }

    @Override
    public String toString() {
        return resource.name();
    }
}

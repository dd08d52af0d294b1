package dev.airlock.type;

import java.util.List;

/**
 * A handle that passes ownership: who gets it has to drop it. WIT writes the resource's name alone.
 *
 * @param resource what it is a handle of
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

package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;

/**
 * A map: {@code map<string, u32>}. It is passed as a list of pairs; if several pairs have the same key, the last one
 * counts. Gated in the component model.
 *
 * @param key a primitive type, except floats and error contexts
 * @param value the type of the values
 */
public record MapType(PrimitiveType key, ValType value) implements ValType {
    /**
     * Checks the key.
     *
     * @param key see the record
     * @param value see the record
     * @throws SignatureException if the key's type is not allowed
     */
    public MapType {
        if (!key.isKey()) {
            throw new SignatureException("a map's key is a bool, an integer, a char or a string, not " + key);
        }
        TypeBounds.check("map", List.of(key, value));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitMap(this);
    }

    @Override
    public List<ValType> parts() {
        return List.of(key, value);
    }

    @Override
    public String toString() {
        return "map<" + key + ", " + value + ">";
    }
}

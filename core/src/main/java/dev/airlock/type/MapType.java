package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;

/**
 * {@code map<string, u32>}: crosses as a list of pairs in which the last pair of a key counts. Gated in the component
 * model.
 *
 * @param key a primitive, though no float and no error context
 * @param value what is found under a key
 */
public record MapType(PrimitiveType key, ValType value) implements ValType {
    public MapType {
        if (!key.isKey()) {
            throw new SignatureException("a map's key is a bool, an integer, a char or a string, not " + key);
        }
        Extent.check("map", List.of(key, value));
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

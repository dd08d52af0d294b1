package dev.airlock.type;

import java.util.List;
import java.util.Optional;

/**
 * A value of a map: its pairs as they come. A guest may send several pairs with the same key; the last one counts.
 *
 * @param type the type of the map
 * @param pairs in order; two maps are equal if they have equal pairs in the same order
 */
public record MapValue(MapType type, List<Pair> pairs) implements Value {
    /**
     * A key and its value.
     *
     * @param key the key
     * @param value the value
     */
    public record Pair(Value key, Value value) {}

    /**
     * Checks that the pairs fit the type.
     *
     * @param type see the record
     * @param pairs see the record
     */
    public MapValue {
        pairs = List.copyOf(pairs);
        check(type, pairs, ValuePath.root());
    }

    /**
     * Returns a map.
     *
     * @param type the type of the map
     * @param pairs in order
     * @param path the path to this value, for errors
     * @return the map
     */
    public static MapValue of(MapType type, List<Pair> pairs, ValuePath path) {
        check(type, pairs, path);
        return new MapValue(type, pairs);
    }

    private static void check(MapType type, List<Pair> pairs, ValuePath path) {
        for (int i = 0; i < pairs.size(); i++) {
            Fit.check(type.key(), pairs.get(i).key(), path.index(i).key());
            Fit.check(type.value(), pairs.get(i).value(), path.index(i).value());
        }
    }

    /**
     * Returns the value of a key: that of the last pair with this key.
     *
     * @param key a value of the key's type
     * @return empty if there is no such pair
     */
    public Optional<Value> get(Value key) {
        Optional<Value> found = Optional.empty();
        for (Pair pair : pairs) {
            if (pair.key().equals(key)) {
                found = Optional.of(pair.value());
            }
        }
        return found;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitMap(this);
    }
}

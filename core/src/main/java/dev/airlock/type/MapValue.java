package dev.airlock.type;

import java.util.List;
import java.util.Optional;

/**
 * A value of a map: its pairs, as they come. Nothing keeps a guest from sending two of one key; the last one counts.
 *
 * @param pairs in order; two maps are equal when their pairs are, order and all
 */
public record MapValue(MapType type, List<Pair> pairs) implements Value {
    /** A key and what is found under it. */
    public record Pair(Value key, Value value) {}

    public MapValue {
        pairs = List.copyOf(pairs);
        check(type, pairs, ValuePath.root());
    }

    /**
     * A value of a map.
     *
     * @param path for errors, the way to this value
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

    /** What is found under a key: the value of the last pair with it. */
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

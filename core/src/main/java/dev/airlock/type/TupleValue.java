package dev.airlock.type;

import java.util.List;

/**
 * A value of a tuple.
 *
 * @param type the type of the tuple
 * @param elements in the order of the type's elements
 */
public record TupleValue(TupleType type, List<Value> elements) implements Value {
    /**
     * Checks that the elements fit the type.
     *
     * @param type see the record
     * @param elements see the record
     */
    public TupleValue {
        elements = List.copyOf(elements);
        check(type, elements, ValuePath.root());
    }

    /**
     * Returns a value of a tuple.
     *
     * @param type the type of the tuple
     * @param elements in the order of the type's elements
     * @param path the path to this value, for errors
     * @return the value
     */
    public static TupleValue of(TupleType type, List<? extends Value> elements, ValuePath path) {
        check(type, elements, path);
        return new TupleValue(type, List.copyOf(elements));
    }

    private static void check(TupleType type, List<? extends Value> elements, ValuePath path) {
        Fit.count(type, type.elements().size(), "element", elements.size(), path);
        for (int i = 0; i < elements.size(); i++) {
            Fit.check(type.elements().get(i), elements.get(i), path.element(i));
        }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitTuple(this);
    }
}

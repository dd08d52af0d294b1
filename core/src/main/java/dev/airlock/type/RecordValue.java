package dev.airlock.type;

import java.util.List;

/**
 * A value of a record.
 *
 * @param fields in the order of the type's fields
 */
public record RecordValue(RecordType type, List<Value> fields) implements Value {
    public RecordValue {
        fields = List.copyOf(fields);
        check(type, fields, ValuePath.root());
    }

    /**
     * A value of a record.
     *
     * @param path for errors, the way to this value
     */
    public static RecordValue of(RecordType type, List<? extends Value> fields, ValuePath path) {
        check(type, fields, path);
        return new RecordValue(type, List.copyOf(fields));
    }

    private static void check(RecordType type, List<? extends Value> fields, ValuePath path) {
        Fit.count(type, type.fields().size(), "field", fields.size(), path);
        for (int i = 0; i < fields.size(); i++) {
            RecordType.Field field = type.fields().get(i);
            Fit.check(field.type(), fields.get(i), path.field(field.name()));
        }
    }

    /** The value of a field by its name; it is an error to ask for one that there is not. */
    public Value get(String field) {
        List<String> names = type.fields().stream().map(RecordType.Field::name).toList();
        return fields.get(Fit.index(type, names, "field", field, ValuePath.root()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitRecord(this);
    }
}

package dev.airlock.type;

import java.util.List;

/**
 * A value of a record.
 *
 * @param type the type of the record
 * @param fields in the order of the type's fields
 */
public record RecordValue(RecordType type, List<Value> fields) implements Value {
    /**
     * Checks that the fields fit the type.
     *
     * @param type see the record
     * @param fields see the record
     */
    public RecordValue {
        fields = List.copyOf(fields);
        check(type, fields, ValuePath.root());
    }

    /**
     * Returns a value of a record.
     *
     * @param type the type of the record
     * @param fields in the order of the type's fields
     * @param path the path to this value, for errors
     * @return the value
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

    /**
     * Returns the value of a field.
     *
     * @param field the name of a field that exists
     * @return the value
     * @throws dev.airlock.error.ValueException if there is no such field
     */
    public Value get(String field) {
        List<String> names = type.fields().stream().map(RecordType.Field::name).toList();
        return fields.get(Fit.index(type, names, "field", field, ValuePath.root()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitRecord(this);
    }
}

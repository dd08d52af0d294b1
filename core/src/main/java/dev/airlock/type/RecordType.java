package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A record, a sequence of named values: {@code record point { x: s32, y: s32 }}.
 *
 * @param name see {@link NamedType}
 * @param fields at least one, in order
 */
public record RecordType(@Nullable String name, List<Field> fields) implements NamedType {
    /**
     * A field of a record.
     *
     * @param name a label; no two fields may differ only in case
     * @param type the type of the field
     */
    public record Field(String name, ValType type) {}

    /**
     * Checks the labels.
     *
     * @param name see the record
     * @param fields see the record
     * @throws SignatureException if there is no field, or a label is not one
     */
    public RecordType {
        fields = List.copyOf(fields);
        Labels.check("record", name);
        if (fields.isEmpty()) {
            throw new SignatureException("a record has at least one field");
        }
        Labels.check("field", fields.stream().map(Field::name).toList());
        TypeBounds.check("record", fields.stream().map(Field::type).toList());
    }

    /**
     * Returns the index of a field.
     *
     * @param field the name of the field
     * @return from 0, or -1 if there is no such field
     */
    public int indexOf(String field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(field)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitRecord(this);
    }

    @Override
    public List<ValType> parts() {
        return fields.stream().map(Field::type).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof RecordType that && fields.equals(that.fields));
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return name != null
                ? name
                : fields.stream()
                        .map(f -> f.name() + ": " + f.type())
                        .collect(Collectors.joining(", ", "record {", "}"));
    }
}

package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import dev.airlock.type.ValType;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.List;

/**
 * A Java record, for a record of WIT or a tuple.
 *
 * @param type a {@link dev.airlock.type.RecordType} or a {@link dev.airlock.type.TupleType}
 * @param components in the order of the type's fields or elements, which may not be Java's
 */
public record RecordShape(ValType type, Type javaType, List<Component> components) implements JavaShape {
    /**
     * A component of the record.
     *
     * @param javaName as Java has it
     * @param javaIndex its place in the record's declaration, from 0
     */
    public record Component(String javaName, int javaIndex, JavaShape shape) {}

    public RecordShape {
        components = List.copyOf(components);
    }

    /**
     * What reads the components: one handle each, in the order of {@link #components()}, from the record to the value.
     *
     * @throws SignatureException if the record cannot be reached from here
     */
    public List<MethodHandle> accessors() {
        return components.stream()
                .map(component -> RecordHandles.accessor(rawType(), component.javaIndex()))
                .toList();
    }

    /**
     * What makes the record: its canonical constructor, which takes the values in the order of {@link #components()}.
     *
     * @throws SignatureException if the record cannot be reached from here
     */
    public MethodHandle constructor() {
        return RecordHandles.constructor(
                rawType(), components.stream().mapToInt(Component::javaIndex).toArray());
    }

    @Override
    public int hashCode() {
        return javaType.hashCode();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitRecord(this);
    }
}

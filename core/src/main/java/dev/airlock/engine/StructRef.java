package dev.airlock.engine;

import dev.airlock.engine.gc.StructClasses;
import dev.airlock.engine.gc.StructObject;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.engine.validate.DefinedTypes;
import dev.airlock.error.SignatureException;
import dev.airlock.type.ConcreteType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a struct (core specification, section 4.2.14). The struct is an object of the JVM's heap and lives as long as it
 * can be reached; it may outlive the instance that made it. One thread at a time may use it, as all of an instance.
 */
public final class StructRef extends Ref {
    private final StructObject struct;

    StructRef(StructObject struct) {
        this.struct = struct;
    }

    /**
     * Returns a type of structs that is final and has no supertype, as {@code (type (struct …))} defines it in a module. It is the
     * same type as any that a module defines with these fields alone.
     *
     * @param fields the fields
     * @return the type
     */
    public static ConcreteType typeOf(List<dev.airlock.type.FieldType> fields) {
        return new GuestType(
                DefinedTypes.struct(fields.stream().map(ApiTypes::field).toArray(FieldType[]::new)));
    }

    /**
     * Makes a struct.
     *
     * @param owner the instance whose limits it counts for
     * @param type its type
     * @param values a value for each field: see {@link Func#invoke}
     * @return the reference
     * @throws SignatureException if the type is none of structs, or the values do not fit
     * @throws dev.airlock.error.LimitException if the instance keeps too much
     */
    public static StructRef of(Instance owner, ConcreteType type, @Nullable Object... values) {
        GuestType guest = GuestType.of(type, ConcreteType.Kind.STRUCT);
        FieldType[] fields = guest.defined().first();
        if (values.length != fields.length) {
            throw new SignatureException(
                    "the struct has " + fields.length + " fields, not " + values.length + ": " + type);
        }
        var made = new StructRef(StructClasses.blank(
                guest.defined(), owner.compartment().allowance().collected()));
        for (int i = 0; i < values.length; i++) {
            made.put(i, values[i]);
        }
        return made;
    }

    /** {@return its type} */
    @Override
    public ConcreteType heapType() {
        return new GuestType(struct.type);
    }

    /**
     * Returns a field.
     *
     * @param index the field, from 0
     * @return its value, as {@link Func#invoke} returns it; a packed integer with its sign
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public @Nullable Object get(int index) {
        FieldType type = field(index);
        return BoxedValues.isReference(type)
                ? BoxedValues.toHost(struct.reference(index), type)
                : BoxedValues.box(type, struct.number(index), BoxedValues.isVector(type) ? struct.high(index) : 0);
    }

    /**
     * Sets a field.
     *
     * @param index the field, from 0
     * @param value its value, as {@link Func#invoke} takes it; of a packed integer, the lower bits count
     * @throws IndexOutOfBoundsException if there is no such field
     * @throws SignatureException if the field cannot be set, or has another type
     */
    public void set(int index, @Nullable Object value) {
        if (!field(index).mutable()) {
            throw new SignatureException("field " + index + " cannot be set: it is not mutable: " + heapType());
        }
        put(index, value);
    }

    private void put(int index, @Nullable Object value) {
        FieldType type = field(index);
        if (BoxedValues.isReference(type)) {
            struct.setReference(index, BoxedValues.toGuest(value, type, place(index)));
            return;
        }
        struct.setNumber(index, BoxedValues.low(value, type, place(index)));
        if (BoxedValues.isVector(type)) {
            struct.setHigh(index, BoxedValues.high(value));
        }
    }

    private static String place(int index) {
        return "field " + index + " of a struct";
    }

    /** {@return how many fields it has} */
    public int size() {
        return struct.type.first().length;
    }

    private FieldType field(int index) {
        return struct.type.first()[Objects.checkIndex(index, size())];
    }

    @Override
    Object raw() {
        return struct;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StructRef reference && reference.struct == struct;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(struct);
    }

    /** Returns the type in the text format. */
    @Override
    public String toString() {
        return heapType().text();
    }
}

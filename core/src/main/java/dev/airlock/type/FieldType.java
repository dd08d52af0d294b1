package dev.airlock.type;

import java.util.Objects;

/**
 * The type of a field of a struct, or of the elements of an array (core specification, section 2.3.7).
 *
 * @param storage how it is stored
 * @param type the type of its value on the operand stack: i32 for packed storage
 * @param mutable whether it can be set
 */
public record FieldType(Storage storage, CoreValType type, boolean mutable) {
    /** How a field is stored. */
    public enum Storage {
        /** As its value. */
        VALUE,
        /** The lowest 8 bits of an i32. */
        I8,
        /** The lowest 16 bits of an i32. */
        I16
    }

    /**
     * Checks the parts.
     *
     * @param storage how it is stored
     * @param type the type of its value on the operand stack: i32 for packed storage
     * @param mutable whether it can be set
     * @throws IllegalArgumentException if the storage is packed and the value is no i32
     */
    public FieldType {
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(type, "type");
        if (storage != Storage.VALUE && type != CoreValType.I32) {
            throw new IllegalArgumentException("packed storage is of an i32, not of " + type);
        }
    }

    /**
     * Returns the type of a field that is not packed.
     *
     * @param type the type of its value
     * @param mutable whether it can be set
     * @return the type
     */
    public static FieldType of(CoreValType type, boolean mutable) {
        return new FieldType(Storage.VALUE, type, mutable);
    }

    /** Returns the type in the text format, such as {@code (mut i8)}. */
    @Override
    public String toString() {
        return text(storage == Storage.VALUE ? type.text() : storage == Storage.I8 ? "i8" : "i16");
    }

    String text(String stored) {
        return mutable ? "(mut " + stored + ")" : stored;
    }
}

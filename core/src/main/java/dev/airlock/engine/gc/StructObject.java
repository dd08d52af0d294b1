package dev.airlock.engine.gc;

import dev.airlock.engine.validate.DefinedType;
import org.jspecify.annotations.Nullable;

/**
 * A struct (core specification, section 4.2.13). Its fields are fields of a subclass that {@link StructClasses} generates; this
 * class itself serves structs without fields. The methods here are for hosts; guests access the fields directly.
 */
public class StructObject extends CollectedObject {
    public StructObject(DefinedType type) {
        super(type);
    }

    /** Returns a field that is a number, as raw bits; of a packed field, sign-extended; of a vector, the low half. */
    public final long number(int field) {
        return StructLayout.of(getClass()).number(this, field);
    }

    /** Returns the high half of a field that is a vector. */
    public final long high(int field) {
        return StructLayout.of(getClass()).high(this, field);
    }

    /** Sets a field that is a number; of a vector, the low half. */
    public final void setNumber(int field, long bits) {
        StructLayout.of(getClass()).setNumber(this, field, bits);
    }

    public final void setHigh(int field, long bits) {
        StructLayout.of(getClass()).setHigh(this, field, bits);
    }

    /** Returns a field that is a reference. */
    public final @Nullable Object reference(int field) {
        return StructLayout.of(getClass()).reference(this, field);
    }

    public final void setReference(int field, @Nullable Object value) {
        StructLayout.of(getClass()).setReference(this, field, value);
    }
}

package dev.airlock.type;

import java.util.List;

/**
 * A type that is not made of other types. Strings and error contexts are among them, though they do not fit a core
 * value.
 */
public enum PrimitiveType implements ValType {
    /** {@code true} or {@code false}. */
    BOOL("bool"),
    /** Signed integers of 8 bits. */
    S8("s8"),
    /** Unsigned integers of 8 bits. */
    U8("u8"),
    /** Signed integers of 16 bits. */
    S16("s16"),
    /** Unsigned integers of 16 bits. */
    U16("u16"),
    /** Signed integers of 32 bits. */
    S32("s32"),
    /** Unsigned integers of 32 bits. */
    U32("u32"),
    /** Signed integers of 64 bits. */
    S64("s64"),
    /** Unsigned integers of 64 bits. */
    U64("u64"),
    /** Floating-point numbers of 32 bits. */
    F32("f32"),
    /** Floating-point numbers of 64 bits. */
    F64("f64"),
    /** Unicode scalar values: all code points except surrogates. */
    CHAR("char"),
    /** Sequences of Unicode scalar values. */
    STRING("string"),
    /** Descriptions of a failure by the host, for debugging. Gated in the component model. */
    ERROR_CONTEXT("error-context");

    private final String text;

    PrimitiveType(String text) {
        this.text = text;
    }

    /** {@return the keyword in WIT} */
    public String text() {
        return text;
    }

    /** {@return whether a map may have keys of this type: all types except floats and error contexts} */
    public boolean isKey() {
        return this != F32 && this != F64 && this != ERROR_CONTEXT;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitPrimitive(this);
    }

    @Override
    public List<ValType> parts() {
        return List.of();
    }

    @Override
    public String toString() {
        return text;
    }
}

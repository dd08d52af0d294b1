package dev.airlock.type;

import java.util.List;

/**
 * A type that is not made of others. Strings and error contexts count as such, though they do not fit a core value.
 */
public enum PrimitiveType implements ValType {
    BOOL("bool"),
    S8("s8"),
    U8("u8"),
    S16("s16"),
    U16("u16"),
    S32("s32"),
    U32("u32"),
    S64("s64"),
    U64("u64"),
    F32("f32"),
    F64("f64"),
    /** A Unicode scalar value: any code point that is not a surrogate. */
    CHAR("char"),
    /** A list of Unicode scalar values. */
    STRING("string"),
    /** What a host tells of a failure, for debugging. Gated in the component model. */
    ERROR_CONTEXT("error-context");

    private final String text;

    PrimitiveType(String text) {
        this.text = text;
    }

    /** The keyword in WIT. */
    public String text() {
        return text;
    }

    /** Whether a map may have keys of this type: all may but floats and error contexts. */
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

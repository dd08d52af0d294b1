package dev.airlock.shape;

import dev.airlock.type.CoreValType;

/** A value that crosses as one core number (component model, Canonical ABI, "Flattening"). */
public enum ScalarForm {
    BOOL(CoreValType.I32, boolean.class),
    S8(CoreValType.I32, byte.class),
    /** 0 to 255. A Java {@code byte} carries it as bits. */
    U8(CoreValType.I32, int.class),
    S16(CoreValType.I32, short.class),
    /** 0 to 65,535. A Java {@code short} carries it as bits. */
    U16(CoreValType.I32, int.class),
    S32(CoreValType.I32, int.class),
    /** A Java {@code int} carries it as bits. */
    U32(CoreValType.I32, int.class),
    S64(CoreValType.I64, long.class),
    /** A Java {@code long} carries it as bits. */
    U64(CoreValType.I64, long.class),
    F32(CoreValType.F32, float.class),
    F64(CoreValType.F64, double.class),
    /** A Unicode scalar value: a code point that is no surrogate. */
    CHAR(CoreValType.I32, int.class),
    /** The number of a case, from 0, in the order of an enum's constants. */
    ENUM(CoreValType.I32, Enum.class);

    private final CoreValType core;
    private final Class<?> javaType;

    ScalarForm(CoreValType core, Class<?> javaType) {
        this.core = core;
        this.javaType = javaType;
    }

    /** The core type that carries it. */
    public CoreValType core() {
        return core;
    }

    /** The Java type that carries it unless another is said to. */
    public Class<?> javaType() {
        return javaType;
    }
}

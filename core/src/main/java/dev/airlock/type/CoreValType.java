package dev.airlock.type;

/**
 * A value type of core WebAssembly (core specification, section 2.3.1 to 2.3.4).
 *
 * <p>Reference types with a heap type other than {@code func} and {@code extern} are {@link #OTHER_REF}: Airlock runs
 * modules that use them internally, but does not pass such values to the host.
 */
public enum CoreValType {
    /** Integers of 32 bits, signed or unsigned. */
    I32("i32", int.class),
    /** Integers of 64 bits, signed or unsigned. */
    I64("i64", long.class),
    /** Floating-point numbers of 32 bits. */
    F32("f32", float.class),
    /** Floating-point numbers of 64 bits. */
    F64("f64", double.class),
    /** Vectors of 128 bits. They cannot be passed to the host. */
    V128("v128", void.class),
    /** References to functions. */
    FUNCREF("funcref", int.class),
    /** References to objects of the host. */
    EXTERNREF("externref", Object.class),
    /** References to exceptions. They cannot be passed to the host. */
    EXNREF("exnref", void.class),
    /** All other references. They cannot be passed to the host. */
    OTHER_REF("ref", void.class);

    private final String text;
    private final Class<?> carrier;

    CoreValType(String text, Class<?> carrier) {
        this.text = text;
        this.carrier = carrier;
    }

    /** {@return the name in the text format} */
    public String text() {
        return text;
    }

    /**
     * Returns the Java type that carries values of this type.
     *
     * @return {@code int} (i32), {@code long}, {@code float}, {@code double}, {@code Object} (externref), {@code int}
     *     for a funcref, as an index of the instance's functions, or {@code void} if values cannot be passed to the
     *     host
     */
    public Class<?> carrier() {
        return carrier;
    }

    /** {@return whether values of this type can be passed to and from Java} */
    public boolean crosses() {
        return carrier != void.class;
    }

    @Override
    public String toString() {
        return text;
    }
}

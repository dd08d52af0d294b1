package dev.airlock.type;

/**
 * A value type of core WebAssembly (core specification, section 2.3.1 to 2.3.4).
 *
 * <p>Reference types with a heap type other than {@code func} and {@code extern} are {@link #OTHER_REF}: Airlock passes
 * modules that use them inside, and does not carry such values to the host.
 */
public enum CoreValType {
    I32("i32", int.class),
    I64("i64", long.class),
    F32("f32", float.class),
    F64("f64", double.class),
    V128("v128", void.class),
    FUNCREF("funcref", int.class),
    EXTERNREF("externref", Object.class),
    EXNREF("exnref", void.class),
    OTHER_REF("ref", void.class);

    private final String text;
    private final Class<?> carrier;

    CoreValType(String text, Class<?> carrier) {
        this.text = text;
        this.carrier = carrier;
    }

    /** The name in the text format. */
    public String text() {
        return text;
    }

    /**
     * The Java type that carries such a value: {@code int} (i32), {@code long}, {@code float}, {@code double},
     * {@code Object} (externref), {@code int} for a funcref, as an index of the instance's functions, or {@code void}
     * where a value cannot cross to the host.
     */
    public Class<?> carrier() {
        return carrier;
    }

    /** Whether values of this type can be passed to and from Java. */
    public boolean crosses() {
        return carrier != void.class;
    }

    @Override
    public String toString() {
        return text;
    }
}

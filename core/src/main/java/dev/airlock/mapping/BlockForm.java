package dev.airlock.mapping;

import dev.airlock.type.ListType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.ValType;

/** A value that crosses as a block of bytes in linear memory, with a count of elements. */
public enum BlockForm {
    /** A string in UTF-8: elements are bytes. */
    UTF8(1, String.class),
    /** A string in UTF-16, little-endian: elements are code units. */
    UTF16(2, String.class),
    /** A list of bytes. */
    BYTES(1, byte[].class),
    /** A list of 16-bit numbers. */
    SHORTS(2, short[].class),
    /** A list of 32-bit numbers. */
    INTS(4, int[].class),
    /** A list of 64-bit numbers. */
    LONGS(8, long[].class),
    /** A list of {@code f32}. */
    FLOATS(4, float[].class),
    /** A list of {@code f64}. */
    DOUBLES(8, double[].class),
    /** Whatever a payload codec makes of a value: elements are bytes. */
    PAYLOAD(1, Object.class),
    /** The same where the format is text and the guest's strings are UTF-16: elements are code units. */
    PAYLOAD_UTF16(2, Object.class),
    /** Managed objects of AssemblyScript that refer to others: a list of strings, an instance of a class. */
    OBJECTS(4, Object.class);

    private final int width;
    private final Class<?> javaType;

    BlockForm(int width, Class<?> javaType) {
        this.width = width;
        this.javaType = javaType;
    }

    /**
     * What carries values of a WIT type that are no numbers.
     *
     * @param type the interface
     * @return what carries values of a WIT type that are no numbers
     */
    public static BlockForm of(ValType type) {
        if (type == PrimitiveType.STRING) {
            return UTF8;
        }
        if (!(type instanceof ListType list) || !(list.element() instanceof PrimitiveType element)) {
            return PAYLOAD;
        }
        return switch (element) {
            case S8, U8 -> BYTES;
            case S16, U16 -> SHORTS;
            case S32, U32 -> INTS;
            case S64, U64 -> LONGS;
            case F32 -> FLOATS;
            case F64 -> DOUBLES;
            case BOOL, CHAR, STRING, ERROR_CONTEXT -> PAYLOAD;
        };
    }

    /**
     * The size of an element, in bytes; also its alignment.
     *
     * @return the size of an element, in bytes
     */
    public int width() {
        return width;
    }

    /**
     * The Java type that has the elements.
     *
     * @return the Java type that has the elements
     */
    public Class<?> javaType() {
        return javaType;
    }
}

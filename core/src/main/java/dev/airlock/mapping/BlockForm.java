package dev.airlock.mapping;

import dev.airlock.type.ListType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.ValType;

/** The forms of values that are passed as a block of linear memory, with a count of elements. */
public enum BlockForm {
    /** A string in UTF-8. The elements are bytes. */
    UTF8(1, String.class),
    /** A string in UTF-16, little-endian. The elements are code units of two bytes. */
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
    /** The bytes that a {@link dev.airlock.payload.PayloadCodec} writes for a value. The elements are bytes. */
    PAYLOAD(1, Object.class),
    /** A payload in a text format, for a guest whose strings are UTF-16. The elements are code units of two bytes. */
    PAYLOAD_UTF16(2, Object.class),
    /** AssemblyScript objects that refer to other objects, such as a list of strings or an instance of a class. */
    OBJECTS(4, Object.class);

    private final int width;
    private final Class<?> javaType;

    BlockForm(int width, Class<?> javaType) {
        this.width = width;
        this.javaType = javaType;
    }

    /**
     * Returns the form of a value that is not a number.
     *
     * @param type the WIT type of the value
     * @return {@link #UTF8} for strings, the form of the array for lists of numbers, and {@link #PAYLOAD} for all other types
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
     * Returns the size of an element, which is also its alignment.
     *
     * @return the size in bytes
     */
    public int width() {
        return width;
    }

    /**
     * Returns the Java type that holds the elements.
     *
     * @return {@code String}, an array type, or {@code Object} for payloads and managed objects
     */
    public Class<?> javaType() {
        return javaType;
    }
}

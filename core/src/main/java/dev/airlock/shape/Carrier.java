package dev.airlock.shape;

import java.lang.reflect.Type;

/** What a Java value is while it crosses: a number, or a block of bytes. */
public sealed interface Carrier {
    /** The Java type of the parameter or result. */
    Class<?> javaType();

    /**
     * A number.
     *
     * @param form what it means
     * @param javaType what Java has for it, such as {@code byte} for a U8 that is taken as bits
     */
    record Scalar(ScalarForm form, Class<?> javaType) implements Carrier {}

    /**
     * A block.
     *
     * @param form what its bytes are; for a string the placement chooses between UTF-8 and UTF-16
     * @param javaType what Java has for it
     * @param type the same for a codec: its shape
     */
    record Block(BlockForm form, Class<?> javaType, Type type) implements Carrier {}
}

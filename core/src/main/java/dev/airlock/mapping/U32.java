package dev.airlock.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Maps a number to WIT's {@code u32}. Use it on {@code int} or on the elements of {@code int[]}, which carry the bits: read
 * them with the unsigned methods of {@link Integer}, such as {@link Integer#toUnsignedString(int)}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface U32 {}

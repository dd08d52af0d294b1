package dev.airlock.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Maps a number to WIT's {@code u64}. Use it on {@code long} or on the elements of {@code long[]}, which carry the bits:
 * read them with the unsigned methods of {@link Long}, such as {@link Long#toUnsignedString(long)}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface U64 {}

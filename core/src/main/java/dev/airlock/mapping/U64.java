package dev.airlock.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The number is WIT's {@code u64}. Goes with {@code long} and {@code long[]}, which carry the bits: see {@link Long#toUnsignedString(long)} and its
 * kin.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface U64 {}

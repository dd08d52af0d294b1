package dev.airlock.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The number is WIT's {@code u16}: 0 to 65,535. Goes with {@code int}, which is range-checked, with {@code short}, which carries the bits, and with
 * {@code short[]}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface U16 {}

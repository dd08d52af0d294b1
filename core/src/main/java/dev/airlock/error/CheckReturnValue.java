package dev.airlock.error;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of an immutable type that to ignore what one of its methods returns is a mistake: {@code guest.limits(limits);} alone
 * changes nothing. Error Prone and some IDEs know annotations of this simple name, whatever their package, and warn.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CheckReturnValue {}

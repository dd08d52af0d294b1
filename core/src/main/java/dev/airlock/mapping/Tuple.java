package dev.airlock.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Maps a record to WIT's {@code tuple}. Its components match by their order; their names exist only in Java.
 *
 * <pre>{@code
 * @Tuple
 * record Span(int start, int end) {}    // tuple<s32, s32>
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Tuple {}

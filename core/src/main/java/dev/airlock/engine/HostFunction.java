package dev.airlock.engine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an object given to {@link Linker#functions(String, Object)} as a host function.
 *
 * <p>Its parameters and result are the types that {@link Linker#function(String, String, Class, Object)} names; the result may be
 * {@code void}, or {@code long[]} for several results of types given in {@link #results()}: if vectors or references are among
 * them, {@code Object[]}. A first parameter of type {@link Caller} is not the guest's: it is the way to the guest.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface HostFunction {
    /**
     * Returns the import's name; left out, it is the method's.
     *
     * @return the import's name
     */
    String value() default "";

    /**
     * Returns the Java types that stand for several results, as in {@code {int.class, double.class}}. The method returns their
     * raw bits in a {@code long[]}, or objects in an {@code Object[]}.
     *
     * @return the types of several results
     */
    Class<?>[] results() default {};
}

package dev.airlock.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the guest's name for a method, if it is not the Java name as written, in snake case or in kebab case.
 *
 * <pre>{@code
 * @GuestName("sum_v2")
 * int sum(int[] numbers);
 * }</pre>
 *
 * <p>On an interface, or on a method that returns one, it names the WIT interface of a component that the Java interface
 * stands for: the full name as the component exports it, or only its last part.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface GuestName {
    /**
     * Returns the name as the guest exports or imports it, without the prefix that its convention puts before all names.
     *
     * @return the name
     */
    String value();
}

package dev.airlock.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name that the guest has for a method, where it is not the Java name as written, in snake case or in kebab case.
 *
 * <p>On an interface, or on a method that gives one: the WIT interface of a component that it stands for, as the component
 * exports it or by its last part alone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface GuestName {
    /**
     * As the guest exports or imports it, without a prefix that its convention puts before all names.
     *
     * @return the name
     */
    String value();
}

package dev.airlock.component;

import java.lang.invoke.MethodHandle;

/**
 * How Java sees a component's resource as an interface of its own.
 *
 * @param instance that the resource is of
 * @param constructor {@code (Object target) -> Object}
 * @param crossings the ways in, by the numbers that the generated code has for them
 */
record ResourceView(ComponentInstance instance, MethodHandle constructor, Crossing[] crossings) {
    Object show(GuestResource resource) {
        return BoundTarget.make(constructor, new BoundTarget(instance, crossings, new Object[0], resource));
    }
}

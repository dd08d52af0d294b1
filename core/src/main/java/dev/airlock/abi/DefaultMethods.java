package dev.airlock.abi;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Runs the default methods of interfaces behind proxies, private interfaces included. */
public final class DefaultMethods {
    private DefaultMethods() {}

    /** Calls a default method on a proxy that implements its interface. */
    public static @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
            throws Throwable {
        Class<?> declaring = method.getDeclaringClass();
        if (Modifier.isPublic(declaring.getModifiers())
                && declaring.getModule().isExported(declaring.getPackageName(), DefaultMethods.class.getModule())) {
            return InvocationHandler.invokeDefault(proxy, method, args);
        }
        return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
                .unreflectSpecial(method, declaring)
                .bindTo(proxy)
                .invokeWithArguments(args == null ? new Object[0] : args);
    }
}

package dev.airlock.shape;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has to be known of the methods of an interface to implement it. */
public final class InterfaceMethods {
    private InterfaceMethods() {}

    /** The methods that an implementation has to bring: the abstract ones, but for those that every object has. */
    public static List<Method> toImplement(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(m -> Modifier.isAbstract(m.getModifiers()) && !isOfObject(m))
                .toList();
    }

    private static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getMethods())
                .anyMatch(m -> m.getName().equals(method.getName())
                        && Arrays.equals(m.getParameterTypes(), method.getParameterTypes()));
    }

    /** Calls a default method on a proxy that implements its interface. */
    public static @Nullable Object invokeDefault(Object proxy, Method method, @Nullable Object @Nullable [] args)
            throws Throwable {
        Class<?> declaring = method.getDeclaringClass();
        if (Modifier.isPublic(declaring.getModifiers())
                && declaring.getModule().isExported(declaring.getPackageName(), InterfaceMethods.class.getModule())) {
            return InvocationHandler.invokeDefault(proxy, method, args);
        }
        return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
                .unreflectSpecial(method, declaring)
                .bindTo(proxy)
                .invokeWithArguments(args == null ? new Object[0] : args);
    }
}

package dev.airlock.shape;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has to be known of the methods of an interface to implement it, and of an object's to serve one. */
public final class InterfaceMethods {
    private InterfaceMethods() {}

    /** The methods that an implementation has to bring: the abstract ones, except those that every object has. */
    public static List<Method> toImplement(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(m -> Modifier.isAbstract(m.getModifiers()) && !isOfObject(m))
                .toList();
    }

    /**
     * The methods by which an object may serve: those of its class, not private, and what it inherits, those of interfaces
     * among them. What is overridden is not there twice.
     */
    public static List<Method> toServe(Class<?> type) {
        var methods = new ArrayList<Method>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            add(at.getDeclaredMethods(), methods);
        }
        add(type.getMethods(), methods);
        return methods;
    }

    private static void add(Method[] found, List<Method> methods) {
        for (Method method : found) {
            boolean hidden = methods.stream()
                    .anyMatch(m -> m.getName().equals(method.getName())
                            && Arrays.equals(m.getParameterTypes(), method.getParameterTypes()));
            if (method.getDeclaringClass() != Object.class
                    && !Modifier.isStatic(method.getModifiers())
                    && !Modifier.isPrivate(method.getModifiers())
                    && !method.isSynthetic()
                    && !hidden) {
                methods.add(method);
            }
        }
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
        return UserTypes.lookup(declaring)
                .unreflectSpecial(method, declaring)
                .bindTo(proxy)
                .invokeWithArguments(args == null ? new Object[0] : args);
    }
}

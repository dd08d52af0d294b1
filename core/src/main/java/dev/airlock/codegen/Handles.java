package dev.airlock.codegen;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Method handles of the library's own methods, and combinations of handles that several packages need. */
public final class Handles {
    private Handles() {}

    /** Finds a static method of the class whose lookup this is. */
    public static MethodHandle own(MethodHandles.Lookup lookup, String name, MethodType type) {
        return own(lookup, lookup.lookupClass(), name, type);
    }

    /** Finds a static method of a class beside the one whose lookup this is. */
    public static MethodHandle own(MethodHandles.Lookup lookup, Class<?> owner, String name, MethodType type) {
        try {
            return lookup.findStatic(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw missing(owner, name, type, e);
        }
    }

    /** Finds an instance method of a class of the library; its receiver is the first parameter. */
    public static MethodHandle ownVirtual(MethodHandles.Lookup lookup, Class<?> owner, String name, MethodType type) {
        try {
            return lookup.findVirtual(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw missing(owner, name, type, e);
        }
    }

    private static LinkageError missing(Class<?> owner, String name, MethodType type, Exception cause) {
        return new LinkageError(
                "the library's own method is missing: " + owner.getName() + "." + name + type
                        + ": its classes are of different versions, or a shrinker removed it",
                cause);
    }

    /**
     * Runs a handle after a call, whether the call returns or throws.
     *
     * @param call {@code (T, P…) -> R}
     * @param after {@code (Throwable, S, T) -> void}; the throwable is null if the call returned
     * @param before {@code S}: the type of a value that was made before the call
     * @return {@code (S, T, P…) -> R}
     */
    public static MethodHandle guarded(MethodHandle call, MethodHandle after, Class<?> before) {
        Class<?> result = call.type().returnType();
        Class<?> target = call.type().parameterType(0);
        MethodHandle cleanup = after;
        if (result != void.class) {
            // (Throwable, R, S, T) -> R: returns the call's result.
            MethodHandle through = MethodHandles.dropArguments(MethodHandles.identity(result), 1, before, target);
            through = MethodHandles.dropArguments(through, 0, Throwable.class);
            cleanup = MethodHandles.foldArguments(through, MethodHandles.dropArguments(after, 1, result));
        }
        return MethodHandles.tryFinally(MethodHandles.dropArguments(call, 0, before), cleanup);
    }

    /**
     * Throws an exception that may be checked from a method that declares none.
     *
     * @return never; the type lets a caller write {@code throw}
     */
    public static RuntimeException sneaky(Throwable thrown) {
        throw Handles.<RuntimeException>unchecked(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}

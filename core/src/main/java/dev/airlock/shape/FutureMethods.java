package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Methods that return {@code CompletableFuture<T>}: they stand for a guest's function that returns {@code T}, called in
 * another thread. Such a thread needs an instance of its own, so only pools bind them.
 */
public final class FutureMethods {
    /** Kept, since reflection copies the methods of a class each time and interfaces are bound for each instance. */
    private static final ClassValue<Boolean> INTERFACES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return InterfaceMethods.toImplement(type).stream().anyMatch(FutureMethods::isOne);
        }
    };

    private static final MethodHandle COMPLETED;

    static {
        try {
            COMPLETED = MethodHandles.lookup()
                    .findStatic(
                            FutureMethods.class,
                            "completed",
                            MethodType.methodType(CompletableFuture.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private FutureMethods() {}

    /** Whether a method is one of them. */
    public static boolean isOne(Method method) {
        return method.getReturnType() == CompletableFuture.class;
    }

    /** Whether an interface has one to implement. */
    public static boolean areIn(Class<?> type) {
        return INTERFACES.get(type);
    }

    /**
     * Refuses such a method if there is no thread to call it in.
     *
     * @throws SignatureException if it is one
     */
    public static void refuse(Method method) {
        if (isOne(method)) {
            throw new SignatureException(
                    "it returns a CompletableFuture, and an instance belongs to one thread at a time:"
                            + " make a pool and give it threads, by guest.pooled(…).as("
                            + method.getDeclaringClass().getSimpleName() + ".class, executor)");
        }
    }

    /** The same call, which returns its result in a future that is complete. */
    public static MethodHandle completing(MethodHandle call) {
        return MethodHandles.filterReturnValue(call.asType(call.type().changeReturnType(Object.class)), COMPLETED);
    }

    // By handle, above.
    private static CompletableFuture<@Nullable Object> completed(@Nullable Object result) {
        return CompletableFuture.completedFuture(result);
    }
}

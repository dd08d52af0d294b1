package dev.airlock.pool;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.Entry;
import dev.airlock.limit.CallOptions;
import dev.airlock.shape.FutureMethods;
import dev.airlock.shape.InterfaceMethods;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Implements an interface so that each call borrows an instance: a hidden class around method handles, like the ones that
 * implement interfaces of instances, so that a call needs no boxes and no arrays.
 *
 * @param constructor {@code (Object target) -> Object}, of a {@link Target}
 */
record PooledInterface(Class<?> type, MethodHandle constructor) {
    private static final MethodHandle BORROW = ours("borrow", MethodType.methodType(Lease.class, Object.class));
    private static final MethodHandle BOUND =
            ours("bound", MethodType.methodType(Object.class, Lease.class, int.class));
    private static final MethodHandle GIVE_BACK =
            ours("giveBack", MethodType.methodType(void.class, Throwable.class, Lease.class));
    private static final MethodHandle START =
            ours("start", MethodType.methodType(PooledFuture.class, MethodHandle.class, Object.class, Object[].class));
    private static final MethodHandle CLOSE = ours("close", MethodType.methodType(void.class, Object.class));
    private static final MethodHandle DESCRIBE =
            ours("describe", MethodType.methodType(String.class, String.class, Object.class));

    /** @param executor runs the calls whose methods return futures; null if there are none */
    record Target(Pool pool, CallOptions options, @Nullable Executor executor) {}

    /** @param index the interface's number in the pool */
    static PooledInterface of(Class<?> type, int index) {
        var methods = new ArrayList<Entry.Method>();
        // Two superinterfaces may declare the same method: the first one serves for both.
        Map<String, Method> toImplement = new LinkedHashMap<>();
        for (Method method : InterfaceMethods.toImplement(type)) {
            toImplement.putIfAbsent(method.getName() + erased(method).toMethodDescriptorString(), method);
        }
        for (Method method : toImplement.values()) {
            methods.add(new Entry.Method(
                    method.getName(), erased(method), isClose(type, method) ? CLOSE : calling(method, index)));
        }
        methods.add(new Entry.Method(
                "toString",
                MethodType.methodType(String.class),
                MethodHandles.insertArguments(DESCRIBE, 0, type.getSimpleName())));
        return new PooledInterface(type, Entry.implementing(type, List.copyOf(methods)));
    }

    Object make(Target target) {
        try {
            return (Object) constructor.invokeExact((Object) target);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("a generated class cannot be made", e);
        }
    }

    private static MethodType erased(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    }

    private static boolean isClose(Class<?> type, Method method) {
        return AutoCloseable.class.isAssignableFrom(type)
                && method.getName().equals("close")
                && method.getParameterCount() == 0;
    }

    private static MethodHandle calling(Method method, int index) {
        MethodHandle call = borrowing(method, index);
        return FutureMethods.isOne(method) ? starting(call) : call;
    }

    /** {@code (Object target, P...) -> R} */
    private static MethodHandle borrowing(Method method, int index) {
        MethodHandle call = Entry.methodOf(method);
        call = call.asType(call.type().changeParameterType(0, Object.class));
        call = MethodHandles.filterArguments(call, 0, MethodHandles.insertArguments(BOUND, 1, index));
        call = MethodHandles.tryFinally(call, cleanup(method.getReturnType()));
        return MethodHandles.filterArguments(call, 0, BORROW);
    }

    /** {@code (Throwable, R result, Lease) -> R}: gives the instance back and returns the result unchanged. */
    private static MethodHandle cleanup(Class<?> result) {
        if (result == void.class) {
            return GIVE_BACK;
        }
        MethodHandle same = MethodHandles.identity(result);
        same = MethodHandles.dropArguments(same, 0, Throwable.class);
        same = MethodHandles.dropArguments(same, 2, Lease.class);
        return MethodHandles.foldArguments(same, MethodHandles.dropArguments(GIVE_BACK, 1, result));
    }

    /** {@code (Object target, P...) -> CompletableFuture}: the call in a thread of the executor. */
    private static MethodHandle starting(MethodHandle call) {
        int params = call.type().parameterCount() - 1;
        MethodHandle spread = call.asSpreader(Object[].class, params)
                .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
        return MethodHandles.insertArguments(START, 0, spread)
                .asCollector(Object[].class, params)
                .asType(call.type());
    }

    private static MethodHandle ours(String name, MethodType type) {
        return Handles.own(MethodHandles.lookup(), name, type);
    }

    // Called through the method handle above.

    static Lease borrow(Object target) {
        Target on = (Target) target;
        return on.pool().borrow(on.options());
    }

    static Object bound(Lease lease, int index) {
        return lease.bound(index);
    }

    static void giveBack(@Nullable Throwable thrown, Lease lease) {
        lease.pool.giveBack(lease, thrown);
    }

    static PooledFuture start(MethodHandle call, Object target, @Nullable Object[] args) {
        var future = new PooledFuture(call, target, args);
        Objects.requireNonNull(((Target) target).executor(), "an interface with futures has an executor")
                .execute(future);
        return future;
    }

    static void close(Object target) {
        ((Target) target).pool().close();
    }

    static String describe(String type, Object target) {
        return type + " by " + ((Target) target).pool();
    }
}

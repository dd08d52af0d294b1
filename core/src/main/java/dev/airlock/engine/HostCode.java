package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.UserTypes;
import dev.airlock.type.CoreFuncType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.SoftReference;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What host functions of one shape do, without the object that they do it to. The handles by which guests call them are
 * made when the first is called, and shared.
 */
final class HostCode {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final CoreFuncType type;

    /** {@code (Object target, Caller, P...) -> R}; null for functions that take and give arrays. */
    private final @Nullable MethodHandle body;

    /** Whether targets are {@link HostValues}; else those without a body are {@link HostCall}. */
    private final boolean takesValues;

    private @Nullable MethodHandle handle;
    private @Nullable MethodHandle tracedHandle;

    private HostCode(CoreFuncType type, @Nullable MethodHandle body, boolean takesValues) {
        this.type = type;
        this.body = body;
        this.takesValues = takesValues;
    }

    /** One for each functional interface; its functions differ in the lambda. */
    private static final ClassValue<HostCode> BY_SHAPE = new ClassValue<>() {
        @Override
        protected HostCode computeValue(Class<?> shape) {
            Method method = Signatures.functionOf(shape);
            return ofMethod(method, Signatures.hostType(method));
        }
    };

    /** A guest may choose the types of its imports, and a host define whatever is imported: so softly. */
    private static final Map<CoreFuncType, SoftReference<HostCode>> BY_TYPE = new ConcurrentHashMap<>();

    /** Returns the code of lambdas, seen through their functional interface. */
    static HostCode ofShape(Class<?> shape) {
        return BY_SHAPE.get(shape);
    }

    /** Returns the code of a method of objects. */
    static HostCode ofMethod(Method method, CoreFuncType type) {
        MethodHandle handle = accessible(method);
        if (!Signatures.takesCaller(method)) {
            handle = MethodHandles.dropArguments(handle, 1, Caller.class);
        }
        handle = handle.asType(handle.type().changeParameterType(0, Object.class));
        return new HostCode(
                type,
                HostTypes.fromGuest(handle, type.params(), type.results(), "host function " + method.getName()),
                false);
    }

    /**
     * Returns the code of functions that are given by a handle.
     *
     * @param body {@code (Object target, Caller, P...) -> R}, with the carriers of the type
     */
    static HostCode ofHandle(MethodHandle body, CoreFuncType type) {
        return new HostCode(type, body, false);
    }

    /** Returns the code of functions that take and give arrays: their targets are of {@link HostCall}. */
    static HostCode ofArrays(CoreFuncType type) {
        SoftReference<HostCode> known = BY_TYPE.get(type);
        HostCode found = known == null ? null : known.get();
        if (found == null) {
            BY_TYPE.values().removeIf(reference -> reference.get() == null);
            found = new HostCode(type, null, false);
            BY_TYPE.put(type, new SoftReference<>(found));
        }
        return found;
    }

    /** Returns the code of functions that take and give objects: their targets are of {@link HostValues}. */
    static HostCode ofValues(CoreFuncType type) {
        return new HostCode(type, null, true);
    }

    CoreFuncType type() {
        return type;
    }

    /** Returns {@code (P..., FuncRef self, InstanceState caller) -> R}, where self is a {@link HostRef} with this code. */
    synchronized MethodHandle handle() {
        MethodHandle known = handle;
        if (known == null) {
            known = HostAdapters.adapter(type, body, takesValues);
            handle = known;
        }
        return known;
    }

    /** Returns the same for functions whose target is a {@link TracedCall} around the real one. */
    synchronized MethodHandle tracedHandle() {
        if (body == null) {
            // The target is called by arrays, and a traced call is such a target.
            return handle();
        }
        MethodHandle known = tracedHandle;
        if (known == null) {
            known = HostAdapters.adapter(type, HostAdapters.traced(type, body), false);
            tracedHandle = known;
        }
        return known;
    }

    static MethodHandle accessible(Method method) {
        try {
            Class<?> declaring = method.getDeclaringClass();
            if (declaring.getClassLoader() == null) {
                return MethodHandles.publicLookup().unreflect(method);
            }
            return UserTypes.lookup(declaring).unreflect(method);
        } catch (IllegalAccessException e) {
            throw new SignatureException(
                    Signatures.show(method) + " of "
                            + method.getDeclaringClass().getName()
                            + " cannot be reached: " + UserTypes.advice(method.getDeclaringClass()),
                    e);
        }
    }

    /**
     * A host function that has a handle of its own, where one by arrays is asked for.
     *
     * @param code its code, whose target is null
     */
    record Direct(HostCode code) implements HostCall {
        @Override
        public long[] call(Caller caller, long[] args) {
            throw new IllegalStateException("it is called by its handle");
        }
    }

    /** {@code (Object instance, P...) -> R} becomes {@code (Object target, Caller, P...) -> R}. */
    static HostCall ofServing(MethodHandle serving, CoreFuncType type) {
        MethodHandle body = MethodHandles.filterArguments(serving, 0, INSTANCE_OF);
        return new Direct(ofHandle(MethodHandles.dropArguments(body, 0, Object.class), type));
    }

    private static final MethodHandle INSTANCE_OF =
            Handles.own(LOOKUP, "instanceOf", MethodType.methodType(Object.class, Caller.class));

    static Object instanceOf(Caller caller) {
        return caller.instance();
    }
}

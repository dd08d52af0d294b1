package dev.airlock.engine;

import dev.airlock.codegen.Handles;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.WasmException;
import dev.airlock.type.AbstractHeapType;
import dev.airlock.type.ConcreteType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.HeapType;
import dev.airlock.type.V128;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Java types of values in methods of hosts, and the way from there to the carriers of compiled code: a vector is two
 * {@code long}s there, and a reference any object.
 */
final class HostTypes {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final MethodHandle LOW =
            Handles.ownVirtual(LOOKUP, V128.class, "low", MethodType.methodType(long.class));
    private static final MethodHandle HIGH =
            Handles.ownVirtual(LOOKUP, V128.class, "high", MethodType.methodType(long.class));
    private static final MethodHandle VECTOR =
            Handles.own(LOOKUP, "vector", MethodType.methodType(V128.class, long.class, long.class));
    private static final MethodHandle TO_HOST = Handles.own(
            LOOKUP, BoxedValues.class, "toHost", MethodType.methodType(Object.class, Object.class, FieldType.class));
    private static final MethodHandle TO_GUEST = Handles.own(
            LOOKUP,
            BoxedValues.class,
            "toGuest",
            MethodType.methodType(Object.class, Object.class, FieldType.class, String.class));

    private HostTypes() {}

    /** Returns the Java type that values of a type have in a method. */
    static Class<?> of(CoreValType type) {
        return type.isReference() ? of(type.heapType()) : type.carrier();
    }

    private static Class<?> of(HeapType type) {
        if (type instanceof ConcreteType concrete) {
            return switch (concrete.kind()) {
                case FUNC -> Func.class;
                case STRUCT -> StructRef.class;
                case ARRAY -> ArrayRef.class;
            };
        }
        return switch ((AbstractHeapType) type) {
            case FUNC, NOFUNC -> Func.class;
            case EXTERN, NOEXTERN -> Object.class;
            case EXN, NOEXN -> WasmException.class;
            case ANY, EQ, NONE -> Ref.class;
            case I31 -> I31.class;
            case STRUCT -> StructRef.class;
            case ARRAY -> ArrayRef.class;
        };
    }

    /** Returns the core type that a Java type stands for in a host function; null for none. */
    static @Nullable CoreValType of(Class<?> type) {
        for (CoreValType known : List.of(
                CoreValType.I32,
                CoreValType.I64,
                CoreValType.F32,
                CoreValType.F64,
                CoreValType.V128,
                CoreValType.EXTERNREF,
                CoreValType.FUNCREF,
                CoreValType.EXNREF,
                CoreValType.ANYREF,
                CoreValType.I31REF,
                CoreValType.STRUCTREF,
                CoreValType.ARRAYREF)) {
            if (of(known) == type) {
                return known;
            }
        }
        return null;
    }

    /** Whether a method may have a Java type where values of a core type cross: the very type, or a supertype. */
    static boolean fits(Class<?> javaType, CoreValType type) {
        return type.isReference() ? javaType.isAssignableFrom(of(type)) : javaType == type.carrier();
    }

    /**
     * Returns a handle that takes and returns what methods of hosts have.
     *
     * @param raw {@code (X, P...) -> R} with the carriers of compiled code, a result that is a vector as a {@link V128}
     * @param function what is called, for errors
     */
    static MethodHandle fromHost(
            MethodHandle raw, List<CoreValType> params, List<CoreValType> results, String function) {
        MethodHandle adapted = raw;
        int[] order = new int[raw.type().parameterCount()];
        MethodType hostType =
                MethodType.methodType(raw.type().returnType(), raw.type().parameterType(0));
        int at = 1;
        for (int i = 0; i < params.size(); i++) {
            CoreValType type = params.get(i);
            hostType = hostType.appendParameterTypes(of(type));
            order[at] = i + 1;
            if (type == CoreValType.V128) {
                adapted = MethodHandles.filterArguments(adapted, at, LOW, HIGH);
                order[++at] = i + 1;
            } else if (type.isReference()) {
                String place = "parameter " + (i + 1) + " of " + function;
                adapted = MethodHandles.filterArguments(adapted, at, toGuest(type, place, of(type)));
            }
            at++;
        }
        adapted = MethodHandles.permuteArguments(adapted, hostType, order);
        return results.size() == 1 && results.get(0).isReference()
                ? MethodHandles.filterReturnValue(adapted, toHost(results.get(0), of(results.get(0))))
                : adapted;
    }

    /**
     * Returns a handle that takes and returns what compiled code has; a result that is a vector is a {@link V128}, several results
     * stay as they are.
     *
     * @param host {@code (X, Y, P...) -> R} of a method of a host
     * @param function what is called, for errors
     */
    static MethodHandle fromGuest(
            MethodHandle host, List<CoreValType> params, List<CoreValType> results, String function) {
        MethodHandle adapted = host;
        for (int i = params.size() - 1; i >= 0; i--) {
            CoreValType type = params.get(i);
            if (type == CoreValType.V128) {
                adapted = MethodHandles.collectArguments(adapted, i + 2, VECTOR);
            } else if (type.isReference()) {
                Class<?> wanted = adapted.type().parameterType(i + 2);
                adapted = MethodHandles.filterArguments(adapted, i + 2, toHost(type, wanted));
            }
        }
        if (results.size() == 1 && results.get(0).isReference()) {
            String place = "the result of " + function;
            adapted = MethodHandles.filterReturnValue(
                    adapted, toGuest(results.get(0), place, adapted.type().returnType()));
        }
        return adapted;
    }

    private static MethodHandle toHost(CoreValType type, Class<?> javaType) {
        return MethodHandles.insertArguments(TO_HOST, 1, ApiTypes.field(type, false))
                .asType(MethodType.methodType(javaType, Object.class));
    }

    private static MethodHandle toGuest(CoreValType type, String place, Class<?> javaType) {
        return MethodHandles.insertArguments(TO_GUEST, 1, ApiTypes.field(type, false), place)
                .asType(MethodType.methodType(Object.class, javaType));
    }

    // By handle, above.
    static V128 vector(long low, long high) {
        return new V128(low, high);
    }
}

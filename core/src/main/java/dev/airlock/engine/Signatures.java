package dev.airlock.engine;

import dev.airlock.error.SignatureException;
import dev.airlock.shape.InterfaceMethods;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Java methods and core function types. */
final class Signatures {
    private Signatures() {}

    /**
     * Returns the one abstract method of a functional interface.
     *
     * @throws SignatureException if it has none, or several
     */
    static Method functionOf(Class<?> shape) {
        if (!shape.isInterface()) {
            throw new SignatureException(shape.getName() + " is no interface; a function needs a functional interface");
        }
        if (shape.isSealed()) {
            throw new SignatureException(shape.getName() + " is sealed, so nothing else can implement it");
        }
        List<Method> candidates = InterfaceMethods.toImplement(shape);
        if (candidates.size() != 1) {
            throw new SignatureException(shape.getName() + " has " + candidates.size()
                    + " abstract methods; a functional interface has one"
                    + candidates.stream().map(m -> "\n  " + show(m)).collect(Collectors.joining()));
        }
        return candidates.get(0);
    }

    /** Returns the core type that a method stands for as a host function. */
    static CoreFuncType hostType(Method method, Class<?>... severalResults) {
        var params = new ArrayList<CoreValType>();
        Class<?>[] types = method.getParameterTypes();
        for (int i = takesCaller(method) ? 1 : 0; i < types.length; i++) {
            params.add(valType(types[i], method, "parameter " + (i + 1)));
        }
        if (method.getReturnType() == void.class) {
            return new CoreFuncType(params, List.of());
        }
        boolean inArray = method.getReturnType() == long[].class || method.getReturnType() == Object[].class;
        if (inArray && severalResults.length > 0) {
            var results = new ArrayList<CoreValType>();
            for (Class<?> result : severalResults) {
                results.add(valType(result, method, "result " + (results.size() + 1)));
            }
            var type = new CoreFuncType(params, results);
            if (method.getReturnType() != resultCarrier(type)) {
                throw new SignatureException(show(method) + ": results of these types come in a "
                        + resultCarrier(type).getSimpleName() + ": " + results);
            }
            return type;
        }
        return new CoreFuncType(params, List.of(valType(method.getReturnType(), method, "the result")));
    }

    static boolean takesCaller(Method method) {
        return method.getParameterCount() > 0 && method.getParameterTypes()[0] == Caller.class;
    }

    private static CoreValType valType(Class<?> type, Method method, String place) {
        CoreValType found = HostTypes.of(type);
        if (found == null) {
            throw new SignatureException(show(method) + ": " + place + " is a " + type.getSimpleName()
                    + ", but a core function takes and gives int (i32), long (i64), float (f32), double (f64), V128,"
                    + " Object (externref), Func (funcref), Ref (anyref), StructRef, ArrayRef, I31 and"
                    + " WasmException (exnref)");
        }
        return found;
    }

    /**
     * Checks that a method can stand for a guest function.
     *
     * @throws SignatureException with both types, one under the other
     */
    static void check(Method method, String guestFunction, CoreFuncType type) {
        boolean fits = method.getParameterCount() == type.params().size() && fitsResult(method.getReturnType(), type);
        for (int i = 0; fits && i < type.params().size(); i++) {
            fits = HostTypes.fits(method.getParameterTypes()[i], type.params().get(i));
        }
        if (!fits) {
            throw new SignatureException(guestFunction + " does not fit "
                    + method.getDeclaringClass().getName()
                    + "\n  guest: " + type
                    + "\n  Java:  " + show(method)
                    + "\n  fits:  " + fitting(method, type));
        }
    }

    private static boolean fitsResult(Class<?> javaType, CoreFuncType type) {
        return type.results().size() == 1
                ? HostTypes.fits(javaType, type.results().get(0))
                : javaType == resultCarrier(type);
    }

    /**
     * Returns whether a host function can be given to an import: it takes all that the guest passes, and returns nothing that the
     * guest does not expect (core specification, section 3.3.6).
     *
     * @param asked the type of the import
     */
    static boolean matches(CoreFuncType given, CoreFuncType asked) {
        return matches(asked.params(), given.params()) && matches(given.results(), asked.results());
    }

    private static boolean matches(List<CoreValType> below, List<CoreValType> above) {
        boolean all = below.size() == above.size();
        for (int i = 0; all && i < below.size(); i++) {
            all = below.get(i).isSubtypeOf(above.get(i));
        }
        return all;
    }

    /**
     * Returns what carries all results to Java: nothing, the one result, or one array of raw bits or, with vectors or references, of
     * boxes.
     */
    static Class<?> resultCarrier(CoreFuncType type) {
        return switch (type.results().size()) {
            case 0 -> void.class;
            case 1 -> type.results().get(0).carrier();
            default -> type.results().stream().allMatch(CoreValType::isNumber) ? long[].class : Object[].class;
        };
    }

    /** Returns how compiled code carries the parameters and results. */
    static CallShape shape(CoreFuncType type) {
        return new CallShape(carriers(type.params()), carriers(type.results()));
    }

    private static String carriers(List<CoreValType> types) {
        return types.stream()
                .map(type -> switch (type.kind()) {
                    case I32 -> "I";
                    case I64 -> "J";
                    case F32 -> "F";
                    case F64 -> "D";
                    case V128 -> "V";
                    case REF -> "L";
                })
                .collect(Collectors.joining());
    }

    private static String fitting(Method method, CoreFuncType type) {
        Class<?> result =
                type.results().size() == 1 ? HostTypes.of(type.results().get(0)) : resultCarrier(type);
        return result.getSimpleName() + " " + method.getName()
                + type.params().stream()
                        .map(p -> HostTypes.of(p).getSimpleName())
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    static String show(Method method) {
        return method.getReturnType().getSimpleName() + " " + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}

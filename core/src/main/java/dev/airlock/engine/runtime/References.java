package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.gc.ArrayObject;
import dev.airlock.engine.gc.CollectedObject;
import dev.airlock.engine.gc.I31;
import dev.airlock.engine.gc.StructObject;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.error.TrapCode;
import dev.airlock.memory.linear.GuestTrap;
import org.jspecify.annotations.Nullable;

/**
 * Tests and casts of references (core specification, section 4.6.5). Validation keeps the hierarchies of functions, exceptions,
 * objects of the host and everything else apart, so within one of them null and the class tell the abstract types.
 *
 * <p>The methods with a name in {@code OrNull} are those of nullable types.
 */
public final class References {
    private References() {}

    static GuestTrap isNull(String message) {
        return new GuestTrap(TrapCode.NULL_REFERENCE, message);
    }

    /** {@code ref.is_null}. */
    public static boolean isNull(@Nullable Object reference) {
        return reference == null;
    }

    /** {@code ref.as_non_null}. */
    public static Object nonNull(@Nullable Object reference) {
        if (reference == null) {
            throw isNull(TrapCode.NULL_REFERENCE.text());
        }
        return reference;
    }

    /** {@code ref.eq}. */
    public static boolean same(@Nullable Object a, @Nullable Object b) {
        return a == b || (a instanceof I31 left && b instanceof I31 right && left.value == right.value);
    }

    /**
     * {@code ref.test} for an abstract type.
     *
     * @param heapType its byte in the binary format
     */
    public static boolean test(@Nullable Object reference, int heapType) {
        return switch (heapType | ValueTypes.ABSTRACT) {
            case ValueTypes.HEAP_EQ -> reference instanceof CollectedObject || reference instanceof I31;
            case ValueTypes.HEAP_I31 -> reference instanceof I31;
            case ValueTypes.HEAP_STRUCT -> reference instanceof StructObject;
            case ValueTypes.HEAP_ARRAY -> reference instanceof ArrayObject;
            case ValueTypes.HEAP_NONE, ValueTypes.HEAP_NOFUNC, ValueTypes.HEAP_NOEXTERN, ValueTypes.HEAP_NOEXN -> false;
            default -> reference != null;
        };
    }

    public static boolean testOrNull(@Nullable Object reference, int heapType) {
        return reference == null || test(reference, heapType);
    }

    /** {@code ref.test} for a concrete type. */
    public static boolean test(@Nullable Object reference, DefinedType type) {
        if (reference instanceof CollectedObject object) {
            return object.type == type || object.type.isSubtypeOf(type);
        }
        return reference instanceof FuncRef function && function.type.isSubtypeOf(type);
    }

    public static boolean testOrNull(@Nullable Object reference, DefinedType type) {
        return reference == null || test(reference, type);
    }

    /** {@code ref.test} for a type of structs or arrays that has no subtypes. */
    public static boolean testFinal(@Nullable Object reference, DefinedType type) {
        return reference instanceof CollectedObject object && object.type == type;
    }

    public static boolean testFinalOrNull(@Nullable Object reference, DefinedType type) {
        return reference == null || testFinal(reference, type);
    }

    /** {@code ref.cast} for an abstract type. */
    public static @Nullable Object cast(@Nullable Object reference, int heapType) {
        return cast(reference, test(reference, heapType));
    }

    public static @Nullable Object castOrNull(@Nullable Object reference, int heapType) {
        return cast(reference, testOrNull(reference, heapType));
    }

    /** {@code ref.cast} for a concrete type. */
    public static @Nullable Object cast(@Nullable Object reference, DefinedType type) {
        return cast(reference, test(reference, type));
    }

    public static @Nullable Object castOrNull(@Nullable Object reference, DefinedType type) {
        return cast(reference, testOrNull(reference, type));
    }

    /** {@code ref.cast} for a type of structs or arrays that has no subtypes. */
    public static @Nullable Object castFinal(@Nullable Object reference, DefinedType type) {
        return cast(reference, testFinal(reference, type));
    }

    public static @Nullable Object castFinalOrNull(@Nullable Object reference, DefinedType type) {
        return cast(reference, testFinalOrNull(reference, type));
    }

    private static @Nullable Object cast(@Nullable Object reference, boolean is) {
        if (!is) {
            throw new GuestTrap(TrapCode.CAST_FAILURE);
        }
        return reference;
    }

    /**
     * Returns the text of the trap for a {@link NullPointerException} of generated code: an access to a struct or an array has no
     * check of its own. Once HotSpot throws one that it made beforehand, it does not say which access it was.
     */
    public static String trapText(NullPointerException thrown) {
        String said = String.valueOf(thrown.getMessage());
        if (said.startsWith("Cannot read field \"a\"")) {
            return "null array reference";
        }
        return said.startsWith("Cannot read field") || said.startsWith("Cannot assign field")
                ? "null structure reference"
                : TrapCode.NULL_REFERENCE.text();
    }
}

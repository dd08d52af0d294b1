package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Handles to the accessors and the constructors of records, looked up when a plan is made, not when it runs. */
final class RecordHandles {
    private RecordHandles() {}

    static MethodHandle accessor(Class<?> record, int index) {
        return Members.of(record).accessor(index);
    }

    /**
     * The canonical constructor with its parameters in another order.
     *
     * @param order for each parameter of the handle, the index of the component that it sets
     */
    static MethodHandle constructor(Class<?> record, int[] order) {
        MethodHandle canonical = Members.of(record).constructor();
        Class<?>[] ordered = new Class<?>[order.length];
        int[] places = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            ordered[i] = canonical.type().parameterType(order[i]);
            places[order[i]] = i;
        }
        return MethodHandles.permuteArguments(canonical, MethodType.methodType(record, ordered), places);
    }

    /** Records are often nested and private, so more is asked for than what is public, where the module gives it. */
    static MethodHandles.Lookup lookup(Class<?> record) {
        try {
            return UserTypes.lookup(record);
        } catch (IllegalAccessException e) {
            return MethodHandles.publicLookup();
        }
    }

    static SignatureException unreachable(Class<?> record, ReflectiveOperationException cause) {
        return new SignatureException(
                record.getTypeName() + " cannot be reached: " + UserTypes.advice(record) + " (" + cause.getMessage()
                        + ")",
                cause);
    }
}

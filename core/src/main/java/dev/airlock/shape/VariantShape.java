package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import dev.airlock.type.VariantType;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sealed interface of records.
 *
 * @param cases in the order of the type's cases
 */
public record VariantShape(VariantType type, Type javaType, List<Case> cases) implements JavaShape {
    /**
     * A record, and the case that it stands for. A record without components is a case without a value; one with a
     * single component is a case with that component's value; one with more is a case with the record itself.
     *
     * @param label of the case
     * @param javaClass the record
     * @param payload what the case carries, or null for nothing; a {@link RecordShape} of {@code javaClass} where the
     *     record itself is carried
     * @param wraps whether the payload is the record's only component
     */
    public record Case(
            String label, Class<?> javaClass, @Nullable JavaShape payload, boolean wraps) {
        /**
         * What reads the payload of a case that wraps one: from the record to its only component.
         *
         * @throws SignatureException if the record cannot be reached from here
         */
        public MethodHandle accessor() {
            return RecordHandles.accessor(javaClass, 0);
        }

        /**
         * What makes the record of a case that has no payload, or wraps one: its canonical constructor.
         *
         * @throws SignatureException if the record cannot be reached from here
         */
        public MethodHandle constructor() {
            return RecordHandles.constructor(javaClass, wraps ? new int[] {0} : new int[0]);
        }
    }

    public VariantShape {
        cases = List.copyOf(cases);
    }

    @Override
    public int hashCode() {
        return javaType.hashCode();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitVariant(this);
    }
}

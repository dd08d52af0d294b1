package dev.airlock.type;

/**
 * A value that knows its WIT type, for code that has no Java type for it. Immutable, and checked when it is created: a
 * value that does not fit its type is refused with the {@link ValuePath} to the place.
 *
 * <p>Two values are equal if their types and contents are equal. Floats compare as in {@link Double#equals}: all NaNs
 * are equal, as in the component model, and 0 is not equal to -0.
 */
public sealed interface Value
        permits PrimitiveValue,
                ListValue,
                RecordValue,
                TupleValue,
                VariantValue,
                EnumValue,
                FlagsValue,
                OptionValue,
                ResultValue,
                MapValue,
                HandleValue {
    /** {@return the type of this value} */
    ValType type();

    /**
     * Calls the visitor's method for this kind of value.
     *
     * @param visitor the visitor
     * @param <R> the type of its result
     * @return its result
     */
    <R> R accept(Visitor<R> visitor);

    /**
     * Handles a value by its kind. There is no default method, as in {@link ValType.Visitor}.
     *
     * @param <R> the type of the result
     */
    interface Visitor<R> {
        /**
         * Visits a primitive. For a method for each kind of primitive see {@link
         * PrimitiveValue#accept(PrimitiveValue.Visitor)}.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitPrimitive(PrimitiveValue value);

        /**
         * Visits a list.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitList(ListValue value);

        /**
         * Visits a record.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitRecord(RecordValue value);

        /**
         * Visits a tuple.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitTuple(TupleValue value);

        /**
         * Visits a variant.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitVariant(VariantValue value);

        /**
         * Visits an enum.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitEnum(EnumValue value);

        /**
         * Visits flags.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitFlags(FlagsValue value);

        /**
         * Visits an option.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitOption(OptionValue value);

        /**
         * Visits a result.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitResult(ResultValue value);

        /**
         * Visits a map.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitMap(MapValue value);

        /**
         * Visits a handle.
         *
         * @param value never null
         * @return the result of the visit
         */
        R visitHandle(HandleValue value);
    }
}

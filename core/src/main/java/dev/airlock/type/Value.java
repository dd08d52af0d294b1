package dev.airlock.type;

/**
 * A value of WIT that knows its type, for those who have no Java type at hand. Immutable, and checked as it is made: a
 * value that does not fit its type is refused with the {@link ValuePath} to it.
 *
 * <p>Two values are equal when their types and contents are. For floats that is as {@link Double#equals} has it: all
 * NaNs are one, as in the component model, and 0 is not -0.
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
    /** What it is a value of. */
    ValType type();

    /** Calls the method of the visitor that stands for this kind of value. */
    <R> R accept(Visitor<R> visitor);

    /** What to do with a value, by its kind. There is no method for "all others", as with {@link ValType.Visitor}. */
    interface Visitor<R> {
        /** For one method a kind of primitive, see {@link PrimitiveValue#accept(PrimitiveValue.Visitor)}. */
        R visitPrimitive(PrimitiveValue value);

        R visitList(ListValue value);

        R visitRecord(RecordValue value);

        R visitTuple(TupleValue value);

        R visitVariant(VariantValue value);

        R visitEnum(EnumValue value);

        R visitFlags(FlagsValue value);

        R visitOption(OptionValue value);

        R visitResult(ResultValue value);

        R visitMap(MapValue value);

        R visitHandle(HandleValue value);
    }
}

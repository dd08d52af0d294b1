package dev.airlock.type;

import java.util.List;

/**
 * A type of WIT, the type system of the component model (Explainer, "Type Definitions"). It describes a value, and not
 * where its bytes lie.
 *
 * <p>Two types are equal if they have the same structure. The names of records, variants, enums and flags are used for
 * printing only and do not affect equality. Resources are the exception, since two that look alike may differ: see
 * {@link ResourceType}.
 *
 * <p>Types cannot be recursive, and each constructor enforces {@link #MAX_DEPTH} and {@link #MAX_SIZE}, so code that
 * walks a type may recurse.
 */
public sealed interface ValType
        permits PrimitiveType,
                NamedType,
                ListType,
                TupleType,
                OptionType,
                ResultType,
                MapType,
                OwnType,
                BorrowType,
                FutureType,
                StreamType {
    /** The most levels in a type: {@code list<u8>} has 2. */
    int MAX_DEPTH = 100;

    /** The most types in a type, including itself and repetitions: {@code tuple<u8, u8>} has 3. */
    int MAX_SIZE = 10_000;

    /**
     * Calls the visitor's method for this kind of type.
     *
     * @param visitor the visitor
     * @param <R> the type of its result
     * @return its result
     */
    <R> R accept(Visitor<R> visitor);

    /** {@return the types that this one is directly made of, in order; empty for a primitive or a handle} */
    List<ValType> parts();

    /**
     * Returns the text that WIT has at a use of the type: {@code list<u8>}, or {@code request} for a record of that
     * name. A type without a name, for which WIT has no text, is written out: {@code record {name: string}}.
     */
    @Override
    String toString();

    /**
     * Handles a type by its kind. There is no default method: a new kind needs a decision in every visitor.
     *
     * @param <R> the type of the result
     */
    interface Visitor<R> {
        /**
         * Visits a primitive. The primitives are an enum, so a switch over them is exhaustive.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitPrimitive(PrimitiveType type);

        /**
         * Visits a list.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitList(ListType type);

        /**
         * Visits a record.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitRecord(RecordType type);

        /**
         * Visits a tuple.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitTuple(TupleType type);

        /**
         * Visits a variant.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitVariant(VariantType type);

        /**
         * Visits an enum.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitEnum(EnumType type);

        /**
         * Visits flags.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitFlags(FlagsType type);

        /**
         * Visits an option.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitOption(OptionType type);

        /**
         * Visits a result.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitResult(ResultType type);

        /**
         * Visits a map.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitMap(MapType type);

        /**
         * Visits an owned handle.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitOwn(OwnType type);

        /**
         * Visits a borrowed handle.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitBorrow(BorrowType type);

        /**
         * Visits a future.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitFuture(FutureType type);

        /**
         * Visits a stream.
         *
         * @param type never null
         * @return the result of the visit
         */
        R visitStream(StreamType type);
    }
}

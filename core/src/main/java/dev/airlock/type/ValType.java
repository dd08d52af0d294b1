package dev.airlock.type;

import java.util.List;

/**
 * A type of WIT, which is to say of the component model (Explainer, "Type Definitions"): what a value is, before
 * anything says where its bytes lie.
 *
 * <p>Two types are equal when they are made the same way: the names of records, variants, enums and flags serve
 * printing and take no part. Resources are the exception, since two of them may look alike and still be apart: see
 * {@link ResourceType}.
 *
 * <p>Types cannot be recursive, and each constructor keeps {@link #MAX_DEPTH} and {@link #MAX_SIZE}, so whoever walks a
 * type may recurse.
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
    /** How deep types may nest: {@code list<u8>} is 2 deep. */
    int MAX_DEPTH = 100;

    /** Of how many types a type may be made, itself and repetitions counted: {@code tuple<u8, u8>} is 3. */
    int MAX_SIZE = 10_000;

    /** Calls the method of the visitor that stands for this kind of type. */
    <R> R accept(Visitor<R> visitor);

    /** The types that this one is directly made of, in order; none for a primitive or a handle. */
    List<ValType> parts();

    /**
     * The type as WIT writes it where it is used: {@code list<u8>}, and {@code request} for a record of that name. A
     * nameless one, which WIT has no text for, is written out: {@code record {name: string}}.
     */
    @Override
    String toString();

    /**
     * What to do with a type, by its kind. There is no method for "all others": who adds a kind has to look at every
     * visitor.
     */
    interface Visitor<R> {
        /** The kinds of primitive are an enum; a switch over it is exhaustive. */
        R visitPrimitive(PrimitiveType type);

        R visitList(ListType type);

        R visitRecord(RecordType type);

        R visitTuple(TupleType type);

        R visitVariant(VariantType type);

        R visitEnum(EnumType type);

        R visitFlags(FlagsType type);

        R visitOption(OptionType type);

        R visitResult(ResultType type);

        R visitMap(MapType type);

        R visitOwn(OwnType type);

        R visitBorrow(BorrowType type);

        R visitFuture(FutureType type);

        R visitStream(StreamType type);
    }
}

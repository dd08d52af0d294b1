package dev.airlock.abi.form;

import dev.airlock.mapping.BlockForm;
import dev.airlock.shape.ScalarForm;
import dev.airlock.type.ListType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.ValType;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type of WIT, and how Java takes its values apart and makes them. Planners work by it. There is one kind for each
 * way to cross. {@link JavaForms} makes forms for Java types, {@link ValueForms} for values that know their type.
 */
public sealed interface Form {
    ValType type();

    /** Returns the type that holds a value: a primitive type or a class. */
    Class<?> javaType();

    <R> R accept(Visitor<R> visitor);

    /** One core number. */
    record Scalar(PrimitiveType type, ScalarForm form, Class<?> javaType) implements Form {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitScalar(this);
        }
    }

    /**
     * One i32 that Java has an object for: an enum, flags.
     *
     * @param number {@code (J) -> int}
     * @param object {@code (int) -> J}, for numbers in range
     * @param cases of an enum; 0 for flags
     * @param bits the valid bits of flags
     * @param width bytes in memory
     */
    record Coded(
            ValType type, Class<?> javaType, MethodHandle number, MethodHandle object, int cases, int bits, int width)
            implements Form {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCoded(this);
        }
    }

    /** A {@link String}. */
    record Text() implements Form {
        @Override
        public ValType type() {
            return PrimitiveType.STRING;
        }

        @Override
        public Class<?> javaType() {
            return String.class;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitText(this);
        }
    }

    /**
     * A list whose elements are copied all at once.
     *
     * @param form the elements in memory
     */
    record Array(ListType type, Elements form, Class<?> javaType) implements Form {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitArray(this);
        }
    }

    /** The elements of an array. */
    enum Elements {
        BYTES(BlockForm.BYTES),
        SHORTS(BlockForm.SHORTS),
        INTS(BlockForm.INTS),
        LONGS(BlockForm.LONGS),
        /** All NaNs are made one as they come out. */
        FLOATS(BlockForm.FLOATS),
        /** All NaNs are made one as they come out. */
        DOUBLES(BlockForm.DOUBLES),
        /** One byte for each element. */
        BOOLS(BlockForm.BYTES),
        /** Code points, checked. */
        CHARS(BlockForm.INTS);

        private final BlockForm block;

        Elements(BlockForm block) {
            this.block = block;
        }

        public int width() {
            return block.width();
        }

        /** Returns the array type that holds the elements between two steps. */
        public Class<?> held() {
            return block.javaType();
        }
    }

    /**
     * A list, or the pairs of a map, one by one.
     *
     * @param length of a list of fixed length; else -1
     * @param parts {@code (J) -> Object[]}
     * @param make {@code (Object[]) -> J}, which takes the array over
     * @param element in the arrays, boxed if it is a number
     */
    record Sequence(ValType type, Class<?> javaType, int length, MethodHandle parts, MethodHandle make, Form element)
            implements Form {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSequence(this);
        }
    }

    /**
     * A record or a tuple.
     *
     * @param make takes the parts, or an {@code Object[]} of them
     */
    record Product(ValType type, Class<?> javaType, List<Part> parts, MethodHandle make) implements Form {
        public Product {
            parts = List.copyOf(parts);
        }

        public List<ValType> types() {
            return parts.stream().map(part -> part.form().type()).toList();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitProduct(this);
        }
    }

    /**
     * A part of a product.
     *
     * @param get {@code (J) -> part}
     */
    record Part(String name, MethodHandle get, Form form) {}

    /**
     * One of several: a variant, option or result.
     *
     * @param number {@code (J) -> int} or {@code (J, String name) -> int}: the case of a value
     * @param nullable whether null is a value
     */
    record Sum(ValType type, Class<?> javaType, MethodHandle number, boolean nullable, List<Case> cases)
            implements Form {
        public Sum {
            cases = List.copyOf(cases);
        }

        public List<ValType> payloads() {
            return cases.stream()
                    .map(Case::payload)
                    .filter(java.util.Objects::nonNull)
                    .<ValType>map(Form::type)
                    .toList();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSum(this);
        }
    }

    /**
     * A case of a sum.
     *
     * @param payload null if it has none
     * @param get {@code (J) -> payload}; null if it has none
     * @param make {@code (payload) -> J}, or {@code () -> J}
     */
    record Case(
            String name, @Nullable Form payload, @Nullable MethodHandle get, MethodHandle make) {}

    /** A resource. */
    record Handle(ValType type, Class<?> javaType) implements Form {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitHandle(this);
        }
    }

    /**
     * A value that Java holds in another type.
     *
     * @param inner the form that crosses
     * @param unwrap {@code (J) -> inner} or {@code (J, String name) -> inner}
     * @param wrap {@code (inner) -> J}
     */
    record Wrapped(Class<?> javaType, Form inner, MethodHandle unwrap, MethodHandle wrap) implements Form {
        @Override
        public ValType type() {
            return inner.type();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitWrapped(this);
        }
    }

    /** Handles a form by its kind. */
    interface Visitor<R> {
        R visitScalar(Scalar form);

        R visitCoded(Coded form);

        R visitText(Text form);

        R visitArray(Array form);

        R visitSequence(Sequence form);

        R visitProduct(Product form);

        R visitSum(Sum form);

        R visitHandle(Handle form);

        R visitWrapped(Wrapped form);
    }
}

package dev.airlock.engine;

import dev.airlock.engine.gc.ArrayCreation;
import dev.airlock.engine.gc.ArrayObject;
import dev.airlock.engine.gc.StructShape;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.engine.validate.DefinedTypes;
import dev.airlock.error.SignatureException;
import dev.airlock.type.ConcreteType;
import java.lang.reflect.Array;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reference to an array (core specification, section 4.2.15): see {@link StructRef} on how long it lives.
 *
 * <pre>{@code
 * byte[] utf8 = array.copy(byte[].class); // of (array i8)
 * ArrayRef made = ArrayRef.of(instance, array.heapType(), new byte[] {1, 2, 3});
 * }</pre>
 */
public final class ArrayRef extends Ref {
    private final ArrayObject array;

    ArrayRef(ArrayObject array) {
        this.array = array;
    }

    /**
     * Returns a type of arrays that is final and has no supertype, as {@code (type (array …))} defines it in a module. It is the
     * same type as any that a module defines with this element alone.
     *
     * @param element the type of the elements
     * @return the type
     */
    public static ConcreteType typeOf(dev.airlock.type.FieldType element) {
        return new GuestType(DefinedTypes.array(ApiTypes.field(element)));
    }

    /**
     * Makes an array.
     *
     * @param owner the instance whose limits it counts for
     * @param type its type
     * @param elements a Java array of the elements, which are copied: {@code byte[]} for i8, {@code short[]} for i16, {@code
     *     int[]}, {@code long[]}, {@code float[]}, {@code double[]} for numbers, {@code Object[]} for vectors and references
     * @return the reference
     * @throws SignatureException if the type is none of arrays, or the elements do not fit
     * @throws dev.airlock.error.LimitException if the instance keeps too much
     */
    public static ArrayRef of(Instance owner, ConcreteType type, Object elements) {
        GuestType guest = GuestType.of(type, ConcreteType.Kind.ARRAY);
        FieldType element = guest.defined().first()[0];
        char kind = StructShape.kind(element.code());
        if (!javaArray(kind).isInstance(elements)) {
            throw new SignatureException("the elements of " + type + " are given as "
                    + javaArray(kind).getSimpleName() + ", not "
                    + elements.getClass().getSimpleName());
        }
        int length = Array.getLength(elements);
        var made = new ArrayRef(ArrayCreation.blank(
                kind, length, guest.defined(), owner.compartment().allowance().collected()));
        if (elements instanceof Object[] values) {
            for (int i = 0; i < length; i++) {
                made.put(i, values[i]);
            }
        } else {
            System.arraycopy(elements, 0, made.array.elements(), 0, length);
        }
        return made;
    }

    private static Class<?> javaArray(char kind) {
        return switch (kind) {
            case 'B' -> byte[].class;
            case 'S' -> short[].class;
            case 'I' -> int[].class;
            case 'J' -> long[].class;
            case 'F' -> float[].class;
            case 'D' -> double[].class;
            default -> Object[].class;
        };
    }

    /** {@return its type} */
    @Override
    public ConcreteType heapType() {
        return new GuestType(array.type);
    }

    /** {@return how many elements it has} */
    public int length() {
        return array.length();
    }

    /**
     * Returns an element.
     *
     * @param index the element, from 0
     * @return its value, as {@link Func#invoke} returns it; a packed integer with its sign
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public @Nullable Object get(int index) {
        Objects.checkIndex(index, length());
        FieldType type = element();
        if (array instanceof ArrayObject.References references) {
            return BoxedValues.toHost(references.a[index], type);
        }
        long high = array instanceof ArrayObject.Vectors vectors ? vectors.high(index) : 0;
        return BoxedValues.box(type, array.number(index), high);
    }

    /**
     * Sets an element.
     *
     * @param index the element, from 0
     * @param value its value, as {@link Func#invoke} takes it; of a packed integer, the lower bits count
     * @throws IndexOutOfBoundsException if there is no such element
     * @throws SignatureException if the elements cannot be set, or have another type
     */
    public void set(int index, @Nullable Object value) {
        if (!element().mutable()) {
            throw new SignatureException("the elements cannot be set: they are not mutable: " + heapType());
        }
        put(Objects.checkIndex(index, length()), value);
    }

    private void put(int index, @Nullable Object value) {
        String place = "element " + index + " of an array";
        if (array instanceof ArrayObject.References references) {
            references.a[index] = BoxedValues.toGuest(value, element(), place);
            return;
        }
        array.setNumber(index, BoxedValues.low(value, element(), place));
        if (array instanceof ArrayObject.Vectors vectors) {
            vectors.setHigh(index, BoxedValues.high(value));
        }
    }

    /**
     * Returns a copy of the elements of an array of numbers.
     *
     * @param <T> the type of the Java array
     * @param javaArray {@code byte[].class} for i8, {@code short[].class} for i16, and so on
     * @return a new array
     * @throws SignatureException if the elements are stored another way
     */
    public <T> T copy(Class<T> javaArray) {
        Object elements = array.elements();
        if (!javaArray.isInstance(elements)
                || array instanceof ArrayObject.Vectors
                || array instanceof ArrayObject.References) {
            throw new SignatureException("the elements of " + heapType() + " are no " + javaArray.getSimpleName());
        }
        Object copy = Array.newInstance(elements.getClass().getComponentType(), length());
        System.arraycopy(elements, 0, copy, 0, length());
        return javaArray.cast(copy);
    }

    private FieldType element() {
        return array.type.first()[0];
    }

    @Override
    Object raw() {
        return array;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ArrayRef reference && reference.array == array;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(array);
    }

    /** Returns the type in the text format, and the length. */
    @Override
    public String toString() {
        return heapType().text() + " of length " + length();
    }
}

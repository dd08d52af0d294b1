package dev.airlock.engine;

import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.runtime.TableInstance;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.LimitException;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Allowance;
import dev.airlock.type.CoreValType;
import dev.airlock.type.TableType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of references in a guest: of functions, of host objects, or of what a guest makes (core specification, section 4.2.8).
 *
 * <p>Indices count elements from 0; one outside is an {@link IndexOutOfBoundsException}.
 */
public final class Table {
    private final TableInstance instance;

    Table(TableInstance instance) {
        this.instance = instance;
    }

    /**
     * Creates a host table, all its elements null.
     *
     * @param element a type of references that may be null
     * @param minimum its size, in elements
     * @param maximum how far it may grow, or {@link TableType#NO_MAXIMUM}
     * @return a host table, all its elements null
     */
    public static Table create(CoreValType element, int minimum, long maximum) {
        if (!element.isReference() || !element.isNullable()) {
            throw new SignatureException("a table of the host holds references that may be null, not " + element);
        }
        if (minimum < 0 || minimum > maximum) {
            throw new IllegalArgumentException("a table of " + Integer.toUnsignedString(minimum)
                    + " elements cannot have a maximum of " + maximum);
        }
        return new Table(new TableInstance(
                ApiTypes.field(element, false),
                minimum,
                maximum == TableType.NO_MAXIMUM ? TableInstance.NO_MAXIMUM : maximum,
                false,
                null,
                Allowance.ofHost()));
    }

    /**
     * Returns the type: the elements, the current size, and the largest size.
     *
     * @return the type with the current size as its minimum
     */
    public TableType type() {
        return new TableType(ApiTypes.of(element()), size(), maximum(), is64());
    }

    /** {@return how many elements it has now} */
    public int size() {
        return instance.size();
    }

    /**
     * Returns the function at an index.
     *
     * @param index the index, unsigned
     * @return the function; null if the element is null
     */
    public @Nullable Func get(int index) {
        checkElement(CoreValType.FUNCREF);
        FuncRef function = (FuncRef) instance.get(Objects.checkIndex(index, size()));
        return function == null ? null : Func.of(function);
    }

    /**
     * Puts a function, or null for none, at an index.
     *
     * @param index the index, unsigned
     * @param function the function; null for none
     */
    public void set(int index, @Nullable Func function) {
        checkElement(CoreValType.FUNCREF);
        Objects.checkIndex(index, size());
        instance.set(index, function == null ? null : function.reference());
    }

    /**
     * Returns the host object at an index of a table of externref.
     *
     * @param index the index, unsigned
     * @return the object; null if the element is null
     */
    public @Nullable Object getExtern(int index) {
        checkElement(CoreValType.EXTERNREF);
        return getElement(index);
    }

    /**
     * Puts a host object, or null, at an index of a table of externref.
     *
     * @param index the index, unsigned
     * @param value the object, or null
     */
    public void setExtern(int index, @Nullable Object value) {
        checkElement(CoreValType.EXTERNREF);
        setElement(index, value);
    }

    /**
     * Returns the element at an index of a table of any type.
     *
     * @param index the index, unsigned
     * @return the element, as {@link Func#invoke} returns it
     */
    public @Nullable Object getElement(int index) {
        return BoxedValues.toHost(instance.get(Objects.checkIndex(index, size())), element());
    }

    /**
     * Puts a reference at an index of a table of any type.
     *
     * @param index the index, unsigned
     * @param value the reference, as {@link Func#invoke} takes it
     * @throws SignatureException if it does not have the type of the elements
     */
    public void setElement(int index, @Nullable Object value) {
        Objects.checkIndex(index, size());
        instance.set(index, BoxedValues.toGuest(value, element(), "element " + index + " of a table"));
    }

    /**
     * Grows by a number of null elements.
     *
     * @param elements how many elements to add
     * @return the size before
     * @throws SignatureException if the elements cannot be null
     * @throws LimitException if the table's maximum forbids it, or the limits of the guest that has made it
     */
    public int grow(int elements) {
        if (elements < 0) {
            throw new IllegalArgumentException("a table does not shrink: " + elements);
        }
        if (!type().element().isNullable()) {
            throw new SignatureException("a table of " + type().element() + " has no null elements");
        }
        long wanted = (long) size() + elements;
        if (wanted > maximum()) {
            throw new LimitException("table elements", maximum(), wanted);
        }
        int before = size();
        if (instance.grow(elements, null) < 0) {
            throw new LimitException(LimitException.Kind.TABLE, "elements of tables", before, wanted);
        }
        return before;
    }

    private void checkElement(CoreValType wanted) {
        CoreValType held = ApiTypes.of(element());
        if (held != wanted) {
            throw new SignatureException("this table holds " + held + ", not " + wanted);
        }
    }

    TableInstance instance() {
        return instance;
    }

    /** Returns the type of the elements as modules compare it. */
    FieldType element() {
        return instance.element();
    }

    private long maximum() {
        return instance.maximum() < 0 ? TableType.NO_MAXIMUM : instance.maximum();
    }

    /** Returns the maximum that the table declares, unsigned; -1 for none. */
    long declaredMaximum() {
        return instance.maximum();
    }

    boolean is64() {
        return instance.is64();
    }

    @Override
    public String toString() {
        return type().toString();
    }
}

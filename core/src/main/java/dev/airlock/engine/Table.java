package dev.airlock.engine;

import dev.airlock.engine.code.EndiveTypes;
import dev.airlock.error.LimitException;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Allowance;
import dev.airlock.type.CoreValType;
import dev.airlock.type.TableType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.Value;

/**
 * A table of functions, or of host objects, in a guest (core specification, section 4.2.8).
 *
 * <p>Indices count elements from 0; one outside is an {@link IndexOutOfBoundsException}.
 */
public final class Table {
    private final TableInstance endive;

    Table(TableInstance endive) {
        this.endive = endive;
    }

    /**
     * Creates a host table, all its elements null.
     *
     * @param element {@link CoreValType#FUNCREF} or {@link CoreValType#EXTERNREF}
     * @param minimum its size, in elements
     * @param maximum how far it may grow, or {@link TableType#NO_MAXIMUM}
     * @return a host table, all its elements null
     */
    public static Table create(CoreValType element, int minimum, long maximum) {
        if (element != CoreValType.FUNCREF && element != CoreValType.EXTERNREF) {
            throw new SignatureException("a table holds funcref or externref, not " + element);
        }
        if (minimum < 0 || minimum > Math.min(maximum, TableLimits.LIMIT_MAX)) {
            throw new IllegalArgumentException("a table of " + Integer.toUnsignedString(minimum)
                    + " elements cannot have a maximum of " + Math.min(maximum, TableLimits.LIMIT_MAX));
        }
        var type = new run.endive.wasm.types.Table(
                EndiveTypes.toEndive(element), new TableLimits(minimum, Math.min(maximum, TableLimits.LIMIT_MAX)));
        return new Table(new GuestTable(type, Value.REF_NULL_VALUE, Allowance.ofHost()));
    }

    /**
     * Returns the type: the elements, the current size, and the largest size.
     *
     * @return the type with the current size as its minimum
     */
    public TableType type() {
        return EndiveTypes.of(endive.elementType(), endive.limits());
    }

    /** {@return how many elements it has now} */
    public int size() {
        return endive.size();
    }

    /**
     * Returns the function at an index.
     *
     * @param index the index, unsigned
     * @return the function; null if the element is null
     */
    public @Nullable Func get(int index) {
        checkElement(CoreValType.FUNCREF);
        int function = endive.ref(Objects.checkIndex(index, size()));
        if (function == Value.REF_NULL_VALUE) {
            return null;
        }
        Instance owner = GuestMachine.owner(endive.instance(index));
        Module module = owner.module();
        return new Func(owner, function, module.functionName(function), module.functionType(function));
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
        if (function == null) {
            endive.setRef(index, Value.REF_NULL_VALUE, null);
        } else {
            endive.setRef(index, function.index(), function.instance().endive());
        }
    }

    /**
     * Returns the host object at an index of a table of externref.
     *
     * @param index the index, unsigned
     * @return the object; null if the element is null
     */
    public @Nullable Object getExtern(int index) {
        checkElement(CoreValType.EXTERNREF);
        return endive.objRef(Objects.checkIndex(index, size()));
    }

    /**
     * Puts a host object, or null, at an index of a table of externref.
     *
     * @param index the index, unsigned
     * @param value the object, or null
     */
    public void setExtern(int index, @Nullable Object value) {
        checkElement(CoreValType.EXTERNREF);
        endive.setObjRef(Objects.checkIndex(index, size()), value, null);
    }

    /**
     * Grows by a number of null elements.
     *
     * @param elements how many elements to add
     * @return the size before
     * @throws LimitException if the table's maximum forbids it, or the limits of the guest that has made it
     */
    public int grow(int elements) {
        if (elements < 0) {
            throw new IllegalArgumentException("a table does not shrink: " + elements);
        }
        long wanted = (long) size() + elements;
        if (wanted > endive.limits().max()) {
            throw new LimitException("table elements", endive.limits().max(), wanted);
        }
        int before = endive.grow(elements, Value.REF_NULL_VALUE, null);
        if (before < 0) {
            throw new LimitException(LimitException.Kind.TABLE, "elements of tables", size(), wanted);
        }
        return before;
    }

    private void checkElement(CoreValType wanted) {
        CoreValType element = EndiveTypes.of(endive.elementType());
        if (element != wanted) {
            throw new SignatureException("this table holds " + element + ", not " + wanted);
        }
    }

    TableInstance endive() {
        return endive;
    }

    @Override
    public String toString() {
        return type().toString();
    }
}

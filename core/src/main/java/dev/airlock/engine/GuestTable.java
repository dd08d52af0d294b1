package dev.airlock.engine;

import dev.airlock.engine.code.EndiveTypes;
import dev.airlock.error.InstanceStateException;
import dev.airlock.limit.Allowance;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.ValType;
import run.endive.wasm.types.Value;

/**
 * A table that can be captured, and taken back to what it was then, its size too, which Endive's own only ever grows. It
 * grows within an allowance, and the instructions that write many elements can be interrupted.
 */
final class GuestTable extends TableInstance {
    private static final int WRITES_BETWEEN_CHECKS = 1 << 16;
    private static final int OPEN = -1;
    private static final int[] NOTHING = {};
    private static final Instance[] NO_OWNERS = {};

    private final Allowance allowance;
    private final ValType element;
    private final boolean ofObjects;
    private final boolean shared;
    private final long maximum;
    private TableLimits limits;
    private int[] functions;
    private @Nullable Instance[] owners;
    private @Nullable Object[] objects;
    private int writes;

    /**
     * What it holds as long as nothing is written to it, with {@link #functions} being its array, shared with all tables that
     * were made of it, and no other array here: a pool may have many tables with thousands of elements each, and few are ever
     * written. Null where the arrays are its own.
     */
    private @Nullable Content start;

    /** Whose functions they are, by the numbers that {@link #start} has for them. */
    private Instance[] members = {};

    /**
     * @param type its limits are read and not kept: Endive writes growth into the limits that a table has
     * @param initialValue the function that each element starts with, or Endive's null
     * @param allowance what its elements are taken from
     * @throws dev.airlock.error.LimitException if the allowance has not so many
     */
    GuestTable(Table type, int initialValue, Allowance allowance) {
        this(allowance, type, type.limits().min());
        functions = new int[(int) limits.min()];
        Arrays.fill(functions, initialValue);
        owners = new Instance[functions.length];
        objects = new Object[ofObjects ? functions.length : 0];
    }

    /** One that starts with this, as soon as {@link #restore} says who its members are. */
    private GuestTable(Table type, Content start, Allowance allowance) {
        this(allowance, type, start.functions().length);
        share(start);
    }

    private GuestTable(Allowance allowance, Table type, long size) {
        super(new Table(type.elementType(), new TableLimits(0, type.limits().max())), Value.REF_NULL_VALUE);
        allowance.takeTable(size);
        this.allowance = allowance;
        element = type.elementType();
        ofObjects = element.isObjectRef();
        shared = type.limits().shared();
        maximum = type.limits().max();
        limits = limits(size);
        functions = NOTHING;
        owners = NO_OWNERS;
        objects = NO_OWNERS;
    }

    private TableLimits limits(long size) {
        return new TableLimits(size, maximum, shared);
    }

    /**
     * What a table held: functions by number.
     *
     * @param owners by number whose function each is; {@link #OPEN} where the element does not say, as Endive leaves that open
     *     for some
     */
    record Content(int[] functions, int[] owners) {
        /** A table that starts with it, as soon as {@link #restore} says who its members are. */
        GuestTable newTable(Table type, Allowance allowance) {
            return new GuestTable(type, this, allowance);
        }

        @Nullable
        Instance owner(int index, Instance[] members) {
            int number = owners[index];
            return number == OPEN ? null : members[number];
        }
    }

    /**
     * What it holds now.
     *
     * @param members the instances whose functions it may hold, and their numbers
     * @param name of the instance that it is of, for errors
     * @throws InstanceStateException if it holds what is not theirs
     */
    Content capture(Map<Instance, Integer> members, String name) {
        int[] numbers = new int[functions.length];
        @Nullable Instance last = null;
        int number = OPEN;
        for (int i = 0; i < functions.length; i++) {
            boolean isNull = functions[i] == Value.REF_NULL_VALUE;
            if (objRef(i) != null) {
                throw Snapshot.refusal(name, "a table holds a reference to a host object, at index " + i);
            }
            if (!isNull && EndiveTypes.isException(element)) {
                throw Snapshot.refusal(name, "a table holds an exception, at index " + i);
            }
            Instance owner = instance(i);
            if (owner != last) {
                last = owner;
                number = owner == null ? OPEN : members.getOrDefault(owner, OPEN);
            }
            if (!isNull && owner != null && number == OPEN) {
                throw Snapshot.refusal(name, "a table holds a function of another instance, at index " + i);
            }
            numbers[i] = number;
        }
        return new Content(functions.clone(), numbers);
    }

    /**
     * Sets it to the captured contents of a table of the same module.
     *
     * @param members by their numbers
     */
    void restore(Content content, Instance[] members) {
        if (start != content) {
            int size = content.functions().length;
            if (size > functions.length) {
                allowance.takeTable(size - functions.length);
            } else {
                allowance.returnTable(functions.length - size);
            }
            limits = limits(size);
            share(content);
        }
        if (this.members != members) {
            this.members = members;
        }
    }

    private void share(Content content) {
        start = content;
        functions = content.functions();
        owners = NO_OWNERS;
        objects = NO_OWNERS;
    }

    /** Before anything is written. */
    private void own() {
        Content from = start;
        if (from != null) {
            @Nullable Instance[] copies = new Instance[functions.length];
            Arrays.setAll(copies, i -> from.owner(i, members));
            owners = copies;
            objects = new Object[ofObjects ? functions.length : 0];
            functions = functions.clone();
            start = null;
        }
    }

    @Override
    public int size() {
        return functions.length;
    }

    @Override
    public ValType elementType() {
        return element;
    }

    @Override
    public TableLimits limits() {
        return limits;
    }

    @Override
    public int grow(int delta, int value, @Nullable Instance instance) {
        return grow(delta, value, null, instance);
    }

    @Override
    public int growWithRef(int delta, @Nullable Object value, @Nullable Instance instance) {
        return grow(delta, Value.REF_NULL_VALUE, value, instance);
    }

    private int grow(int delta, int function, @Nullable Object object, @Nullable Instance owner) {
        int before = functions.length;
        long after = (long) before + delta;
        if (delta < 0 || after > maximum || !allowance.growTable(delta)) {
            return -1;
        }
        own();
        functions = Arrays.copyOf(functions, (int) after);
        Arrays.fill(functions, before, (int) after, function);
        owners = Arrays.copyOf(owners, (int) after);
        Arrays.fill(owners, before, (int) after, owner);
        if (ofObjects) {
            objects = Arrays.copyOf(objects, (int) after);
            Arrays.fill(objects, before, (int) after, object);
        }
        limits.grow(delta);
        return before;
    }

    @Override
    public int ref(int index) {
        if (index < 0 || index >= functions.length) {
            throw new WasmEngineException("undefined element");
        }
        return functions[index];
    }

    @Override
    public int requiredRef(int index) {
        int function = ref(index);
        if (function == Value.REF_NULL_VALUE) {
            throw new WasmEngineException("uninitialized element " + index);
        }
        return function;
    }

    @Override
    public @Nullable Object objRef(int index) {
        if (index < 0 || index >= functions.length) {
            throw new WasmEngineException("out of bounds table access");
        }
        return ofObjects && start == null ? objects[index] : null;
    }

    @Override
    public void setRef(int index, int value, @Nullable Instance instance) {
        checkIndex(index);
        own();
        functions[index] = value;
        owners[index] = instance;
        countWrite();
    }

    @Override
    public void setObjRef(int index, @Nullable Object value, @Nullable Instance instance) {
        checkIndex(index);
        own();
        if (ofObjects) {
            objects[index] = value;
        }
        functions[index] = value == null ? Value.REF_NULL_VALUE : 0;
        owners[index] = instance;
        countWrite();
    }

    /** All instructions that write many elements come here for each: table.fill, table.copy, table.init. */
    private void countWrite() {
        if (++writes % WRITES_BETWEEN_CHECKS == 0 && Thread.currentThread().isInterrupted()) {
            throw new WasmInterruptedException("interrupted in a table instruction");
        }
    }

    private void checkIndex(int index) {
        if (index < 0 || index >= functions.length) {
            throw new UninstantiableException("out of bounds table access");
        }
    }

    @Override
    public @Nullable Instance instance(int index) {
        Content same = start;
        return same == null ? owners[index] : same.owner(index, members);
    }

    @Override
    public void reset() {
        own();
        Arrays.fill(functions, Value.REF_NULL_VALUE);
        Arrays.fill(objects, null);
    }
}

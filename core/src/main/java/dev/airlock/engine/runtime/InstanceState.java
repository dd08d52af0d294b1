package dev.airlock.engine.runtime;

import dev.airlock.engine.validate.DefinedType;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.CollectedHeap;
import dev.airlock.memory.linear.GuestTrap;
import dev.airlock.memory.linear.LinearMemory;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance as generated code sees it (core specification, section 4.2.5, module instances). The compiler makes
 * one subclass for each module, with typed fields for what code uses most; {@link #bound} fills them from the arrays here.
 */
@SuppressWarnings("NullAway.Init") // Generated classes have one constructor, and the instantiator sets everything.
public abstract class InstanceState {
    static final byte[] NO_DATA = {};

    private static final FuncRef[] NONE = {};

    /** The instance that this is the state of. */
    public InstanceOwner instance;

    public Spill spill;

    /** The types of the module, by index. */
    public DefinedType[] types;

    /** Counts the structs, arrays and exceptions that the instance makes. */
    public CollectedHeap collected;

    /** Imported functions by index. */
    public FuncRef[] functions;

    public LinearMemory[] memories;

    public TableInstance[] tables;

    /** The cells of globals that {@link GlobalCells} says, by index; null for those in typed fields. */
    public @Nullable GlobalInstance[] globals;

    public TagInstance[] tags;

    /** Data segments; empty once dropped, as active ones are from the start. */
    public byte[][] data;

    /** Element segments; {@link ElementSegment#DROPPED} once dropped. */
    public ElementSegment[] elements;

    ValidModule module;
    FunctionSlots slots;

    /** References to own functions by slot, made when first needed. */
    private @Nullable FuncRef[] references = NONE;

    /** The tail call that the caller of the function that has just returned has to make: the function's index plus one, or 0. */
    public int pendingCall;

    /** The last function of another instance that a tail call named. */
    public @Nullable Object pendingReference;

    /** The slot that {@code call_indirect} is on its way to, where a type has many functions. */
    public int calledSlot;

    /** Returns the pending call, which is pending no longer. */
    public final int takePending() {
        int taken = pendingCall;
        pendingCall = 0;
        return taken;
    }

    /**
     * Notes the function of a tail call.
     *
     * @return false if it is one of another instance or of the host, which is called at once
     */
    public final boolean pend(@Nullable Object function) {
        if (!(function instanceof FuncRef callee)) {
            throw new GuestTrap(TrapCode.NULL_REFERENCE, "null function reference");
        }
        if (callee.owner == this && callee.slot != 0) {
            pendingCall = callee.index + 1;
            return true;
        }
        pendingReference = callee;
        return false;
    }

    /** Called once, when all arrays are set, before any code runs. */
    public abstract void bound();

    /** Returns whether the code relies on the array of the module's own first memory to be exactly as long as the memory. */
    public boolean needsExactMemory() {
        return false;
    }

    public final ValidModule module() {
        return module;
    }

    /** Returns the reference to a function. There is one for each that can be referenced, so that references can be compared. */
    public final FuncRef function(int index) {
        if (index < functions.length) {
            return functions[index];
        }
        int slot = slots.of(index);
        return slot == 0 ? new FuncRef(this, 0, index, module.functionType(index)) : functionAt(slot);
    }

    /** Returns the reference to the own function of a slot, which is not 0. */
    public final FuncRef functionAt(int slot) {
        if (references.length == 0) {
            references = new FuncRef[slots.count()];
        }
        FuncRef known = references[slot];
        if (known == null) {
            int index = slots.functionAt(slot);
            DefinedType type = module.functionType(index);
            known = new FuncRef(this, slot, index, type);
            references[slot] = known;
        }
        return known;
    }

    /** {@code data.drop} in generated code. */
    public static void dropData(int segment, InstanceState instance) {
        instance.data[segment] = NO_DATA;
    }

    /** Returns how many items an element segment has; 0 if it was dropped. */
    public final int elementCount(int segment) {
        return elements[segment].length();
    }

    /** Returns an item of an element segment; the index is within it. */
    public final @Nullable Object element(int segment, int index) {
        return elements[segment].get(index, this);
    }

    private GlobalInstance cell(int index) {
        GlobalInstance cell = globals[index];
        if (cell == null) {
            throw new IllegalStateException("global " + index + " is a field");
        }
        return cell;
    }

    /**
     * Returns a global that is a number, as raw bits; of a vector, the low half. Subclasses override this and its kin for globals
     * in typed fields, and leave all others to this class.
     */
    public long globalNumber(int index) {
        return cell(index).number();
    }

    public void setGlobalNumber(int index, long bits) {
        cell(index).setNumber(bits);
    }

    /** Returns the high half of a global that is a vector. */
    public long globalHigh(int index) {
        return ((GlobalInstance.V128) cell(index)).high;
    }

    public void setGlobalHigh(int index, long bits) {
        ((GlobalInstance.V128) cell(index)).high = bits;
    }

    /** Returns a global that is a reference. */
    public @Nullable Object globalRef(int index) {
        return ((GlobalInstance.Ref) cell(index)).value;
    }

    public void setGlobalRef(int index, @Nullable Object value) {
        ((GlobalInstance.Ref) cell(index)).value = value;
    }
}

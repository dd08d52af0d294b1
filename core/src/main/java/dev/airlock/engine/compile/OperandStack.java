package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.Comparisons;
import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.simd.VectorEmitter;
import dev.airlock.engine.simd.VectorForm;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.objectweb.asm.Opcodes;

/**
 * The operand stack of the guest while a method is made: each entry is on the JVM's stack, in a slot, or not loaded yet. An
 * entry that is not loaded costs nothing until an operator needs it, and often folds into that operator.
 *
 * <p>What is on the JVM's stack is there in order. A vector never is, since it takes two values.
 */
final class OperandStack {
    /** On the JVM's stack. */
    static final int JVM = 0;

    /** In the slot of its depth and carrier. */
    static final int SLOT = 1;

    /** A constant; its raw bits are the value. */
    static final int CONSTANT = 2;

    /** The value that a local of the JVM has. */
    static final int LOCAL = 3;

    /** The result of a comparison whose operands are on the JVM's stack; the value is a number of {@link Comparisons}. */
    static final int COMPARISON = 4;

    private final JvmCode code;
    private final LocalLayout layout;

    /** The locals of the JVM that are never set after the entry. */
    private final BitSet steady;

    private char[] carriers = new char[16];
    private int[] places = new int[16];
    private long[] values = new long[16];
    private long[] highs = new long[16];
    private int size;

    /** The depths of the entries on the JVM's stack, top last. */
    private int[] onJvm = new int[16];

    private int onJvmCount;

    /** Below this depth nothing is loaded before it is used: labels may lie between. */
    private int boundary;

    /** Below this depth no entry is a local that may change, or has to be loaded before something is pushed. */
    private int settled;

    OperandStack(JvmCode code, LocalLayout layout, BitSet steady) {
        this.code = code;
        this.layout = layout;
        this.steady = steady;
    }

    int size() {
        return size;
    }

    char carrier(int depth) {
        return carriers[depth];
    }

    int place(int depth) {
        return places[depth];
    }

    long value(int depth) {
        return values[depth];
    }

    long high(int depth) {
        return highs[depth];
    }

    private void push(char carrier, int place, long value) {
        if (size == carriers.length) {
            carriers = Arrays.copyOf(carriers, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            highs = Arrays.copyOf(highs, 2 * size);
        }
        carriers[size] = carrier;
        places[size] = place;
        values[size++] = value;
    }

    void pushConstant(char carrier, long bits) {
        settleComparison();
        push(carrier, CONSTANT, bits);
    }

    void pushVectorConstant(long low, long high) {
        settleComparison();
        push('V', CONSTANT, low);
        highs[size - 1] = high;
    }

    void pushLocal(char carrier, int local) {
        settleComparison();
        push(carrier, LOCAL, local);
    }

    /** What the caller has put on the JVM's stack, after {@link #settleBelow} or {@link #operands}. */
    void pushJvm(char carrier) {
        push(carrier, JVM, 0);
        markOnJvm(size - 1);
    }

    private void markOnJvm(int depth) {
        if (onJvmCount == onJvm.length) {
            onJvm = Arrays.copyOf(onJvm, 2 * onJvmCount);
        }
        onJvm[onJvmCount++] = depth;
        places[depth] = JVM;
    }

    private void cut(int newSize) {
        size = newSize;
        while (onJvmCount > 0 && onJvm[onJvmCount - 1] >= newSize) {
            onJvmCount--;
        }
        boundary = Math.min(boundary, newSize);
        settled = Math.min(settled, newSize);
    }

    void pushComparison(int comparison) {
        push('I', COMPARISON, comparison);
    }

    /** What the caller has put, or will put, into the slot of the depth that this entry gets. */
    void pushSlot(char carrier) {
        push(carrier, SLOT, 0);
        slotOf(size - 1);
    }

    /** Returns the local of an entry's slot. */
    int slotOf(int depth) {
        return layout.slot(depth, carriers[depth]);
    }

    /** Pushes a vector that an operator is about to make of the top entries, and takes those off. Returns its local. */
    int replaceByVector(int operands, VectorForm form) {
        cut(size - operands);
        pushSlot(form.letter());
        return slotOf(size - 1);
    }

    /** Makes sure that an entry is in a local of the JVM, and returns that; none above may be on the JVM's stack. */
    int inLocal(int depth) {
        if (places[depth] == LOCAL) {
            return (int) values[depth];
        }
        if (places[depth] != SLOT) {
            toSlot(depth);
        }
        return slotOf(depth);
    }

    /** Returns the local of an entry that is in one. */
    int localOf(int depth) {
        return places[depth] == LOCAL ? (int) values[depth] : slotOf(depth);
    }

    /** Has a vector lie in locals; a constant, in the slot of its depth and this form. Returns its form. */
    VectorForm placeVector(int depth, VectorForm form) {
        if (places[depth] == CONSTANT) {
            carriers[depth] = form.letter();
            VectorEmitter.constant(code, values[depth], highs[depth], form, slotOf(depth));
            places[depth] = SLOT;
        }
        return vectorForm(depth);
    }

    private VectorForm vectorForm(int depth) {
        return Objects.requireNonNull(VectorForm.of(carriers[depth]));
    }

    /** Copies the vector on top into locals, and takes it off. */
    void popVector(VectorForm form, int local) {
        int top = size - 1;
        if (places[top] == CONSTANT) {
            VectorEmitter.constant(code, values[top], highs[top], form, local);
        } else {
            VectorEmitter.copy(code, vectorForm(top), localOf(top), form, local);
        }
        drop(1);
    }

    /** Forgets entries; those on the JVM's stack are the caller's to pop. */
    void drop(int count) {
        cut(size - count);
    }

    /** Takes the stack back to the height of a label, with these carriers in slots above it. */
    void reset(int height, String inSlots) {
        cut(height);
        onJvmCount = 0;
        for (int i = 0; i < inSlots.length(); i++) {
            pushSlot(inSlots.charAt(i));
        }
        boundary = size;
        settled = size;
    }

    /** Turns a comparison on top into a number on the JVM's stack. */
    void settleComparison() {
        if (size > 0 && places[size - 1] == COMPARISON) {
            Comparisons.toNumber(code, (int) values[size - 1]);
            markOnJvm(size - 1);
        }
    }

    /** Loads what is not loaded below a depth, if the JVM's stack is right for it: before something is pushed there. */
    void settleBelow(int end) {
        settleComparison();
        for (int i = Math.max(settled, topOnJvm() + 1); i < end; i++) {
            if (VectorForm.of(carriers[i]) == null && places[i] != SLOT && i >= boundary) {
                load(i);
                markOnJvm(i);
            } else if (places[i] == LOCAL && !steady.get((int) values[i])) {
                toSlot(i);
            }
        }
        settled = Math.max(settled, end);
    }

    private int topOnJvm() {
        return onJvmCount == 0 ? -1 : onJvm[onJvmCount - 1];
    }

    /** Puts the value of an entry, which is not on the JVM's stack, on the JVM's stack; a vector as two longs. */
    void load(int depth) {
        char carrier = carriers[depth];
        switch (places[depth]) {
            case CONSTANT -> loadConstant(carrier, values[depth], highs[depth]);
            case LOCAL -> loadLocal(carrier, (int) values[depth]);
            case SLOT -> loadLocal(carrier, slotOf(depth));
            default -> throw new IllegalStateException("already loaded");
        }
    }

    private void loadLocal(char carrier, int local) {
        VectorForm form = VectorForm.of(carrier);
        if (form != null) {
            VectorEmitter.pushHalf(code, form, local, 0);
            VectorEmitter.pushHalf(code, form, local, 1);
        } else {
            code.load(carrier, local);
        }
    }

    private void loadConstant(char carrier, long bits, long high) {
        switch (carrier) {
            case 'I' -> code.pushInt((int) bits);
            case 'J' -> code.pushLong(bits);
            case 'F' -> code.pushFloat((int) bits);
            case 'D' -> code.pushDouble(bits);
            case 'V' -> {
                code.pushLong(bits);
                code.pushLong(high);
            }
            default -> code.visitInsn(Opcodes.ACONST_NULL);
        }
    }

    /** Takes the top entries off, with their values on the JVM's stack in order. */
    void operands(int count) {
        settleComparison();
        int first = size - count;
        settleBelow(first);
        int top = topOnJvm();
        boolean inOrder = true;
        for (int i = first; i < top; i++) {
            inOrder &= places[i] == JVM;
        }
        if (!inOrder) {
            for (int i = top; i >= first; i--) {
                if (places[i] == JVM) {
                    toSlot(i);
                }
            }
        }
        for (int i = first; i < size; i++) {
            if (places[i] != JVM) {
                load(i);
            }
        }
        cut(first);
    }

    /** Moves an entry into its slot; if it is on the JVM's stack, it has to be on top there. */
    void toSlot(int depth) {
        if (places[depth] == SLOT) {
            return;
        }
        if (VectorForm.of(carriers[depth]) != null) {
            VectorForm form = placeVector(depth, VectorForm.LONGS);
            if (places[depth] == LOCAL) {
                VectorEmitter.copy(code, form, (int) values[depth], form, slotOf(depth));
            }
        } else {
            if (places[depth] == JVM) {
                onJvmCount--;
            } else {
                load(depth);
            }
            code.store(carriers[depth], slotOf(depth));
        }
        places[depth] = SLOT;
    }

    /** Moves an entry into the slot in which a label expects it: a vector as two longs. */
    private void toLabelSlot(int depth) {
        VectorForm form = VectorForm.of(carriers[depth]);
        if (form == null || form == VectorForm.LONGS) {
            toSlot(depth);
            return;
        }
        int source = localOf(depth);
        carriers[depth] = VectorForm.LONGS.letter();
        VectorEmitter.copy(code, form, source, VectorForm.LONGS, slotOf(depth));
        places[depth] = SLOT;
    }

    /**
     * Empties the JVM's stack into slots, before a label or a handler. Constants and locals that never change may stay as they
     * are, unless the entries from {@code inSlots} on have to be in slots.
     */
    void spill(int inSlots) {
        settleComparison();
        for (int i = size - 1; i >= Math.min(boundary, inSlots); i--) {
            if (i >= inSlots) {
                toLabelSlot(i);
            } else if (changes(i)) {
                toSlot(i);
            }
        }
        boundary = size;
        settled = size;
    }

    /** Before a local is set to the value on top: entries below that are that local have to be loaded first. */
    void beforeSet() {
        settleBelow(size - 1);
    }

    /** Like {@link #spill}, with a value on the JVM's stack that is no entry; no entry may be there. */
    void spillUnderJvm(int inSlots) {
        for (int i = Math.min(boundary, inSlots); i < size; i++) {
            if (i >= inSlots) {
                toLabelSlot(i);
            } else if (changes(i)) {
                toSlot(i);
            }
        }
        boundary = size;
        settled = size;
    }

    /** Whether an entry may lie elsewhere, or have another value, before it is used. */
    private boolean changes(int depth) {
        return places[depth] == JVM || (places[depth] == LOCAL && !steady.get((int) values[depth]));
    }

    /** Whether anything below a depth lies on the JVM's stack. */
    boolean onJvmBelow(int end) {
        return onJvmCount > 0 && onJvm[0] < end;
    }

    /** Not in this method: below what a part of a function can reach. */
    static final int ABSENT = 5;

    /** Pushes entries that belong to another method. */
    void pushAbsent(int count) {
        for (int i = 0; i < count; i++) {
            push(' ', ABSENT, 0);
        }
        settled();
    }

    /** Whether an entry and the next are on the JVM's stack. */
    boolean bothOnJvm(int depth) {
        return places[depth] == JVM && places[depth + 1] == JVM;
    }

    /** Declares that all entries are where they stay. */
    void settled() {
        boundary = size;
        settled = size;
    }

    /** What the stack says at a moment. */
    record Saved(
            int size,
            char[] carriers,
            int[] places,
            long[] values,
            long[] highs,
            int[] onJvm,
            int boundary,
            int settled) {}

    Saved save() {
        return new Saved(
                size,
                Arrays.copyOf(carriers, size),
                Arrays.copyOf(places, size),
                Arrays.copyOf(values, size),
                Arrays.copyOf(highs, size),
                Arrays.copyOf(onJvm, onJvmCount),
                boundary,
                settled);
    }

    /** Takes back what was done since; the caller has seen to the JVM's stack. */
    void restore(Saved saved) {
        size = saved.size();
        System.arraycopy(saved.carriers(), 0, carriers, 0, size);
        System.arraycopy(saved.places(), 0, places, 0, size);
        System.arraycopy(saved.values(), 0, values, 0, size);
        System.arraycopy(saved.highs(), 0, highs, 0, size);
        onJvmCount = saved.onJvm().length;
        if (onJvm.length < onJvmCount) {
            onJvm = new int[2 * onJvmCount];
        }
        System.arraycopy(saved.onJvm(), 0, onJvm, 0, onJvmCount);
        boundary = saved.boundary();
        settled = saved.settled();
    }

    /** Forgets entries above a height; none is on the JVM's stack. */
    void cutTo(int height) {
        cut(height);
    }

    /** Notes that the caller has popped the topmost value of the JVM's stack. */
    void forgetJvm() {
        places[onJvm[--onJvmCount]] = ABSENT;
    }

    /** Marks the slots of all entries below a depth alive in a frame. */
    void liveBelow(int end) {
        for (int i = 0; i < end; i++) {
            if (places[i] == SLOT) {
                layout.live(i, carriers[i]);
            }
        }
    }

    /** Returns the frame items of what lies on the JVM's stack below a depth. */
    Object[] jvmItems(int end) {
        int count = 0;
        Object[] items = new Object[end];
        for (int i = 0; i < end; i++) {
            if (places[i] == JVM) {
                items[count++] = switch (carriers[i]) {
                    case 'I' -> Opcodes.INTEGER;
                    case 'J' -> Opcodes.LONG;
                    case 'F' -> Opcodes.FLOAT;
                    case 'D' -> Opcodes.DOUBLE;
                    default -> "java/lang/Object";
                };
            }
        }
        return Arrays.copyOf(items, count);
    }
}

package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.simd.VectorForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Opcodes;

/**
 * Where everything lies among the locals of one JVM method, and the frames that say so to the verifier:
 *
 * <pre>
 * parameters │ instance │ other locals of the guest │ extras │ slots
 * </pre>
 *
 * Everything before the slots is set at the entry and keeps its type, so a frame differs from the one before only in its slots
 * and in what is on the JVM's stack. A slot holds an operand that lies below a label or handler; there is one for each depth
 * of the operand stack and carrier, made when it is first needed.
 */
final class LocalLayout {
    private final JvmCode code;
    private final List<Object> fixed = new ArrayList<>();

    /** The frame items of the slots, in order; what is dead is {@link Opcodes#TOP} in a frame. */
    private final List<Object> slotItems = new ArrayList<>();

    private final List<int[]> slotsByDepth = new ArrayList<>();
    private int next;
    private int firstSlot = -1;

    /** Whether each slot item is alive in the frame that is being made. */
    private boolean[] live = new boolean[16];

    private Object[] lastSlots = {};
    private boolean hasFrame;

    LocalLayout(JvmCode code) {
        this.code = code;
    }

    /**
     * Adds a local that is set at the entry. Returns its index; a vector has two or four of them, the lowest lane first.
     *
     * @param carrier or the letter of a {@link VectorForm}
     */
    int fix(char carrier) {
        int local = next;
        VectorForm form = VectorForm.of(carrier);
        if (form != null) {
            fixed.addAll(form.items());
            next += VectorForm.LOCALS;
            return local;
        }
        return fixAs(item(carrier), carrier);
    }

    int fixAs(Object item, char carrier) {
        int local = next;
        fixed.add(item);
        next += Signature.slots(carrier);
        return local;
    }

    static Object item(char carrier) {
        return switch (carrier) {
            case 'I' -> Opcodes.INTEGER;
            case 'J' -> Opcodes.LONG;
            case 'F' -> Opcodes.FLOAT;
            case 'D' -> Opcodes.DOUBLE;
            default -> "java/lang/Object";
        };
    }

    private static int column(char carrier) {
        return switch (carrier) {
            case 'I' -> 0;
            case 'J' -> 1;
            case 'F' -> 2;
            case 'D' -> 3;
            case 'L' -> 4;
            case 'V' -> 5;
            case 'i' -> 6;
            case 'f' -> 7;
            case 'd' -> 8;
            default -> 9;
        };
    }

    /** Returns the slot of an operand. */
    int slot(int depth, char carrier) {
        while (slotsByDepth.size() <= depth) {
            slotsByDepth.add(new int[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
        }
        int[] row = slotsByDepth.get(depth);
        int column = column(carrier);
        if (row[column] < 0) {
            row[column] = newSlot(carrier);
        }
        return local(row[column]);
    }

    // Two ints a slot: the number of its first item, and its local; kept as one index into these.
    private int[] itemOf = new int[16];
    private int[] localOf = new int[16];
    private int slotCount;

    private int local(int slot) {
        return localOf[slot];
    }

    /** Makes a slot that belongs to no operand: for what is kept for a while. Returns its number for {@link #localOfSlot}. */
    int newSlot(char carrier) {
        if (firstSlot < 0) {
            firstSlot = next;
        }
        if (slotCount == itemOf.length) {
            itemOf = Arrays.copyOf(itemOf, 2 * slotCount);
            localOf = Arrays.copyOf(localOf, 2 * slotCount);
        }
        itemOf[slotCount] = slotItems.size();
        localOf[slotCount] = next;
        VectorForm form = VectorForm.of(carrier);
        if (form != null) {
            slotItems.addAll(form.items());
            next += VectorForm.LOCALS;
        } else {
            slotItems.add(carrier == 'X' ? ModulePlan.EXCEPTION : item(carrier));
            next += carrier == 'X' ? 1 : Signature.slots(carrier);
        }
        return slotCount++;
    }

    int localOfSlot(int slot) {
        return localOf[slot];
    }

    /** Begins a frame in which no slot is alive. */
    void beginFrame() {
        if (live.length < slotItems.size()) {
            live = new boolean[2 * slotItems.size()];
        } else {
            Arrays.fill(live, 0, slotItems.size(), false);
        }
    }

    void live(int depth, char carrier) {
        liveSlot(slotsByDepth.get(depth)[column(carrier)], carrier);
    }

    void liveSlot(int slot, char carrier) {
        live[itemOf[slot]] = true;
        VectorForm form = VectorForm.of(carrier);
        for (int i = 1; form != null && i < form.lanes(); i++) {
            live[itemOf[slot] + i] = true;
        }
    }

    /** Writes the frame, with these items on the JVM's stack. */
    void endFrame(Object[] stack, int stackSize) {
        code.separateFrames();
        Object[] slots = slots();
        if (hasFrame && stackSize <= 1 && Arrays.equals(slots, lastSlots)) {
            code.visitFrame(stackSize == 0 ? Opcodes.F_SAME : Opcodes.F_SAME1, 0, null, stackSize, stack);
        } else if (hasFrame && stackSize == 0 && isShort(slots)) {
            shortFrame(slots);
        } else {
            Object[] all = new Object[fixed.size() + slots.length];
            for (int i = 0; i < fixed.size(); i++) {
                all[i] = fixed.get(i);
            }
            System.arraycopy(slots, 0, all, fixed.size(), slots.length);
            code.visitFrame(Opcodes.F_FULL, all.length, all, stackSize, stack);
        }
        lastSlots = slots;
        hasFrame = true;
    }

    /** Whether it only has up to three items more or fewer than the frame before. */
    private boolean isShort(Object[] slots) {
        int same = Math.min(slots.length, lastSlots.length);
        return slots.length != lastSlots.length
                && Math.abs(slots.length - lastSlots.length) <= 3
                && Arrays.equals(slots, 0, same, lastSlots, 0, same);
    }

    private void shortFrame(Object[] slots) {
        int more = slots.length - lastSlots.length;
        if (more > 0) {
            code.visitFrame(Opcodes.F_APPEND, more, Arrays.copyOfRange(slots, lastSlots.length, slots.length), 0, null);
        } else {
            code.visitFrame(Opcodes.F_CHOP, -more, null, 0, null);
        }
    }

    /** The items of the slots, without the dead ones at the end. A dead long leaves two locals. */
    private Object[] slots() {
        int end = slotItems.size();
        while (end > 0 && !live[end - 1]) {
            end--;
        }
        List<Object> items = new ArrayList<>(end);
        for (int i = 0; i < end; i++) {
            Object item = slotItems.get(i);
            if (live[i]) {
                items.add(item);
            } else {
                items.add(Opcodes.TOP);
                if (item == Opcodes.LONG || item == Opcodes.DOUBLE) {
                    items.add(Opcodes.TOP);
                }
            }
        }
        return items.toArray();
    }
}

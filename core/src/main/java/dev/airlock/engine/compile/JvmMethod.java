package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.simd.VectorEmitter;
import dev.airlock.engine.simd.VectorForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * One JVM method in the making: its code, its locals and the operands of the guest. A function is one such method, or several
 * if it is large.
 */
final class JvmMethod {
    final JvmCode code;
    final LocalLayout layout;
    final OperandStack stack;
    final ModulePlan plan;
    final BodyFacts facts;

    /** The guest's locals that the method has, ascending: a function may have thousands of parts and of locals. */
    private final int[] held;

    /** The JVM locals of these. */
    private final int[] jvmLocals;

    /** Whether the guest's locals are kept elsewhere now, and those of the JVM have them only at the entry. */
    private boolean forgotten;

    /** The local with the instance. */
    final int instance;

    /** The local with the kept locals; -1 if the function passes them. */
    final int kept;

    /** Locals with the array of memory 0, its limit and the memory; -1 if they are not needed. */
    private int bytes = -1;

    private int limit = -1;
    private int memory = -1;

    /** Whether the locals above are what the memory has now. */
    private boolean fresh = true;

    /** A local for an int that is kept for a few instructions. */
    private int scratch = -1;

    private final BitSet steady = new BitSet();

    /** The guest's locals that are parameters of the method, in order. */
    private final int[] parameters;

    /** What the method is a part of; null if it is the function's own. */
    final @Nullable Part part;

    /** The local with where the part is entered that is called next; -1 if all are entered at their start. */
    int entry = -1;

    /** Of a part that may be entered in several places, the local that says where. */
    int enteredAt = -1;

    /** Of a part, the local with what it will return, and where it ends. */
    int result = -1;

    final Label exit = new Label();

    /** What is thrown on past the handlers around, so outside of what they guard: at the end of the method. */
    final List<Rethrow> rethrows = new ArrayList<>();

    /** Of a part: where branches out of it go that have no values to move, and those that come from the parts in it. */
    private final Map<Construct, Label> passing = new LinkedHashMap<>();

    /** Returns where to go for a branch out of this part whose values, if any, are where the outer method finds them. */
    Label passing(Construct target) {
        Label known = passing.get(target);
        if (known == null) {
            known = new Label();
            passing.put(target, known);
            Objects.requireNonNull(part).exit(target);
        }
        return known;
    }

    /** At the end of a part: makes the code of all that was asked for. */
    void finishPassing() {
        passing.forEach((target, label) -> {
            code.visitLabel(label);
            frame();
            code.pushInt(Objects.requireNonNull(part).exit(target));
            code.store('I', result);
            code.visitJumpInsn(Opcodes.GOTO, exit);
        });
    }

    /** @param slot with the exception */
    record Rethrow(Label label, int slot) {}

    /**
     * @param parameters the guest's locals that are parameters of the method, in order
     * @param used the guest's locals that the code needs
     * @param part which part of a function it is; null if it is the function's own
     */
    JvmMethod(JvmCode code, ModulePlan plan, BodyFacts facts, int[] parameters, BitSet used, @Nullable Part part) {
        this.code = code;
        this.plan = plan;
        this.facts = facts;
        this.parameters = parameters;
        this.part = part;
        layout = new LocalLayout(code);
        stack = new OperandStack(code, layout, steady);
        BitSet all = (BitSet) used.clone();
        for (int local : parameters) {
            all.set(local);
        }
        held = all.stream().toArray();
        jvmLocals = new int[held.length];
        Arrays.fill(jvmLocals, -1);
        for (int local : parameters) {
            fixLocal(local);
        }
        int keptLocal = facts.keepsLocals && part != null ? layout.fixAs(ModulePlan.PART_LOCALS, 'L') : -1;
        instance = layout.fixAs(plan.instanceClass(), 'L');
        if (part != null && !part.entries.isEmpty()) {
            enteredAt = layout.fix('I');
        }
        kept = facts.keepsLocals && part == null ? layout.fixAs(ModulePlan.PART_LOCALS, 'L') : keptLocal;
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            if (atEntry(i) < 0) {
                others.set(i);
                fixLocal(i);
            }
        }
        if (facts.usesMemory && plan.isFlat()) {
            bytes = layout.fixAs("[B", 'L');
            if (plan.memoryGrows()) {
                limit = layout.fix('I');
            }
            if (facts.storesMemory) {
                memory = layout.fixAs(ModulePlan.MEMORY, 'L');
            }
        }
        if (part != null) {
            result = layout.fix('I');
        }
        if (!facts.endsIn.isEmpty()) {
            entry = layout.fix('I');
        }
    }

    /** The guest's locals that are no parameters of the method. */
    private final BitSet others = new BitSet();

    private void fixLocal(int index) {
        int made = layout.fix(facts.letter(index));
        jvmLocals[Arrays.binarySearch(held, index)] = made;
        if (!facts.assigned.get(index)) {
            steady.set(made);
        }
    }

    /** Returns the JVM local that has a local of the guest at the entry. */
    int atEntry(int local) {
        return jvmLocals[Arrays.binarySearch(held, local)];
    }

    /** Returns the JVM local of a local of the guest that the method has. */
    int local(int local) {
        if (forgotten) {
            throw new IllegalStateException("local " + local + " is kept elsewhere");
        }
        return atEntry(local);
    }

    /** Sets all that has to be set at the entry, except for parameters, which already are. */
    void prologue() {
        for (int local : parameters) {
            VectorForm form = VectorForm.of(facts.letter(local));
            if (form != null) {
                VectorEmitter.copy(code, VectorForm.LONGS, atEntry(local), form, atEntry(local));
            }
        }
        if (facts.calls && part == null) {
            code.invokeStatic(ModulePlan.NUMBERS, "checkInterrupt", "()V");
        }
        if (part == null) {
            zeroLocals();
        } else {
            others.stream().forEach(local -> PartCode.loadFromSpill(this, local));
            code.pushInt(0);
            code.store('I', result);
        }
        if (entry >= 0) {
            code.pushInt(0);
            code.store('I', entry);
        }
        if (bytes >= 0) {
            readMemory();
        }
    }

    /** Whether the code needs a local of the guest. */
    boolean has(int local) {
        return !forgotten && hasAtEntry(local);
    }

    boolean hasAtEntry(int local) {
        return Arrays.binarySearch(held, local) >= 0;
    }

    /** From now on all locals are used where they are kept, and those of the JVM only at the entry. */
    void forgetLocals() {
        forgotten = true;
    }

    private void readMemory() {
        code.load('L', instance);
        code.getField(plan.instanceClass(), "m0", ModulePlan.MEMORY_TYPE);
        if (memory >= 0) {
            code.visitInsn(Opcodes.DUP);
            code.store('L', memory);
        }
        if (limit >= 0) {
            code.visitInsn(Opcodes.DUP);
            code.getField(ModulePlan.MEMORY, "limit", "I");
            code.store('I', limit);
        }
        code.getField(ModulePlan.MEMORY, "bytes", "[B");
        code.store('L', bytes);
        fresh = true;
    }

    /** Called after anything that may have grown the memory. */
    void memoryMayHaveMoved() {
        if (bytes >= 0 && plan.memoryMoves()) {
            fresh = false;
        }
    }

    /** Before a jump, a label or an access: all code assumes at a label that the locals are right. */
    void refreshMemory() {
        if (!fresh) {
            readMemory();
        }
    }

    /** At the start of a handler, which calls may have jumped to. */
    void readMemoryAgain() {
        if (bytes >= 0 && plan.memoryMoves()) {
            readMemory();
        }
    }

    /** What follows comes from elsewhere, where the locals were right. */
    void assumeFresh() {
        fresh = true;
    }

    void loadInstance() {
        code.load('L', instance);
    }

    void loadBytes() {
        code.load('L', bytes);
    }

    void loadLimit() {
        code.load('I', limit);
    }

    void loadMemory() {
        code.load('L', memory);
    }

    boolean hasLimit() {
        return limit >= 0;
    }

    /** Returns a local for an int that no frame knows. */
    int scratch() {
        if (scratch < 0) {
            scratchSlot = layout.newSlot('I');
            scratch = layout.localOfSlot(scratchSlot);
        }
        return scratch;
    }

    private int vectorScratch = -1;
    private int longScratch = -1;

    /** Returns a local for a vector that no frame knows. */
    int vectorScratch() {
        if (vectorScratch < 0) {
            vectorScratch = layout.localOfSlot(layout.newSlot('V'));
        }
        return vectorScratch;
    }

    /** Returns a local for an address that no frame knows. */
    int addressScratch(char carrier) {
        if (carrier == 'I') {
            return scratch();
        }
        if (longScratch < 0) {
            longScratch = layout.localOfSlot(layout.newSlot('J'));
        }
        return longScratch;
    }

    private int referenceScratch = -1;

    /** Returns a local for a reference that no frame knows. */
    int referenceScratch() {
        if (referenceScratch < 0) {
            referenceScratch = layout.localOfSlot(layout.newSlot('L'));
        }
        return referenceScratch;
    }

    /** Sets the guest's locals that are no parameters of the function to zero. */
    void zeroLocals() {
        // The parameters of a wide function are no parameters of its method.
        others.stream().filter(local -> local >= facts.parameters).forEach(local -> {
            char carrier = facts.letter(local);
            VectorForm form = VectorForm.of(carrier);
            if (form == null) {
                code.pushDefault(carrier);
                code.store(carrier, atEntry(local));
            } else {
                VectorEmitter.constant(code, 0, 0, form, atEntry(local));
            }
        });
    }

    /** Constructs in this method whose exception a handler that is open may need. */
    final List<Construct> handling = new ArrayList<>();

    /** Writes the frame of a label like {@link #frame}, where the scratch local for an int is needed behind it. */
    void frameWithScratch() {
        int slot = scratchSlot;
        layout.beginFrame();
        stack.liveBelow(stack.size());
        for (Construct construct : handling) {
            layout.liveSlot(construct.exceptionSlot, 'X');
        }
        layout.liveSlot(slot, 'I');
        layout.endFrame(new Object[0], 0);
    }

    private int scratchSlot = -1;

    private String owner = "";
    private String name = "";

    /** The class of the method of a part. */
    String owner() {
        return owner;
    }

    String name() {
        return name;
    }

    void called(String givenOwner, String givenName) {
        owner = givenOwner;
        name = givenName;
    }

    /** Writes the frame of a label, at which the operands are as the stack has them now. */
    void frame(Object... onJvm) {
        layout.beginFrame();
        stack.liveBelow(stack.size());
        for (Construct construct : handling) {
            layout.liveSlot(construct.exceptionSlot, 'X');
        }
        layout.endFrame(onJvm, onJvm.length);
    }
}

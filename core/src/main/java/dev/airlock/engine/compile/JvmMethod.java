package dev.airlock.engine.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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

    /** The JVM locals of the guest's locals. */
    final int[] locals;

    /** The local with the instance. */
    final int instance;

    /** Locals with the array of memory 0, its limit and the memory; -1 if they are not needed. */
    private int bytes = -1;

    private int limit = -1;
    private int memory = -1;

    /** The local that counts down the turns of loops. */
    private int countdown = -1;

    /** Whether the locals above are what the memory has now. */
    private boolean fresh = true;

    /** A local for an int that is kept for a few instructions. */
    private int scratch = -1;

    private final BitSet steady = new BitSet();

    /**
     * @param parameters how many of the guest's locals are parameters of the method
     */
    JvmMethod(JvmCode code, ModulePlan plan, BodyFacts facts, int parameters) {
        this.code = code;
        this.plan = plan;
        this.facts = facts;
        layout = new LocalLayout(code);
        stack = new OperandStack(code, layout, steady);
        locals = new int[facts.locals.length];
        for (int i = 0; i < parameters; i++) {
            fixLocal(i);
        }
        instance = layout.fixAs(plan.instanceClass(), 'L');
        for (int i = parameters; i < locals.length; i++) {
            fixLocal(i);
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
        if (facts.loops) {
            countdown = layout.fix('I');
        }
    }

    private void fixLocal(int index) {
        locals[index] = layout.fix(facts.letter(index));
        if (!facts.assigned.get(index)) {
            steady.set(locals[index]);
        }
    }

    /** Sets all that has to be set at the entry, except for parameters. */
    void prologue(int parameters) {
        for (int i = 0; i < parameters; i++) {
            VectorForm form = VectorForm.of(facts.letter(i));
            if (form != null) {
                VectorEmitter.copy(code, VectorForm.LONGS, locals[i], form, locals[i]);
            }
        }
        if (facts.calls) {
            code.invokeStatic(ModulePlan.NUMBERS, "checkInterrupt", "()I");
            if (countdown < 0) {
                code.visitInsn(Opcodes.POP);
            } else {
                code.store('I', countdown);
            }
        } else if (countdown >= 0) {
            code.pushInt(TURNS);
            code.store('I', countdown);
        }
        zeroLocals(parameters);
        if (bytes >= 0) {
            readMemory();
        }
    }

    private static final int TURNS = 1024;

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
        if (bytes >= 0 && plan.memoryGrows()) {
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
        if (bytes >= 0 && plan.memoryGrows()) {
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

    int countdown() {
        return countdown;
    }

    /** Returns a local for an int that no frame knows. */
    int scratch() {
        if (scratch < 0) {
            scratch = layout.localOfSlot(layout.newSlot('I'));
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

    /** Sets the guest's locals that are no parameters to zero. */
    void zeroLocals(int parameters) {
        for (int i = parameters; i < locals.length; i++) {
            char carrier = facts.letter(i);
            VectorForm form = VectorForm.of(carrier);
            if (form == null) {
                code.pushDefault(carrier);
                code.store(carrier, locals[i]);
            } else {
                VectorEmitter.constant(code, 0, 0, form, locals[i]);
            }
        }
    }

    /** Constructs in this method whose exception a handler that is open may need. */
    final List<Construct> handling = new ArrayList<>();

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

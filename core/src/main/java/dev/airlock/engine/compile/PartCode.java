package dev.airlock.engine.compile;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.compile.jvm.MethodShapes;
import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.simd.VectorEmitter;
import dev.airlock.engine.simd.VectorForm;
import java.util.BitSet;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Calls of the parts of a function, from the function or from another part. Locals go in as parameters of the JVM method, and
 * those that do not fit through the spill; all that the part has set comes back through the spill, as do operands, behind them.
 * If there are many locals, passing them costs more than the work of most parts: then they lie in an object of the call. A part
 * without parts keeps copies of those that it uses while it runs; all other code uses them in place.
 *
 * <pre>
 * n: │ locals of the function that are numbers │ operands that are numbers
 * r: │ those that are references               │ those that are references
 * </pre>
 *
 * No other code runs between the one side and the other, so nothing else writes there.
 */
final class PartCode {
    private final FunctionCompiler function;
    private final java.util.ArrayDeque<Open> open = new java.util.ArrayDeque<>();

    /** A part whose method is being made, and where it is called. */
    private record Open(Part part, JvmMethod outer, JvmMethod inner, int height, BitSet parameters, Label from) {}

    PartCode(FunctionCompiler function) {
        this.function = function;
    }

    private BodyFacts facts() {
        return function.facts();
    }

    void begin(Part part) {
        JvmMethod outer = function.method();
        int height = function.control().top().height;
        boolean hasEntries = !part.entries.isEmpty();
        boolean isLive = function.isLive();
        String operands = "";
        if (isLive) {
            operands = spillOperands(outer, height);
            outer.stack.drop(operands.length());
        }
        if (hasEntries) {
            callAtLabel(outer, part, height, isLive);
        }
        BitSet parameters = parameters(part);
        int[] ordered = parameters.stream().toArray();
        StringBuilder descriptor = new StringBuilder("(");
        for (int local : ordered) {
            descriptor.append(Signature.type(ValueTypes.carrier(facts().locals[local])));
        }
        if (facts().keepsLocals) {
            descriptor.append('L').append(ModulePlan.PART_LOCALS).append(';');
        }
        descriptor.append(outer.plan.instanceType()).append(hasEntries ? "I)I" : ")I");
        JvmMethod inner = function.newPart(descriptor.toString(), ordered, held(part), part);
        JvmCode code = inner.code;
        code.visitCode();
        function.enter(inner);
        inner.prologue();
        inner.stack.pushAbsent(height);
        Label from = new Label();
        code.visitLabel(from);
        code.visitInsn(Opcodes.NOP);
        if (hasEntries) {
            chooseEntry(inner, part, isLive);
        }
        pushOperands(inner, operands);
        open.push(new Open(part, outer, inner, height, parameters, from));
    }

    /** The call of a part that branches lead to as well. */
    private static void callAtLabel(JvmMethod outer, Part part, int height, boolean isLive) {
        if (isLive) {
            outer.refreshMemory();
            outer.code.pushInt(0);
            outer.code.store('I', outer.entry);
        }
        outer.stack.reset(height, "");
        outer.assumeFresh();
        outer.code.visitLabel(part.call);
        outer.frame();
    }

    /** At the entry of such a part: goes to the end of the block that the caller says, or on if that is the start. */
    private void chooseEntry(JvmMethod inner, Part part, boolean isLive) {
        Label[] labels = function.control().enter(part, inner).stream()
                .map(construct -> construct.label)
                .toArray(Label[]::new);
        Label start = new Label();
        inner.code.load('I', inner.enteredAt);
        inner.code.visitTableSwitchInsn(1, labels.length, isLive ? start : labels[0], labels);
        if (isLive) {
            inner.code.visitLabel(start);
            inner.frame();
        }
    }

    /** The locals that the method of a part has as locals of the JVM. */
    private BitSet held(Part part) {
        if (!facts().keepsLocals) {
            return part.used;
        }
        return part.hasParts || !part.entries.isEmpty() ? new BitSet() : part.used;
    }

    private BitSet parameters(Part part) {
        BitSet chosen = new BitSet();
        if (facts().keepsLocals) {
            return chosen;
        }
        StringBuilder carriers = new StringBuilder();
        for (int i = part.used.nextSetBit(0); i >= 0; i = part.used.nextSetBit(i + 1)) {
            carriers.append(ValueTypes.carrier(facts().locals[i]));
            if (MethodShapes.isPassed(carriers.toString())) {
                chosen.set(i);
            } else {
                carriers.setLength(carriers.length() - 1);
            }
        }
        return chosen;
    }

    /** Puts the operands from a height on into the spill, and empties the JVM's stack. Returns their carriers. */
    private String spillOperands(JvmMethod m, int height) {
        m.stack.spill(Integer.MAX_VALUE);
        int count = m.stack.size() - height;
        StringBuilder carriers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            char letter = m.stack.carrier(height + i);
            carriers.append(VectorForm.of(letter) == null ? letter : 'V');
        }
        storeOperands(m, height, carriers.toString());
        return carriers.toString();
    }

    /** Stores entries that are not on the JVM's stack into the spill, behind the locals. */
    private void storeOperands(JvmMethod m, int first, String carriers) {
        int n = facts().afterLocals(false);
        int r = facts().afterLocals(true);
        for (int i = 0; i < carriers.length(); i++) {
            char carrier = carriers.charAt(i);
            if (carrier == 'L') {
                SpillCode.array(m, 'r');
                m.code.pushInt(r++);
                m.stack.load(first + i);
                m.code.visitInsn(Opcodes.AASTORE);
            } else if (carrier == 'V') {
                m.stack.load(first + i);
                int copy = m.vectorScratch();
                VectorEmitter.storeHalves(m.code, VectorForm.LONGS, copy);
                for (int half = 0; half < 2; half++) {
                    SpillCode.array(m, 'n');
                    m.code.pushInt(n++);
                    VectorEmitter.pushHalf(m.code, VectorForm.LONGS, copy, half);
                    m.code.visitInsn(Opcodes.LASTORE);
                }
            } else {
                SpillCode.array(m, 'n');
                m.code.pushInt(n++);
                m.stack.load(first + i);
                SpillCode.toBits(m.code, carrier);
                m.code.visitInsn(Opcodes.LASTORE);
            }
        }
        m.plan.needSpill(n, r);
    }

    /** Pushes operands that are in the spill, into slots. */
    private void pushOperands(JvmMethod m, String carriers) {
        int n = facts().afterLocals(false);
        int r = facts().afterLocals(true);
        for (int i = 0; i < carriers.length(); i++) {
            char carrier = carriers.charAt(i);
            m.stack.pushSlot(carrier);
            int slot = m.stack.slotOf(m.stack.size() - 1);
            if (carrier == 'L') {
                SpillCode.reference(m, r++);
                m.code.store('L', slot);
            } else if (carrier == 'V') {
                SpillCode.number(m, n++);
                m.code.store('J', slot);
                SpillCode.number(m, n++);
                m.code.store('J', slot + 2);
            } else {
                SpillCode.number(m, n++);
                SpillCode.fromBits(m.code, carrier);
                m.code.store(carrier, slot);
            }
        }
        m.stack.settled();
    }

    /** Leaves a part, with the values of a branch on top of the operand stack, which stays as it is. */
    void exit(Construct target) {
        JvmMethod m = function.method();
        String carriers = target.kind == Construct.Kind.BODY ? function.results() : target.branchCarriers();
        OperandStack stack = m.stack;
        stack.settleComparison();
        int first = stack.size() - carriers.length();
        OperandStack.Saved saved = stack.save();
        for (int i = stack.size() - 1; i >= 0 && stack.onJvmBelow(stack.size()); i--) {
            if (stack.place(i) == OperandStack.JVM) {
                if (i >= first) {
                    stack.toSlot(i);
                } else {
                    m.code.pop(stack.carrier(i));
                    stack.forgetJvm();
                }
            }
        }
        storeOperands(m, first, carriers);
        stack.restore(saved);
        m.code.pushInt(Objects.requireNonNull(m.part).exit(target));
        m.code.store('I', m.result);
        m.code.visitJumpInsn(Opcodes.GOTO, m.exit);
    }

    void end(Part part) {
        Open ended = open.pop();
        JvmMethod inner = ended.inner();
        JvmMethod outer = ended.outer();
        boolean goesOn = function.isLive();
        String left = "";
        if (goesOn) {
            left = spillOperands(inner, ended.height());
        }
        finish(ended, goesOn);
        function.enter(outer);
        call(ended);
        afterCall(ended, goesOn);
        if (goesOn) {
            pushOperands(outer, left);
        }
    }

    /** Ends the method of a part: what it has set goes into the spill. */
    private void finish(Open ended, boolean goesOn) {
        JvmMethod inner = ended.inner();
        JvmCode code = inner.code;
        Label end = new Label();
        boolean hasExit = goesOn || !ended.part().exits.isEmpty();
        inner.stack.reset(0, "");
        code.visitLabel(end);
        if (hasExit) {
            code.visitLabel(inner.exit);
            inner.frame();
            storeAssigned(inner, ended.part());
            code.load('I', inner.result);
            code.visitInsn(Opcodes.IRETURN);
            inner.finishPassing();
        }
        if (function.handlers().isGuarded()) {
            Label handler = new Label();
            code.visitTryCatchBlock(ended.from(), end, handler, ModulePlan.EXCEPTION);
            code.visitLabel(handler);
            inner.frame(ModulePlan.EXCEPTION);
            int exception = inner.referenceScratch();
            code.store('L', exception);
            storeAssigned(inner, ended.part());
            code.load('L', exception);
            code.visitInsn(Opcodes.ATHROW);
        }
        function.handlers().finish();
        function.finished(code);
    }

    private void storeAssigned(JvmMethod m, Part part) {
        part.assigned.stream().filter(m::has).forEach(local -> storeToSpill(m, local));
    }

    /** At the entry of a function that keeps its locals: makes room for them, and puts its parameters there. */
    void keepParameters() {
        JvmMethod m = function.method();
        if (!facts().keepsLocals) {
            return;
        }
        JvmCode code = m.code;
        code.visitTypeInsn(Opcodes.NEW, ModulePlan.PART_LOCALS);
        code.visitInsn(Opcodes.DUP);
        code.pushInt(facts().keptLocals(false));
        code.pushInt(facts().keptLocals(true));
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, ModulePlan.PART_LOCALS, "<init>", "(II)V", false);
        code.store('L', m.kept);
        facts().used.stream()
                .takeWhile(local -> local < facts().parameters)
                .forEach(local -> storeToSpill(m, local, m.atEntry(local)));
        m.forgetLocals();
    }

    /** Pushes the array in which a local lies while a part is called. */
    private static void array(JvmMethod m, boolean isReference) {
        String name = isReference ? "r" : "n";
        if (m.kept < 0) {
            SpillCode.array(m, name.charAt(0));
        } else {
            m.code.load('L', m.kept);
            m.code.getField(ModulePlan.PART_LOCALS, name, isReference ? "[Ljava/lang/Object;" : "[J");
        }
    }

    /** Pushes half of a vector, or all of another local, from where it lies while a part is called. */
    private static void push(JvmMethod m, boolean isReference, int place) {
        array(m, isReference);
        m.code.pushInt(place);
        m.code.visitInsn(isReference ? Opcodes.AALOAD : Opcodes.LALOAD);
    }

    /** Copies a local of the guest to where it lies while a part is called. */
    private static void storeToSpill(JvmMethod m, int local) {
        storeToSpill(m, local, m.local(local));
    }

    private static void storeToSpill(JvmMethod m, int local, int from) {
        char letter = m.facts.letter(local);
        VectorForm form = VectorForm.of(letter);
        int place = m.facts.spillPlace(local);
        for (int half = 0; half < (form == null ? 1 : 2); half++) {
            array(m, letter == 'L');
            m.code.pushInt(place + half);
            if (form == null) {
                m.code.load(letter, from);
                SpillCode.toBits(m.code, letter);
            } else {
                VectorEmitter.pushHalf(m.code, form, from, half);
            }
            m.code.visitInsn(letter == 'L' ? Opcodes.AASTORE : Opcodes.LASTORE);
        }
    }

    /** Copies a local of the guest back. */
    static void loadFromSpill(JvmMethod m, int local) {
        push(m, local);
        StateCode.storeTo(m, local, m.local(local));
    }

    /** Pushes a local of the guest from where it lies while a part is called; a vector is two longs. */
    static void push(JvmMethod m, int local) {
        char letter = m.facts.letter(local);
        int place = m.facts.spillPlace(local);
        if (letter == 'L') {
            push(m, true, place);
        } else if (VectorForm.of(letter) != null) {
            push(m, false, place);
            push(m, false, place + 1);
        } else {
            push(m, false, place);
            SpillCode.fromBits(m.code, letter);
        }
    }

    /** Puts a vector, which is two longs in locals of the JVM, where a local is kept. */
    static void popVector(JvmMethod m, int local, int from) {
        for (int half = 0; half < 2; half++) {
            array(m, false);
            m.code.pushInt(m.facts.spillPlace(local) + half);
            VectorEmitter.pushHalf(m.code, VectorForm.LONGS, from, half);
            m.code.visitInsn(Opcodes.LASTORE);
        }
    }

    /** Takes a local's value off the JVM's stack, and puts it where the local is kept; no vector. */
    static void pop(JvmMethod m, int local) {
        char letter = m.facts.letter(local);
        boolean isReference = letter == 'L';
        SpillCode.toBits(m.code, letter);
        int scratch = isReference ? m.referenceScratch() : m.addressScratch('J');
        m.code.store(isReference ? 'L' : 'J', scratch);
        array(m, isReference);
        m.code.pushInt(m.facts.spillPlace(local));
        m.code.load(isReference ? 'L' : 'J', scratch);
        m.code.visitInsn(isReference ? Opcodes.AASTORE : Opcodes.LASTORE);
    }

    private void call(Open ended) {
        JvmMethod outer = ended.outer();
        JvmCode code = outer.code;
        Part part = ended.part();
        before(ended).forEach(local -> storeToSpill(outer, local));
        outer.plan.needSpill(facts().afterLocals(false), facts().afterLocals(true));
        StringBuilder descriptor = new StringBuilder("(");
        ended.parameters().stream().forEach(local -> {
            char letter = facts().letter(local);
            VectorForm form = VectorForm.of(letter);
            if (form == null) {
                code.load(letter, outer.local(local));
            } else {
                VectorEmitter.pushHalf(code, form, outer.local(local), 0);
                VectorEmitter.pushHalf(code, form, outer.local(local), 1);
            }
            descriptor.append(Signature.type(ValueTypes.carrier(facts().locals[local])));
        });
        if (facts().keepsLocals) {
            code.load('L', outer.kept);
            descriptor.append('L').append(ModulePlan.PART_LOCALS).append(';');
        }
        outer.loadInstance();
        descriptor.append(outer.plan.instanceType());
        if (!part.entries.isEmpty()) {
            code.load('I', outer.entry);
            descriptor.append('I');
        }
        descriptor.append(")I");
        Label from = new Label();
        Label end = new Label();
        code.visitLabel(from);
        code.invokeStatic(ended.inner().owner(), ended.inner().name(), descriptor.toString());
        code.visitLabel(end);
        code.store('I', outer.scratch());
        int[] changed = after(ended);
        if (function.handlers().isGuarded() && changed.length > 0) {
            // A handler around this sees what the part has set.
            Label after = new Label();
            Label handler = new Label();
            code.visitJumpInsn(Opcodes.GOTO, after);
            code.visitTryCatchBlock(from, end, handler, ModulePlan.EXCEPTION);
            code.visitLabel(handler);
            outer.frame(ModulePlan.EXCEPTION);
            int exception = outer.referenceScratch();
            code.store('L', exception);
            for (int local : changed) {
                loadFromSpill(outer, local);
            }
            code.load('L', exception);
            code.visitInsn(Opcodes.ATHROW);
            code.visitLabel(after);
            outer.frameWithScratch();
        }
    }

    /** The locals that have to be put where a part finds them. */
    private IntStream before(Open ended) {
        return ended.part().used.stream()
                .filter(local -> ended.outer().has(local) && !ended.parameters().get(local));
    }

    /** The locals that a part may have set. */
    private int[] after(Open ended) {
        return ended.part().assigned.stream().filter(ended.outer()::has).toArray();
    }

    /** Goes where the part says. */
    private void afterCall(Open ended, boolean goesOn) {
        JvmMethod outer = ended.outer();
        JvmCode code = outer.code;
        Part part = ended.part();
        if (facts().tailCalls) {
            Label done = new Label();
            code.load('I', outer.scratch());
            code.visitJumpInsn(Opcodes.IFGE, done);
            function.calls().returnNothing();
            code.visitLabel(done);
            outer.frameWithScratch();
        }
        for (int local : after(ended)) {
            loadFromSpill(outer, local);
        }
        outer.memoryMayHaveMoved();
        outer.refreshMemory();
        int count = part.exits.size();
        Label goOn = new Label();
        if (count > 0) {
            Label[] labels = new Label[count];
            for (int i = 0; i < count; i++) {
                Label simple = simpleExit(outer, part.exits.get(i));
                labels[i] = simple == null ? new Label() : simple;
            }
            code.load('I', outer.scratch());
            code.visitTableSwitchInsn(1, count, goOn, labels);
            for (int i = 0; i < count; i++) {
                if (simpleExit(outer, part.exits.get(i)) == null) {
                    code.visitLabel(labels[i]);
                    outer.frame();
                    goTo(outer, part.exits.get(i));
                }
            }
            code.visitLabel(goOn);
            outer.frame();
        }
        if (!goesOn) {
            code.invokeStatic(ModulePlan.NUMBERS, "unreachable", "()L" + ModulePlan.TRAP + ";");
            code.visitInsn(Opcodes.ATHROW);
        }
    }

    /**
     * Returns where a branch goes that has to do nothing before, with nothing on the JVM's stack; null if it has values to move.
     * Thousands of parts may each have thousands of such branches, so none has code of its own.
     */
    static @Nullable Label simpleExit(JvmMethod from, Construct target) {
        if (target.method != from) {
            // A branch on from here: its values are in the spill already.
            return from.passing(target);
        }
        boolean movesNothing = target.kind != Construct.Kind.BODY
                && target.endsIn == null
                && target.branchCarriers().isEmpty();
        return movesNothing ? target.label : null;
    }

    /** A branch whose values are in the spill, behind the locals. */
    private void goTo(JvmMethod outer, Construct target) {
        JvmCode code = outer.code;
        boolean isReturn = target.kind == Construct.Kind.BODY;
        String carriers = isReturn ? function.results() : target.branchCarriers();
        OperandStack.Saved saved = outer.stack.save();
        int size = outer.stack.size();
        outer.stack.cutTo(isReturn ? size : target.height);
        pushOperands(outer, carriers);
        if (isReturn) {
            function.calls().returnCopies();
        } else {
            function.control().jump(target);
        }
        outer.stack.restore(saved);
    }
}

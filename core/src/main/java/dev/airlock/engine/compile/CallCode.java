package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.simd.VectorEmitter;
import dev.airlock.engine.simd.VectorForm;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Calls, tail calls and returns (core specification, section 4.6.6). The JVM returns one value; all others go through the
 * {@link dev.airlock.engine.runtime.Spill}, as the parameters of functions with too many do.
 */
final class CallCode {
    private final FunctionCompiler function;

    CallCode(FunctionCompiler function) {
        this.function = function;
    }

    private JvmMethod method() {
        return function.method();
    }

    void call(int index) {
        JvmMethod m = method();
        ModulePlan plan = m.plan;
        Signature signature = plan.signatureOf(index);
        arguments(signature);
        if (index < plan.module().importedFunctions()) {
            m.loadInstance();
            m.code.getField(ModulePlan.STATE, "functions", "[" + ModulePlan.FUNC_REF_TYPE);
            m.code.pushInt(index);
            m.code.visitInsn(Opcodes.AALOAD);
            m.loadInstance();
            plan.dispatch().callFunction(m.code, signature);
        } else {
            m.loadInstance();
            m.code.invokeStatic(plan.classOf(index), plan.nameOf(index), signature.descriptor(plan.instanceType()));
        }
        results(signature);
    }

    void callIndirect(int type, int table) {
        JvmMethod m = method();
        Signature signature = m.plan.signature(type);
        indirectArguments(signature, table);
        m.loadInstance();
        m.plan.dispatch().callTable(m.code, type, table);
        results(signature);
    }

    /** Takes the index off, which is an int or a long, and the arguments, and leaves them on the JVM's stack if they fit. */
    private void indirectArguments(Signature signature, int table) {
        JvmMethod m = method();
        if (signature.isWide()) {
            char index = m.plan.module().table64(table) ? 'J' : 'I';
            m.stack.operands(1);
            int scratch = m.addressScratch(index);
            m.code.store(index, scratch);
            arguments(signature);
            m.code.load(index, scratch);
        } else {
            m.stack.operands(signature.params().length() + 1);
        }
    }

    void callRef(int type) {
        JvmMethod m = method();
        Signature signature = m.plan.signature(type);
        referenceArguments(signature);
        m.loadInstance();
        m.plan.dispatch().callReference(m.code, type);
        results(signature);
    }

    private void referenceArguments(Signature signature) {
        JvmMethod m = method();
        if (signature.isWide()) {
            m.stack.operands(1);
            int scratch = m.referenceScratch();
            m.code.store('L', scratch);
            arguments(signature);
            m.code.load('L', scratch);
        } else {
            m.stack.operands(signature.params().length() + 1);
        }
    }

    /** Takes the arguments off, to the JVM's stack, or to the spill if they are too many. */
    void arguments(Signature signature) {
        JvmMethod m = method();
        int count = signature.params().length();
        if (signature.isWide()) {
            toSpill(m.stack.size() - count, signature.params());
            m.stack.drop(count);
        } else {
            m.stack.operands(count);
        }
    }

    /**
     * Copies entries into the spill. They all go to their slots first.
     *
     * @param first the depth of the first of these carriers
     */
    private void toSpill(int first, String carriers) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        stack.settleComparison();
        for (int i = first + carriers.length() - 1; i >= first; i--) {
            if (stack.place(i) == OperandStack.JVM) {
                stack.toSlot(i);
            }
        }
        int n = 0;
        int r = 0;
        for (int i = 0; i < carriers.length(); i++) {
            char carrier = carriers.charAt(i);
            if (carrier == 'L') {
                SpillCode.array(m, 'r');
                m.code.pushInt(r++);
                stack.load(first + i);
                m.code.visitInsn(Opcodes.AASTORE);
            } else if (carrier == 'V') {
                VectorForm form = stack.placeVector(first + i, VectorForm.LONGS);
                int local = stack.localOf(first + i);
                for (int half = 0; half < 2; half++) {
                    SpillCode.array(m, 'n');
                    m.code.pushInt(n++);
                    VectorEmitter.pushHalf(m.code, form, local, half);
                    m.code.visitInsn(Opcodes.LASTORE);
                }
            } else {
                SpillCode.array(m, 'n');
                m.code.pushInt(n++);
                stack.load(first + i);
                SpillCode.toBits(m.code, carrier);
                m.code.visitInsn(Opcodes.LASTORE);
            }
        }
    }

    /** Pushes the results of a call: the first is on the JVM's stack, the others are in the spill. */
    void results(Signature signature) {
        JvmMethod m = method();
        m.memoryMayHaveMoved();
        String results = signature.results();
        int n = 0;
        int r = 0;
        for (int i = 0; i < results.length(); i++) {
            char carrier = results.charAt(i);
            if (carrier == 'V') {
                m.stack.pushSlot('V');
                int slot = m.stack.slotOf(m.stack.size() - 1);
                if (i > 0) {
                    SpillCode.number(m, n++);
                }
                m.code.store('J', slot);
                SpillCode.number(m, n++);
                m.code.store('J', slot + 2);
                continue;
            }
            if (i > 0 && carrier == 'L') {
                SpillCode.reference(m, r++);
            } else if (i > 0) {
                SpillCode.number(m, n++);
                SpillCode.fromBits(m.code, carrier);
            }
            m.stack.pushJvm(carrier);
        }
    }

    /** Returns the results on top of the operand stack. */
    void returnResults() {
        if (method().part != null) {
            function.parts().exit(function.control().bottom());
            return;
        }
        String results = function.results();
        if (results.length() == 1 && !results.equals("V")) {
            method().stack.operands(1);
            returned(results.charAt(0));
        } else {
            returnCopies();
        }
    }

    /** Returns copies of the results, and leaves what the operand stack says as it is. */
    void returnCopies() {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        stack.settleComparison();
        String results = function.results();
        if (results.isEmpty()) {
            m.code.visitInsn(Opcodes.RETURN);
            return;
        }
        int first = stack.size() - results.length();
        char carrier = results.charAt(0);
        if (results.length() == 1 && carrier != 'V') {
            if (stack.place(first) != OperandStack.JVM) {
                stack.load(first);
            }
            returned(carrier);
            return;
        }
        // To slots that no frame knows to be alive: the code goes no further.
        for (int i = stack.size() - 1; i >= first; i--) {
            if (stack.place(i) == OperandStack.JVM) {
                m.code.store(stack.carrier(i), stack.slotOf(i));
            }
        }
        int n = 0;
        int r = 0;
        for (int i = 0; i < results.length(); i++) {
            char each = results.charAt(i);
            if (each == 'V') {
                loadCopy(first + i);
                int high = m.vectorScratch();
                m.code.store('J', high + 2);
                m.code.store('J', high);
                for (int half = i == 0 ? 2 : 0; half <= 2; half += 2) {
                    SpillCode.array(m, 'n');
                    m.code.pushInt(n++);
                    m.code.load('J', high + half);
                    m.code.visitInsn(Opcodes.LASTORE);
                }
            } else if (i > 0 && each == 'L') {
                SpillCode.array(m, 'r');
                m.code.pushInt(r++);
                loadCopy(first + i);
                m.code.visitInsn(Opcodes.AASTORE);
            } else if (i > 0) {
                SpillCode.array(m, 'n');
                m.code.pushInt(n++);
                loadCopy(first + i);
                SpillCode.toBits(m.code, each);
                m.code.visitInsn(Opcodes.LASTORE);
            }
        }
        loadCopy(first);
        if (carrier == 'V') {
            m.code.visitInsn(Opcodes.POP2);
            returned('J');
        } else {
            returned(carrier);
        }
    }

    private void loadCopy(int depth) {
        JvmMethod m = method();
        if (m.stack.place(depth) == OperandStack.JVM) {
            m.code.load(m.stack.carrier(depth), m.stack.slotOf(depth));
        } else {
            m.stack.load(depth);
        }
    }

    private void returned(char carrier) {
        method().code.visitInsn(SpillCode.returnInstruction(carrier));
    }

    void returnCall(int index) {
        JvmMethod m = method();
        Signature signature = m.plan.signatureOf(index);
        if (index == function.index() && m.part == null) {
            callItself(signature);
            return;
        }
        if (index < m.plan.module().importedFunctions()) {
            call(index);
            returnResults();
            return;
        }
        pend(signature);
        m.loadInstance();
        m.code.pushInt(index + 1);
        m.code.visitFieldInsn(Opcodes.PUTFIELD, ModulePlan.STATE, "pendingCall", "I");
        m.plan.dispatch().mayPend(index);
        returnNothing();
    }

    /** Puts the arguments of a tail call into the spill. */
    private void pend(Signature signature) {
        OperandStack stack = method().stack;
        int count = signature.params().length();
        toSpill(stack.size() - count, signature.params());
        stack.drop(count);
    }

    /** Returns with a call pending; what is returned is not looked at. */
    void returnNothing() {
        JvmMethod m = method();
        if (m.part != null) {
            // The spill has the arguments now, so locals are not put there.
            m.code.pushInt(Part.PENDING);
            m.code.visitInsn(Opcodes.IRETURN);
            return;
        }
        char carrier = new Signature("", function.results()).returnCarrier();
        if (carrier == ' ') {
            m.code.visitInsn(Opcodes.RETURN);
        } else {
            m.code.pushDefault(carrier);
            returned(carrier);
        }
    }

    /** A tail call of a function to itself is a jump to its start. */
    private void callItself(Signature signature) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        String params = signature.params();
        int first = stack.size() - params.length();
        stack.settleBelow(stack.size());
        for (int i = stack.size() - 1; i >= 0; i--) {
            if (stack.place(i) == OperandStack.JVM) {
                if (i >= first) {
                    stack.toSlot(i);
                } else {
                    m.code.pop(stack.carrier(i));
                }
            }
        }
        // All are in slots, or constants, or locals, which may be parameters that are set here: those go to slots as
        // well.
        for (int i = first; i < stack.size(); i++) {
            stack.toSlot(i);
        }
        for (int i = 0; i < params.length(); i++) {
            // A wide function has no local of the JVM for a parameter that it does not use.
            if (m.hasAtEntry(i)) {
                stack.load(first + i);
                StateCode.storeTo(m, i, m.atEntry(i));
            }
        }
        function.jumpToStart();
    }

    void returnCallIndirect(int type, int table) {
        JvmMethod m = method();
        Signature signature = m.plan.signature(type);
        char index = m.plan.module().table64(table) ? 'J' : 'I';
        m.stack.operands(1);
        m.plan.dispatch().lookUp(m.code, m.instance, type, table, index);
        pendReference(type, signature);
    }

    void returnCallRef(int type) {
        JvmMethod m = method();
        m.stack.operands(1);
        pendReference(type, m.plan.signature(type));
    }

    /**
     * The function is on the JVM's stack. If it is one of this instance, the call is left to the caller of this function; else
     * it is made now.
     */
    private void pendReference(int type, Signature signature) {
        JvmMethod m = method();
        int scratch = m.referenceScratch();
        m.code.store('L', scratch);
        pend(signature);
        m.loadInstance();
        m.code.load('L', scratch);
        m.code.invokeVirtual(ModulePlan.STATE, "pend", "(Ljava/lang/Object;)Z");
        Label foreign = new Label();
        m.code.visitJumpInsn(Opcodes.IFEQ, foreign);
        m.plan.dispatch().mayPendReference(type);
        returnNothing();
        m.code.visitLabel(foreign);
        m.frame(m.stack.jvmItems(m.stack.size()));
        if (!signature.isWide()) {
            SpillCode.parameters(m.code, m.instance, signature.params());
        }
        m.loadInstance();
        m.code.getField(ModulePlan.STATE, "pendingReference", "Ljava/lang/Object;");
        m.loadInstance();
        m.plan.dispatch().callReference(m.code, type);
        results(signature);
        returnResults();
    }
}

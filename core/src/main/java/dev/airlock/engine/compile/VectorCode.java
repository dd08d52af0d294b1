package dev.airlock.engine.compile;

import dev.airlock.engine.simd.VectorEmitter;
import dev.airlock.engine.simd.VectorForm;
import dev.airlock.engine.simd.VectorObjectCode;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Operators on vectors (core specification, section 4.6.4), which work on locals of the JVM. */
final class VectorCode {
    private static final String VIEWS = "dev/airlock/memory/linear/Views";

    private final FunctionCompiler function;

    /** How many operators that give vectors came before. */
    private int results;

    VectorCode(FunctionCompiler function) {
        this.function = function;
    }

    private JvmMethod method() {
        return function.method();
    }

    void operator(int opcode, long low, long high) {
        String operands = VectorEmitter.operands(opcode);
        VectorForm form = resultForm(opcode);
        VectorForm wanted = function.facts().forms().ofOperand(opcode);
        int count = operands.length();
        @Nullable VectorForm[] forms = new @Nullable VectorForm[count];
        boolean isNeutral = hasNeutral(count);
        int[] locals = operandLocals(operands, wanted == null ? form : wanted, forms);
        finish(opcode, low, high, locals, forms, form, count);
        if (isNeutral && VectorEmitter.result(opcode) == 'V') {
            OperandStack stack = method().stack;
            VectorEmitter.quiet(method().code, opcode, form, stack.localOf(stack.size() - 1));
        }
    }

    /** Whether one of the top operands is a constant with which an operator on floats may give its other operand. */
    private boolean hasNeutral(int count) {
        OperandStack stack = method().stack;
        for (int i = stack.size() - count; i < stack.size(); i++) {
            if (stack.place(i) == OperandStack.CONSTANT && (isNeutral(stack.value(i)) || isNeutral(stack.high(i)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a half has a lane that is 0 or 1, of either sign. */
    private static boolean isNeutral(long half) {
        double asDouble = Math.abs(Double.longBitsToDouble(half));
        float low = Math.abs(Float.intBitsToFloat((int) half));
        float high = Math.abs(Float.intBitsToFloat((int) (half >>> 32)));
        return asDouble == 0 || asDouble == 1 || low == 0 || low == 1 || high == 0 || high == 1;
    }

    /** Returns the form in which the operator gives its result, if that is a vector. */
    private VectorForm resultForm(int opcode) {
        return VectorEmitter.result(opcode) == 'V' && opcode != VectorEmitter.V128_STORE
                ? function.facts().forms().ofResult(results++)
                : VectorForm.LONGS;
    }

    /** Puts the top operands into locals; those that are vectors and constants, in this form. */
    private int[] operandLocals(String operands, VectorForm form, @Nullable VectorForm[] forms) {
        OperandStack stack = method().stack;
        stack.settleBelow(stack.size());
        int[] locals = new int[forms.length];
        int first = stack.size() - forms.length;
        for (int i = forms.length - 1; i >= 0; i--) {
            if (operands.charAt(i) == 'V') {
                forms[i] = stack.placeVector(first + i, form);
            }
            locals[i] = stack.inLocal(first + i);
        }
        return locals;
    }

    /** Emits the operator and pushes what it gives; this many entries are its operands. */
    private void finish(
            int opcode, long low, long high, int[] locals, @Nullable VectorForm[] forms, VectorForm form, int entries) {
        JvmMethod m = method();
        char result = VectorEmitter.result(opcode);
        int target = 0;
        if (result == 'V') {
            target = m.stack.replaceByVector(entries, form);
        } else {
            m.stack.drop(entries);
        }
        VectorEmitter.emit(m.code, opcode, low, high, locals, forms, form, target);
        if (m.plan.options().deterministic()) {
            VectorEmitter.canonicalize(m.code, opcode, form, target);
        }
        if (result != 'V') {
            m.stack.pushJvm(result);
        }
    }

    void memory(int opcode, int memory, long offset, int lane) {
        int bytes = VectorEmitter.accessBytes(opcode);
        if (opcode == VectorEmitter.V128_LOAD) {
            loadWhole(memory, offset);
        } else if (opcode == VectorEmitter.V128_STORE) {
            storeWhole(memory, offset);
        } else if (VectorEmitter.operands(opcode).equals("V")) {
            storeLane(opcode, memory, offset, lane, bytes);
        } else {
            loadPart(opcode, memory, offset, lane, bytes);
        }
    }

    /** A scalar is loaded, and the operator makes a vector of it, and of the vector on top if it takes one. */
    private void loadPart(int opcode, int memory, long offset, int lane, int bytes) {
        JvmMethod m = method();
        boolean withVector = VectorEmitter.operands(opcode).length() == 2;
        OperandStack stack = m.stack;
        VectorForm form = resultForm(opcode);
        VectorForm taken = form;
        int vector = -1;
        if (withVector) {
            stack.settleBelow(stack.size());
            int place = stack.size() - 1;
            taken = stack.placeVector(place, form);
            vector = m.vectorScratch();
            VectorEmitter.copy(m.code, taken, stack.localOf(place), taken, vector);
            stack.drop(1);
        }
        function.memory().load(loadOpcode(bytes), memory, offset);
        int top = stack.size() - 1;
        stack.settleBelow(stack.size());
        int scalar = stack.inLocal(top);
        int[] locals = withVector ? new int[] {scalar, vector} : new int[] {scalar};
        @Nullable
        VectorForm[] forms = withVector ? new @Nullable VectorForm[] {null, taken} : new @Nullable VectorForm[1];
        finish(opcode, lane, 0, locals, forms, form, 1);
    }

    private static int loadOpcode(int bytes) {
        return switch (bytes) {
            case 8 -> 0x29;
            case 4 -> 0x28;
            case 2 -> 0x2F;
            default -> 0x2D;
        };
    }

    private void storeLane(int opcode, int memory, long offset, int lane, int bytes) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        @Nullable VectorForm[] forms = new @Nullable VectorForm[1];
        int[] locals = operandLocals("V", VectorForm.LONGS, forms);
        finish(opcode, lane, 0, locals, forms, VectorForm.LONGS, 1);
        stack.operands(2);
        String name = bytes == 8 ? "i64" : bytes == 4 ? "i32" : bytes == 2 ? "i16" : "i8";
        function.memory().storeOperands(name, bytes == 8 ? 'J' : 'I', memory, offset);
    }

    private void loadWhole(int memory, long offset) {
        JvmMethod m = method();
        VectorForm form = resultForm(VectorEmitter.V128_LOAD);
        OperandStack stack = m.stack;
        boolean isFlat = memory == 0 && m.plan.isFlat();
        if (isFlat) {
            m.refreshMemory();
            stack.operands(1);
            function.memory().checkedAddress(offset, 16);
            m.code.store('I', m.scratch());
            stack.pushSlot(form.letter());
            int target = stack.slotOf(stack.size() - 1);
            if (form == VectorForm.OBJECT) {
                m.loadBytes();
                m.code.load('I', m.scratch());
                VectorObjectCode.load(m.code);
                VectorEmitter.store(m.code, form, target);
                return;
            }
            String view = form.name();
            for (int lane = 0; lane < form.lanes(); lane++) {
                m.code.visitFieldInsn(Opcodes.GETSTATIC, VIEWS, view, "Ljava/lang/invoke/VarHandle;");
                m.loadBytes();
                m.code.load('I', m.scratch());
                if (lane > 0) {
                    m.code.pushInt(lane * 16 / form.lanes());
                    m.code.visitInsn(Opcodes.IADD);
                }
                m.code.invokeVirtual("java/lang/invoke/VarHandle", "get", "([BI)" + form.carrier());
                VectorEmitter.store(m.code, form, form.local(target, lane));
            }
            return;
        }
        char address = m.plan.module().memory64(memory) ? 'J' : 'I';
        stack.operands(1);
        int base = m.addressScratch(address);
        m.code.store(address, base);
        stack.pushSlot(form.letter());
        int target = stack.slotOf(stack.size() - 1);
        for (int half = 0; half < 2; half++) {
            m.code.load(address, base);
            m.code.pushLong(offset);
            function.memory().loadMemoryObject(memory);
            m.code.invokeStatic(
                    ModulePlan.VECTOR_MEMORY,
                    half == 0 ? "loadLow" : "loadHigh",
                    "(" + address + "J" + ModulePlan.MEMORY_TYPE + ")J");
        }
        VectorEmitter.storeHalves(m.code, form, target);
    }

    private void storeWhole(int memory, long offset) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        if (memory == 0 && m.plan.isFlat()) {
            stack.settleBelow(stack.size());
            int top = stack.size() - 1;
            VectorForm form = stack.placeVector(top, VectorForm.LONGS);
            int local = stack.localOf(top);
            stack.drop(1);
            stack.operands(1);
            if (form == VectorForm.OBJECT) {
                storeObject(local, offset);
                return;
            }
            for (int lane = 0; lane < form.lanes(); lane++) {
                VectorEmitter.load(m.code, form, form.local(local, lane));
            }
            function.memory().storeFlat("v128", String.valueOf(form.carrier()).repeat(form.lanes()), offset);
        } else {
            stack.operands(2);
            char address = m.plan.module().memory64(memory) ? 'J' : 'I';
            m.code.pushLong(offset);
            function.memory().loadMemoryObject(memory);
            m.code.invokeStatic(
                    ModulePlan.VECTOR_MEMORY, "store", "(" + address + "JJJ" + ModulePlan.MEMORY_TYPE + ")V");
        }
    }

    /** Stores a vector of the module at the address on the JVM's stack. */
    private void storeObject(int local, long offset) {
        JvmMethod m = method();
        m.refreshMemory();
        function.memory().checkedAddress(offset, 16);
        m.code.store('I', m.scratch());
        m.code.load('I', m.scratch());
        m.loadMemory();
        m.code.invokeStatic(ModulePlan.STORES, "mark128", "(I" + ModulePlan.MEMORY_TYPE + ")V");
        VectorEmitter.load(m.code, VectorForm.OBJECT, local);
        m.loadBytes();
        m.code.load('I', m.scratch());
        VectorObjectCode.store(m.code);
    }
}

package dev.airlock.engine.compile;

import java.util.Arrays;
import org.objectweb.asm.Opcodes;

/** Operators on vectors (core specification, section 4.6.4), which work on locals of the JVM. */
final class VectorCode {
    private static final String VIEWS = "dev/airlock/memory/linear/Views";

    private final FunctionCompiler function;

    VectorCode(FunctionCompiler function) {
        this.function = function;
    }

    private JvmMethod method() {
        return function.method();
    }

    void operator(int opcode, long low, long high) {
        String operands = VectorEmitter.operands(opcode);
        JvmMethod m = method();
        int first = m.stack.size() - operands.length();
        int[] locals = operandLocals(operands.length());
        finish(opcode, low, high, locals, m.stack.size() - first);
    }

    /** Puts the top operands into locals. */
    private int[] operandLocals(int count) {
        OperandStack stack = method().stack;
        stack.settleBelow(stack.size());
        int[] locals = new int[count];
        int first = stack.size() - count;
        for (int i = count - 1; i >= 0; i--) {
            locals[i] = stack.inLocal(first + i);
        }
        return locals;
    }

    /** Emits the operator and pushes what it gives; this many entries are its operands. */
    private void finish(int opcode, long low, long high, int[] locals, int entries) {
        JvmMethod m = method();
        VectorForm[] forms = new VectorForm[locals.length];
        Arrays.fill(forms, VectorForm.LONGS);
        char result = VectorEmitter.result(opcode);
        int target = 0;
        if (result == 'V') {
            target = m.stack.replaceByVector(entries);
        } else {
            m.stack.drop(entries);
        }
        VectorEmitter.emit(m.code, opcode, low, high, locals, forms, VectorForm.LONGS, target);
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
        int vector = -1;
        if (withVector) {
            stack.settleBelow(stack.size());
            vector = m.vectorScratch();
            copyVector(stack.inLocal(stack.size() - 1), vector);
            stack.drop(1);
        }
        function.memory().load(loadOpcode(bytes), memory, offset);
        int top = stack.size() - 1;
        stack.settleBelow(stack.size());
        int scalar = stack.inLocal(top);
        finish(opcode, lane, 0, withVector ? new int[] {scalar, vector} : new int[] {scalar}, 1);
    }

    private void copyVector(int from, int to) {
        JvmCode code = method().code;
        code.load('J', from);
        code.store('J', to);
        code.load('J', from + 2);
        code.store('J', to + 2);
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
        int[] locals = operandLocals(1);
        finish(opcode, lane, 0, locals, 1);
        stack.operands(2);
        String name = bytes == 8 ? "i64" : bytes == 4 ? "i32" : bytes == 2 ? "i16" : "i8";
        function.memory().storeOperands(name, bytes == 8 ? 'J' : 'I', memory, offset);
    }

    private void loadWhole(int memory, long offset) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        boolean isFlat = memory == 0 && m.plan.isFlat();
        if (isFlat) {
            m.refreshMemory();
            stack.operands(1);
            function.memory().checkedAddress(offset, 16);
            m.code.store('I', m.scratch());
            stack.pushSlot('V');
            int target = stack.slotOf(stack.size() - 1);
            for (int half = 0; half < 2; half++) {
                m.code.visitFieldInsn(Opcodes.GETSTATIC, VIEWS, "LONGS", "Ljava/lang/invoke/VarHandle;");
                m.loadBytes();
                m.code.load('I', m.scratch());
                if (half == 1) {
                    m.code.pushInt(8);
                    m.code.visitInsn(Opcodes.IADD);
                }
                m.code.invokeVirtual("java/lang/invoke/VarHandle", "get", "([BI)J");
                m.code.store('J', target + 2 * half);
            }
            return;
        }
        char address = m.plan.module().memory64(memory) ? 'J' : 'I';
        stack.operands(1);
        int base = m.addressScratch(address);
        m.code.store(address, base);
        stack.pushSlot('V');
        int target = stack.slotOf(stack.size() - 1);
        for (int half = 0; half < 2; half++) {
            m.code.load(address, base);
            m.code.pushLong(offset);
            function.memory().loadMemoryObject(memory);
            m.code.invokeStatic(
                    ModulePlan.VECTOR_MEMORY,
                    half == 0 ? "loadLow" : "loadHigh",
                    "(" + address + "J" + ModulePlan.MEMORY_TYPE + ")J");
            m.code.store('J', target + 2 * half);
        }
    }

    private void storeWhole(int memory, long offset) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        boolean isFlat = memory == 0 && m.plan.isFlat();
        stack.operands(2);
        if (isFlat) {
            function.memory().storeOperands("v128", 'V', memory, offset);
        } else {
            char address = m.plan.module().memory64(memory) ? 'J' : 'I';
            m.code.pushLong(offset);
            function.memory().loadMemoryObject(memory);
            m.code.invokeStatic(
                    ModulePlan.VECTOR_MEMORY, "store", "(" + address + "JJJ" + ModulePlan.MEMORY_TYPE + ")V");
        }
    }
}

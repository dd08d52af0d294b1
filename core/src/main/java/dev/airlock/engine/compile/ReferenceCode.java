package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.Comparisons;
import dev.airlock.engine.compile.jvm.Signature;

/** Operators on references, structs and arrays, and the branches on them (core specification, sections 4.6.5 and 4.6.9). */
final class ReferenceCode {
    private static final int ARRAY_LENGTH = 15;
    private static final int ARRAY_NEW_FIXED = 8;

    private final FunctionCompiler function;

    ReferenceCode(FunctionCompiler function) {
        this.function = function;
    }

    private JvmMethod method() {
        return function.method();
    }

    private ReferenceEmitter emitter() {
        JvmMethod m = method();
        return new ReferenceEmitter(m.code, m.plan.module()::type, m.plan::shape, m.instance);
    }

    void function(int index) {
        JvmMethod m = method();
        m.stack.settleBelow(m.stack.size());
        m.loadInstance();
        m.code.pushInt(index);
        m.code.invokeVirtual(ModulePlan.STATE, "function", "(I)" + ModulePlan.FUNC_REF_TYPE);
        m.stack.pushJvm('L');
    }

    void asNonNull() {
        JvmMethod m = method();
        m.stack.operands(1);
        emitter().refAsNonNull();
        m.stack.pushJvm('L');
    }

    void test(int type) {
        JvmMethod m = method();
        m.stack.operands(1);
        emitter().refTest(type);
        m.stack.pushJvm('I');
    }

    void cast(int type) {
        JvmMethod m = method();
        m.stack.operands(1);
        emitter().refCast(type);
        m.stack.pushJvm('L');
    }

    void conversion(int opcode) {
        JvmMethod m = method();
        m.stack.operands(1);
        emitter().conversion(opcode);
        int number = opcode & 0xFFFF;
        m.stack.pushJvm(number >= 29 ? 'I' : 'L');
    }

    /** The reference goes into its slot first, since both ways need it, or one of them does. */
    private int slotOfTop() {
        JvmMethod m = method();
        m.stack.settleBelow(m.stack.size());
        int top = m.stack.size() - 1;
        m.stack.toSlot(top);
        return m.stack.slotOf(top);
    }

    void brOnNull(int depth) {
        slotOfTop();
        function.control().branchIfNull(function.control().target(depth));
    }

    void brOnNonNull(int depth) {
        JvmMethod m = method();
        int slot = slotOfTop();
        m.code.load('L', slot);
        function.control()
                .branchIf(
                        Comparisons.not(Comparisons.of(Comparisons.REF_IS_NULL)),
                        function.control().target(depth));
        m.stack.drop(1);
    }

    void brOnCast(int depth, int to, boolean onFail) {
        JvmMethod m = method();
        int slot = slotOfTop();
        m.code.load('L', slot);
        emitter().refTest(to);
        int isZero = Comparisons.of(Comparisons.I32_EQZ);
        function.control()
                .branchIf(
                        onFail ? isZero : Comparisons.not(isZero),
                        function.control().target(depth));
    }

    void struct(int opcode, int type, int field) {
        JvmMethod m = method();
        int number = opcode & 0xFFFF;
        int[] fields = m.plan.module().fields(type);
        int operands = number == 0 ? fields.length : number == 1 ? 0 : number == 5 ? 2 : 1;
        char result = number <= 1
                ? 'L'
                : number == 5
                        ? ' '
                        : Signature.carriers(new int[] {fields[field]}).charAt(0);
        m.stack.operands(operands);
        emitter().struct(opcode, type, field, m.vectorScratch());
        push(result);
    }

    private void push(char result) {
        JvmMethod m = method();
        if (result == 'V') {
            m.stack.pushSlot('V');
            int slot = m.stack.slotOf(m.stack.size() - 1);
            m.code.store('J', slot);
            m.code.load('J', m.vectorScratch());
            m.code.store('J', slot + 2);
        } else if (result != ' ') {
            m.stack.pushJvm(result);
        }
    }

    void array(int opcode, int type, int other) {
        JvmMethod m = method();
        int number = opcode & 0xFFFF;
        char element = number == ARRAY_LENGTH
                ? ' '
                : Signature.carriers(m.plan.module().fields(type)).charAt(0);
        int operands = switch (number) {
            case ARRAY_NEW_FIXED -> other;
            case 6, 9, 10, 11, 12, 13 -> 2;
            case 7, ARRAY_LENGTH -> 1;
            case 14 -> 3;
            case 16, 18, 19 -> 4;
            default -> 5;
        };
        char result = switch (number) {
            case 6, 7, ARRAY_NEW_FIXED, 9, 10 -> 'L';
            case 11, 12, 13 -> element;
            case ARRAY_LENGTH -> 'I';
            default -> ' ';
        };
        m.stack.operands(operands);
        emitter().array(opcode, type, other, m.vectorScratch());
        push(result);
    }
}

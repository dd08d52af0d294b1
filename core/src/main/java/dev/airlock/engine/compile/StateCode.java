package dev.airlock.engine.compile;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.compile.jvm.Comparisons;
import dev.airlock.engine.compile.jvm.NumericCode;
import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.simd.VectorEmitter;
import dev.airlock.engine.simd.VectorForm;
import dev.airlock.engine.simd.VectorLaneCode;
import dev.airlock.engine.simd.VectorObjectCode;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Locals, globals, {@code drop} and {@code select} (core specification, sections 4.6.2 and 4.6.3). */
final class StateCode {
    private final FunctionCompiler function;

    StateCode(FunctionCompiler function) {
        this.function = function;
    }

    private JvmMethod method() {
        return function.method();
    }

    void localGet(int local) {
        JvmMethod m = method();
        char letter = function.facts().letter(local);
        if (m.has(local)) {
            m.stack.pushLocal(letter, m.local(local));
            return;
        }
        m.stack.settleBelow(m.stack.size());
        PartCode.push(m, local);
        if (VectorForm.of(letter) == null) {
            m.stack.pushJvm(letter);
        } else {
            int slot = m.layout.slot(m.stack.size(), 'V');
            m.code.store('J', slot + 2);
            m.code.store('J', slot);
            m.stack.pushSlot('V');
        }
    }

    void localSet(int local) {
        JvmMethod m = method();
        char carrier = function.facts().letter(local);
        m.stack.beforeSet();
        VectorForm form = VectorForm.of(carrier);
        if (form != null && m.has(local)) {
            m.stack.popVector(form, m.local(local));
        } else if (form != null) {
            int copy = m.vectorScratch();
            m.stack.popVector(VectorForm.LONGS, copy);
            PartCode.popVector(m, local, copy);
        } else {
            m.stack.operands(1);
            if (m.has(local)) {
                m.code.store(carrier, m.local(local));
            } else {
                PartCode.pop(m, local);
            }
        }
    }

    void localTee(int local) {
        localSet(local);
        localGet(local);
    }

    /** Stores what is on the JVM's stack into a local of the guest; a vector is two longs. */
    static void storeTo(JvmMethod m, int local, int to) {
        char carrier = m.facts.letter(local);
        VectorForm form = VectorForm.of(carrier);
        if (form == null) {
            m.code.store(carrier, to);
        } else {
            VectorEmitter.storeHalves(m.code, form, to);
        }
    }

    void drop() {
        OperandStack stack = method().stack;
        stack.settleComparison();
        int top = stack.size() - 1;
        if (stack.place(top) == OperandStack.JVM) {
            method().code.pop(stack.carrier(top));
        }
        stack.drop(1);
    }

    void select(char carrier) {
        JvmMethod m = method();
        if (carrier == 'V') {
            selectVector(m);
            return;
        }
        // A jump, not a method: HotSpot then knows how often each place takes which value.
        OperandStack stack = m.stack;
        int top = stack.size() - 1;
        int comparison = Comparisons.not(Comparisons.of(Comparisons.I32_EQZ));
        if (stack.place(top) == OperandStack.COMPARISON && stack.bothOnJvm(top - 2)) {
            comparison = (int) stack.value(top);
            stack.drop(3);
        } else {
            stack.operands(3);
        }
        Label first = new Label();
        Comparisons.jump(m.code, comparison, first);
        boolean isWide = carrier == 'J' || carrier == 'D';
        m.code.visitInsn(isWide ? Opcodes.DUP2_X2 : Opcodes.SWAP);
        if (isWide) {
            m.code.visitInsn(Opcodes.POP2);
        }
        m.code.visitLabel(first);
        stack.pushJvm(carrier);
        stack.pushJvm(carrier);
        m.frame(stack.jvmItems(stack.size()));
        m.code.pop(carrier);
        stack.drop(1);
    }

    private void selectVector(JvmMethod m) {
        OperandStack stack = m.stack;
        stack.operands(1);
        m.code.store('I', m.scratch());
        int first = stack.size() - 2;
        VectorForm form = stack.placeVector(first, stack.placeVector(first + 1, VectorForm.LONGS));
        VectorForm other = stack.placeVector(first + 1, form);
        int a = stack.localOf(first);
        int b = stack.localOf(first + 1);
        int target = stack.replaceByVector(2, form);
        String type = Signature.type(form.carrier());
        VectorLaneCode.storeLanes(
                m.code,
                form,
                lane -> {
                    VectorEmitter.load(m.code, form, form.local(a, lane));
                    VectorLaneCode.pushLane(m.code, other, b, form, lane);
                    m.code.load('I', m.scratch());
                    m.code.invokeStatic(ModulePlan.NUMBERS, "select", "(" + type + type + "I)" + type);
                    if (form == VectorForm.OBJECT) {
                        m.code.visitTypeInsn(Opcodes.CHECKCAST, VectorObjectCode.BYTES);
                    }
                },
                form,
                target);
    }

    void globalGet(int global) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        char carrier = ValueTypes.carrier(m.plan.module().globalType(global));
        stack.settleBelow(stack.size());
        String owner = loadGlobalOwner(m, global, carrier);
        boolean isField = m.plan.isField(global);
        String name = isField ? "g" + global : "value";
        if (carrier == 'V') {
            m.code.visitInsn(Opcodes.DUP);
            m.code.getField(owner, isField ? name + "l" : "low", "J");
            int slot = m.layout.slot(stack.size(), 'V');
            m.code.store('J', slot);
            m.code.getField(owner, isField ? name + "h" : "high", "J");
            m.code.store('J', slot + 2);
            stack.pushSlot('V');
        } else {
            m.code.getField(owner, name, Signature.type(carrier));
            stack.pushJvm(carrier);
        }
    }

    void globalSet(int global) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        char carrier = ValueTypes.carrier(m.plan.module().globalType(global));
        boolean isField = m.plan.isField(global);
        if (carrier == 'V') {
            int top = stack.size() - 1;
            stack.settleBelow(stack.size());
            VectorForm form = stack.placeVector(top, VectorForm.LONGS);
            int local = stack.localOf(top);
            for (int half = 0; half < 2; half++) {
                String owner = loadGlobalOwner(m, global, carrier);
                VectorEmitter.pushHalf(m.code, form, local, half);
                String part =
                        half == 0 ? (isField ? "g" + global + "l" : "low") : isField ? "g" + global + "h" : "high";
                m.code.visitFieldInsn(Opcodes.PUTFIELD, owner, part, "J");
            }
            stack.drop(1);
            return;
        }
        stack.operands(1);
        String owner = loadGlobalOwner(m, global, carrier);
        if (Signature.slots(carrier) == 2) {
            m.code.visitInsn(Opcodes.DUP_X2);
            m.code.visitInsn(Opcodes.POP);
        } else {
            m.code.visitInsn(Opcodes.SWAP);
        }
        m.code.visitFieldInsn(Opcodes.PUTFIELD, owner, isField ? "g" + global : "value", Signature.type(carrier));
    }

    /** Puts the object on the JVM's stack that has the global as a field. Returns its class. */
    private String loadGlobalOwner(JvmMethod m, int global, char carrier) {
        m.loadInstance();
        if (m.plan.isField(global)) {
            return m.plan.instanceClass();
        }
        String cell = ModulePlan.cellClass(carrier);
        m.code.getField(ModulePlan.STATE, "globals", ModulePlan.CELLS);
        m.code.pushInt(global);
        m.code.visitInsn(Opcodes.AALOAD);
        m.code.visitTypeInsn(Opcodes.CHECKCAST, cell);
        return cell;
    }

    void numeric(int opcode) {
        if (Comparisons.is(opcode)) {
            compare(opcode);
            return;
        }
        if (NumericCode.isWide(opcode)) {
            wide(opcode);
            return;
        }
        JvmMethod m = method();
        int top = m.stack.size() - 1;
        if (NumericCode.isRotation(opcode) && m.stack.place(top) == OperandStack.CONSTANT) {
            int by = (int) m.stack.value(top);
            m.stack.drop(1);
            m.stack.operands(1);
            m.stack.pushJvm(NumericCode.rotate(m.code, opcode, by));
            return;
        }
        NumericCode.Operator operator = NumericCode.of(opcode);
        m.stack.operands(operator.operands().length());
        operator.emit(m.code);
        if (operator.isFloat() && !movesBits(opcode) && m.plan.isDeterministic()) {
            String type = String.valueOf(operator.result());
            m.code.invokeStatic(ModulePlan.NUMBERS, "canonical", "(" + type + ")" + type);
        }
        m.stack.pushJvm(operator.result());
    }

    /** Whether a float comes of bits that were there: abs, neg, copysign and reinterpret keep NaNs in the deterministic profile. */
    private static boolean movesBits(int opcode) {
        return switch (opcode) {
            case 0x8B, 0x8C, 0x98, 0x99, 0x9A, 0xA6, 0xBE, 0xBF -> true;
            default -> false;
        };
    }

    /** Leaves the comparison open: what comes next is mostly a jump. */
    void compare(int opcode) {
        OperandStack stack = method().stack;
        int top = stack.size() - 1;
        if (opcode == Comparisons.I32_EQZ && stack.place(top) == OperandStack.COMPARISON) {
            int comparison = (int) stack.value(top);
            stack.drop(1);
            stack.pushComparison(Comparisons.not(comparison));
            return;
        }
        int count = Comparisons.operands(opcode);
        for (int i = 0; i < count && Comparisons.isByDifference(opcode); i++) {
            if (stack.place(top - i) == OperandStack.CONSTANT) {
                differ(opcode, (int) stack.value(top - i), i == 1);
                return;
            }
        }
        stack.operands(count);
        stack.pushComparison(Comparisons.of(opcode));
    }

    /** Compares an int with a constant, which is the left or the right operand. */
    private void differ(int opcode, int constant, boolean isLeft) {
        JvmMethod m = method();
        if (isLeft) {
            m.stack.operands(2);
            m.code.visitInsn(Opcodes.SWAP);
            m.code.visitInsn(Opcodes.POP);
        } else {
            m.stack.drop(1);
            m.stack.operands(1);
        }
        m.stack.pushComparison(Comparisons.difference(m.code, opcode, constant, isLeft));
    }

    /** Wide arithmetic: two results, the low half below. */
    private void wide(int opcode) {
        JvmMethod m = method();
        OperandStack stack = m.stack;
        boolean isSum = opcode < NumericCode.MUL_WIDE_U - 1;
        int count = isSum ? 4 : 2;
        stack.settleBelow(stack.size());
        int[] locals = new int[count];
        int first = stack.size() - count;
        for (int i = count - 1; i >= 0; i--) {
            locals[i] = stack.inLocal(first + i);
        }
        stack.drop(count);
        if (isSum) {
            m.code.load('J', locals[0]);
            m.code.load('J', locals[2]);
            m.code.visitInsn(opcode == NumericCode.ADD128 ? Opcodes.LADD : Opcodes.LSUB);
            for (int local : locals) {
                m.code.load('J', local);
            }
            m.code.invokeStatic(ModulePlan.NUMBERS, opcode == NumericCode.ADD128 ? "addHigh" : "subHigh", "(JJJJ)J");
        } else {
            m.code.load('J', locals[0]);
            m.code.load('J', locals[1]);
            m.code.visitInsn(Opcodes.LMUL);
            m.code.load('J', locals[0]);
            m.code.load('J', locals[1]);
            if (opcode == NumericCode.MUL_WIDE_U) {
                m.code.invokeStatic(ModulePlan.NUMBERS, "mulHighU", "(JJ)J");
            } else {
                m.code.invokeStatic("java/lang/Math", "multiplyHigh", "(JJ)J");
            }
        }
        stack.pushJvm('J');
        stack.pushJvm('J');
    }
}

package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.runtime.FunctionSlots;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Switches over the slots of the functions of a type. Few cases stand where they are needed; many are spread over methods of
 * their own, which all tables and references share, so that each method is small enough for HotSpot:
 *
 * <pre>
 * slot ─▶ group of slots ─▶ function
 * </pre>
 *
 * Of a type that has too many functions even for that, all are called by their references.
 */
final class SlotSwitch {
    private static final int MOST_CASES = 256;

    /** HotSpot compiles no method of more than 8,000 bytes. */
    private static final int MOST_BYTES = 7_000;

    private static final int LARGEST_SHIFT = 9;
    private static final int GROUPS_PER_CLASS = 16;

    private final ModulePlan plan;
    private final SharedClasses classes;
    private final Set<String> made = new HashSet<>();

    SlotSwitch(ModulePlan plan, SharedClasses classes) {
        this.plan = plan;
        this.classes = classes;
    }

    /**
     * A switch by the int on the JVM's stack; goes on behind it if that is no slot of the type. The parameters are those of the
     * method.
     *
     * @param isOften whether few cases may stand here, and not only in methods that are shared
     */
    void cases(JvmCode code, int type, int instance, boolean isOften) {
        FunctionSlots.Range range = plan.slots().ranges().get(plan.module().type(type));
        Signature signature = plan.signature(type);
        int count = range == null ? 0 : range.end() - range.first();
        boolean isHere = isOften && count <= MOST_CASES && count * caseBytes(signature) <= MOST_BYTES;
        int shift = isHere ? 0 : shift(count, signature);
        if (range == null || shift < 0) {
            code.visitInsn(Opcodes.POP);
            return;
        }
        Label otherwise = new Label();
        if (isHere) {
            switchCases(code, type, instance, range.first(), range.end(), otherwise);
        } else {
            switchGroups(code, type, instance, range, shift, otherwise);
        }
        code.visitLabel(otherwise);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }

    private static int caseBytes(Signature signature) {
        return 10 + 2 * signature.params().length();
    }

    /** Returns how many slots a group has, as a power of two; -1 if there is none for so many. */
    private static int shift(int count, Signature signature) {
        int shift = LARGEST_SHIFT;
        while (shift > 0 && caseBytes(signature) << shift > MOST_BYTES) {
            shift--;
        }
        int bytes = 20 + caseBytes(signature);
        if (shift == LARGEST_SHIFT && ((count >> shift - 1) + 1) * bytes <= MOST_BYTES) {
            // Smaller methods are compiled sooner.
            shift--;
        }
        return ((count >> shift) + 1) * bytes <= MOST_BYTES ? shift : -1;
    }

    private void switchCases(JvmCode code, int type, int instance, int first, int end, Label otherwise) {
        Signature signature = plan.signature(type);
        Label[] labels = labels(end - first);
        code.visitTableSwitchInsn(first, end - 1, otherwise, labels);
        for (int i = 0; i < labels.length; i++) {
            code.visitLabel(labels[i]);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            int function = plan.slots().functionAt(first + i);
            Dispatch.loadParameters(code, signature);
            code.load('L', instance);
            code.invokeStatic(plan.classOf(function), plan.nameOf(function), signature.descriptor(plan.instanceType()));
            Dispatch.returned(code, signature);
        }
    }

    private static Label[] labels(int count) {
        Label[] labels = new Label[count];
        for (int i = 0; i < count; i++) {
            labels[i] = new Label();
        }
        return labels;
    }

    private void switchGroups(
            JvmCode code, int type, int instance, FunctionSlots.Range range, int shift, Label otherwise) {
        Signature signature = plan.signature(type);
        String descriptor = signature.descriptor("I" + plan.instanceType());
        Label[] labels = labels((range.end() - range.first() - 1 >> shift) + 1);
        // The slot is needed again: it is kept where no frame knows it, so each group finds it by the same way.
        code.load('L', instance);
        code.visitInsn(Opcodes.SWAP);
        code.visitFieldInsn(Opcodes.PUTFIELD, ModulePlan.STATE, "calledSlot", "I");
        code.load('L', instance);
        code.getField(ModulePlan.STATE, "calledSlot", "I");
        code.pushInt(range.end());
        code.visitJumpInsn(Opcodes.IF_ICMPGE, otherwise);
        code.load('L', instance);
        code.getField(ModulePlan.STATE, "calledSlot", "I");
        code.pushInt(range.first());
        code.visitInsn(Opcodes.ISUB);
        code.pushInt(shift);
        code.visitInsn(Opcodes.ISHR);
        code.visitTableSwitchInsn(0, labels.length - 1, otherwise, labels);
        for (int i = 0; i < labels.length; i++) {
            code.visitLabel(labels[i]);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            Dispatch.loadParameters(code, signature);
            code.load('L', instance);
            code.getField(ModulePlan.STATE, "calledSlot", "I");
            code.load('L', instance);
            int first = range.first() + (i << shift);
            String owner = ModulePlan.PACKAGE + "Cases" + range.first() + "_" + i / GROUPS_PER_CLASS;
            String name = "cases\u00B7" + first;
            code.invokeStatic(owner, name, descriptor);
            Dispatch.returned(code, signature);
            if (made.add(name)) {
                group(owner, name, type, first, Math.min(range.end(), first + (1 << shift)));
            }
        }
    }

    private void group(String owner, String name, int type, int first, int end) {
        Signature signature = plan.signature(type);
        JvmCode code = classes.method(owner, name, signature.descriptor("I" + plan.instanceType()));
        int slot = Dispatch.afterParameters(signature);
        Label otherwise = new Label();
        code.load('I', slot);
        switchCases(code, type, slot + 1, first, end, otherwise);
        code.visitLabel(otherwise);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        // There is no such slot: the switch that leads here has looked.
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ATHROW);
        classes.end(code);
    }
}

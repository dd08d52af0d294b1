package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.compile.jvm.Signature;
import java.util.Arrays;
import java.util.BitSet;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Switches over the functions that may be pending after a tail call and return the same. The functions are in groups; a method
 * finds the group, and there are several of these, each of which calls the next, if there are very many groups.
 */
final class PendingSwitch {
    /** HotSpot compiles no method of more than 8,000 bytes. */
    private static final int MOST_BYTES = 7_000;

    private static final int MOST_GROUPS = 200;
    private static final int GROUPS_PER_CLASS = 16;

    private final ModulePlan plan;
    private final SharedClasses classes;
    private final BitSet bodies;
    private final String returned;
    private final String descriptor;

    /** @param bodies the functions whose body is a method of its own */
    PendingSwitch(ModulePlan plan, SharedClasses classes, BitSet bodies, String returned) {
        this.plan = plan;
        this.classes = classes;
        this.bodies = bodies;
        this.returned = returned;
        descriptor = "(" + plan.instanceType() + ")" + returned;
    }

    /** Makes the method that calls whichever of these functions is pending. */
    void make(String owner, String name, int[] functions) {
        JvmCode code = classes.method(owner, name, descriptor);
        int groups = 0;
        int from = 0;
        while (from < functions.length) {
            if (groups > 0 && groups % MOST_GROUPS == 0) {
                String next = name + "\u00B7" + groups;
                callAndReturn(code, owner, next);
                classes.end(code);
                code = classes.method(owner, next, descriptor);
            }
            int end = endOfGroup(functions, from);
            String groupOwner = owner + "_" + returned.charAt(0) + groups / GROUPS_PER_CLASS;
            String groupName = "pending\u00B7" + from;
            Label next = new Label();
            code.load('L', 0);
            code.getField(ModulePlan.STATE, "pendingCall", "I");
            code.pushInt(functions[end - 1] + 1);
            code.visitJumpInsn(Opcodes.IF_ICMPGT, next);
            callAndReturn(code, groupOwner, groupName);
            code.visitLabel(next);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            group(groupOwner, groupName, Arrays.copyOfRange(functions, from, end));
            from = end;
            groups++;
        }
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ATHROW);
        classes.end(code);
    }

    private void callAndReturn(JvmCode code, String owner, String name) {
        code.load('L', 0);
        code.invokeStatic(owner, name, descriptor);
        char first = returned.charAt(0);
        code.visitInsn(SpillCode.returnInstruction(first == 'V' ? ' ' : first));
    }

    private int endOfGroup(int[] functions, int from) {
        int end = from;
        int bytes = 0;
        while (end < functions.length) {
            Signature signature = plan.signatureOf(functions[end]);
            bytes += 16 + (signature.isWide() ? 0 : 16 * signature.params().length());
            if (end > from && bytes > MOST_BYTES) {
                break;
            }
            end++;
        }
        return end;
    }

    private void group(String owner, String name, int[] functions) {
        JvmCode code = classes.method(owner, name, descriptor);
        int[] keys = new int[functions.length];
        Label[] labels = new Label[functions.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = functions[i] + 1;
            labels[i] = new Label();
        }
        Label otherwise = new Label();
        code.load('L', 0);
        code.invokeVirtual(ModulePlan.STATE, "takePending", "()I");
        code.visitLookupSwitchInsn(otherwise, keys, labels);
        for (int i = 0; i < functions.length; i++) {
            int function = functions[i];
            Signature signature = plan.signatureOf(function);
            code.visitLabel(labels[i]);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            if (!signature.isWide()) {
                SpillCode.parameters(code, 0, signature.params());
            }
            code.load('L', 0);
            String target = bodies.get(function) ? plan.bodyNameOf(function) : plan.nameOf(function);
            code.invokeStatic(plan.classOf(function), target, signature.descriptor(plan.instanceType()));
            Dispatch.returned(code, signature);
        }
        code.visitLabel(otherwise);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ATHROW);
        classes.end(code);
    }
}

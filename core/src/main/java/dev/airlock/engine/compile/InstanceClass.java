package dev.airlock.engine.compile;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.compile.jvm.GuestClasses;
import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.compile.jvm.Signature;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Makes the class of a module's instances: the fields that code uses most, and how others get at them by index.
 *
 * <pre>{@code
 * public final class Instance extends InstanceState {
 *     LinearMemory m0;
 *     int g3;
 *     long g4l, g4h;        // a vector
 *     ...
 * }
 * }</pre>
 */
final class InstanceClass {
    private final ModulePlan plan;
    private final ClassWriter writer = GuestClasses.begin(ModulePlan.INSTANCE, ModulePlan.STATE);

    private InstanceClass(ModulePlan plan) {
        this.plan = plan;
    }

    static byte[] make(ModulePlan plan) {
        return new InstanceClass(plan).make();
    }

    private byte[] make() {
        writer.visitField(0, "m0", ModulePlan.MEMORY_TYPE, null, null);
        for (int i = 0; i < plan.module().globalCount(); i++) {
            if (plan.isField(i)) {
                field(i);
            }
        }
        constructor();
        bound();
        needsExactMemory();
        accessors("Number", "J", "IJFDV");
        accessors("High", "J", "V");
        accessors("Ref", "Ljava/lang/Object;", "L");
        writer.visitEnd();
        return writer.toByteArray();
    }

    private char carrier(int global) {
        return ValueTypes.carrier(plan.module().globalType(global));
    }

    private void field(int global) {
        char carrier = carrier(global);
        if (carrier == 'V') {
            writer.visitField(0, "g" + global + "l", "J", null, null);
            writer.visitField(0, "g" + global + "h", "J", null, null);
        } else {
            writer.visitField(0, "g" + global, Signature.type(carrier), null, null);
        }
    }

    private JvmCode method(String name, String descriptor) {
        JvmCode code = new JvmCode(writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null));
        code.visitCode();
        return code;
    }

    private static void end(JvmCode code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void constructor() {
        JvmCode code = method("<init>", "()V");
        code.load('L', 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, ModulePlan.STATE, "<init>", "()V", false);
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    private void bound() {
        JvmCode code = method("bound", "()V");
        if (plan.module().memoryCount() > 0) {
            code.load('L', 0);
            code.load('L', 0);
            code.getField(ModulePlan.STATE, "memories", "[" + ModulePlan.MEMORY_TYPE);
            code.pushInt(0);
            code.visitInsn(Opcodes.AALOAD);
            code.visitFieldInsn(Opcodes.PUTFIELD, ModulePlan.INSTANCE, "m0", ModulePlan.MEMORY_TYPE);
        }
        code.load('L', 0);
        code.getField(ModulePlan.STATE, "spill", ModulePlan.SPILL_TYPE);
        code.pushInt(plan.spillSize(false));
        code.pushInt(plan.spillSize(true));
        code.invokeVirtual(ModulePlan.SPILL, "reserve", "(II)V");
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    private void needsExactMemory() {
        JvmCode code = method("needsExactMemory", "()Z");
        code.pushInt(plan.needsExactMemory() ? 1 : 0);
        code.visitInsn(Opcodes.IRETURN);
        end(code);
    }

    /** Methods that get and set globals in fields by index, and leave all others to the superclass. */
    private void accessors(String kind, String type, String carriers) {
        List<Integer> globals = new ArrayList<>();
        for (int i = 0; i < plan.module().globalCount(); i++) {
            if (plan.isField(i) && carriers.indexOf(carrier(i)) >= 0) {
                globals.add(i);
            }
        }
        if (globals.isEmpty()) {
            return;
        }
        JvmCode getter = method("global" + kind, "(I)" + type);
        switchOver(getter, globals, global -> {
            getter.load('L', 0);
            getter.getField(ModulePlan.INSTANCE, name(global, kind), fieldType(global));
            if (type.equals("J")) {
                SpillCode.toBits(getter, carrier(global));
            }
            getter.visitInsn(type.equals("J") ? Opcodes.LRETURN : Opcodes.ARETURN);
        });
        getter.load('L', 0);
        getter.load('I', 1);
        getter.visitMethodInsn(Opcodes.INVOKESPECIAL, ModulePlan.STATE, "global" + kind, "(I)" + type, false);
        getter.visitInsn(type.equals("J") ? Opcodes.LRETURN : Opcodes.ARETURN);
        end(getter);
        char carrier = type.equals("J") ? 'J' : 'L';
        JvmCode setter = method("setGlobal" + kind, "(I" + type + ")V");
        switchOver(setter, globals, global -> {
            setter.load('L', 0);
            setter.load(carrier, 2);
            if (carrier == 'J') {
                SpillCode.fromBits(setter, carrier(global));
            }
            setter.visitFieldInsn(Opcodes.PUTFIELD, ModulePlan.INSTANCE, name(global, kind), fieldType(global));
            setter.visitInsn(Opcodes.RETURN);
        });
        setter.load('L', 0);
        setter.load('I', 1);
        setter.load(carrier, 2);
        setter.visitMethodInsn(Opcodes.INVOKESPECIAL, ModulePlan.STATE, "setGlobal" + kind, "(I" + type + ")V", false);
        setter.visitInsn(Opcodes.RETURN);
        end(setter);
    }

    private String name(int global, String kind) {
        return "g" + global + (carrier(global) == 'V' ? (kind.equals("High") ? "h" : "l") : "");
    }

    private String fieldType(int global) {
        char carrier = carrier(global);
        return carrier == 'V' ? "J" : Signature.type(carrier);
    }

    private interface Case {
        void emit(int global);
    }

    private static void switchOver(JvmCode code, List<Integer> globals, Case each) {
        int[] keys = globals.stream().mapToInt(Integer::intValue).toArray();
        Label[] labels = new Label[keys.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = new Label();
        }
        Label otherwise = new Label();
        code.load('I', 1);
        code.visitLookupSwitchInsn(otherwise, keys, labels);
        for (int i = 0; i < keys.length; i++) {
            code.visitLabel(labels[i]);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            each.emit(keys[i]);
        }
        code.visitLabel(otherwise);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }
}

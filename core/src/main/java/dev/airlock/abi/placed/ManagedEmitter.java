package dev.airlock.abi.placed;

import dev.airlock.abi.Plan;
import dev.airlock.abi.Scalars;
import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import dev.airlock.memory.Memory;
import dev.airlock.placement.ManagedClass;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.ManagedList;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The bytecode of the steps with managed objects. */
final class ManagedEmitter {
    private final Plan plan;
    private final String giver;
    private final GuestFunctions functions;
    private final GuestEmitter guest;
    private final MethodCode to;
    private final MethodVisitor code;

    ManagedEmitter(Plan plan, GuestFunctions functions, GuestEmitter guest, MethodCode to) {
        this.plan = plan;
        this.giver = plan.giver();
        this.functions = functions;
        this.guest = guest;
        this.to = to;
        this.code = to.code();
    }

    void emit(ManagedStep step) {
        if (step instanceof ManagedStep.New made) {
            allocate(made.pointer(), () -> guest.size(made.count(), made.width(), 0), made.width(), made.classNumber());
        } else if (step instanceof ManagedStep.NewList made) {
            ManagedClass list = made.list();
            allocate(made.pointer(), () -> code.visitLdcInsn(list.list().fields()), 4, list.number());
        } else if (step instanceof ManagedStep.StoreList store) {
            guest.loadMemory();
            to.load(store.pointer());
            to.load(store.buffer());
            to.load(store.count());
            code.visitLdcInsn(store.width());
            pushConstant(store.list(), ManagedList.class);
            to.call(
                    ManagedWriter.class,
                    "storeFields",
                    void.class,
                    Memory.class,
                    int.class,
                    int.class,
                    int.class,
                    int.class,
                    ManagedList.class);
        } else if (step instanceof ManagedStep.Unpin unpin) {
            unpin(unpin.pointer());
        } else if (step instanceof ManagedStep.Units units) {
            guest.loadMemory();
            to.load(units.object());
            code.visitLdcInsn(units.classNumber());
            pushClasses();
            code.visitLdcInsn(giver);
            to.call(
                    ManagedReader.class,
                    "units",
                    int.class,
                    Memory.class,
                    int.class,
                    int.class,
                    ManagedClasses.class,
                    String.class);
            to.store(units.count());
        } else if (step instanceof ManagedStep.Elements elements) {
            elements(elements);
        } else if (step instanceof ManagedStep.Encode encode) {
            to.load(encode.value());
            pushConstant(encode.form(), ManagedForm.class);
            code.visitLdcInsn(encode.value().path());
            to.call(ManagedWriter.class, "encode", Object.class, Object.class, ManagedForm.class, String.class);
            to.store(encode.encoded());
        } else if (step instanceof ManagedStep.Make make) {
            make(make);
        } else if (step instanceof ManagedStep.First first) {
            to.load(first.objects());
            code.visitInsn(Opcodes.ICONST_0);
            code.visitInsn(Opcodes.IALOAD);
            to.store(first.pointer());
        } else if (step instanceof ManagedStep.UnpinAll unpin) {
            unpinAll(unpin.objects());
        } else if (step instanceof ManagedStep.Read read) {
            read(read);
        }
    }

    /** Before the steps: what is let go, whenever that is, has to be set. */
    void prepare(ManagedStep step) {
        if (step instanceof ManagedStep.Unpin unpin) {
            code.visitInsn(Opcodes.ICONST_0);
            to.store(unpin.pointer());
        } else if (step instanceof ManagedStep.UnpinAll unpin) {
            code.visitInsn(Opcodes.ACONST_NULL);
            to.store(unpin.objects());
        }
    }

    /** After a failure that is not the guest's. */
    void cleanUp(ManagedStep step) {
        if (step instanceof ManagedStep.Unpin || step instanceof ManagedStep.UnpinAll) {
            emit(step);
        }
    }

    private void pushConstant(Object constant, Class<?> as) {
        to.pushConstant(constant, as);
    }

    private void pushClasses() {
        pushConstant(Objects.requireNonNull(plan.placed().managed()).classes(), ManagedClasses.class);
    }

    private void allocate(Register pointer, Runnable size, int align, int classNumber) {
        guest.loadMemory();
        guest.enterGuest();
        pushConstant(functions.allocate(), MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        size.run();
        code.visitLdcInsn(classNumber);
        to.invoke(MethodType.methodType(int.class, Object.class, int.class, int.class));
        guest.leaveGuest();
        guest.checked(size, align);
        to.store(pointer);
        guest.enterGuest();
        call(functions.pin(), pointer);
        guest.leaveGuest();
    }

    private void call(MethodHandle handle, Register pointer) {
        pushConstant(handle, MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        to.load(pointer);
        to.invoke(MethodType.methodType(void.class, Object.class, int.class));
    }

    /** The register is cleared before the call: whatever happens then, the object is not unpinned twice. */
    private void unpin(Register pointer) {
        Label nothing = new Label();
        to.load(pointer);
        code.visitJumpInsn(Opcodes.IFEQ, nothing);
        guest.enterGuest();
        pushConstant(functions.unpin(), MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        to.load(pointer);
        code.visitInsn(Opcodes.ICONST_0);
        to.store(pointer);
        to.invoke(MethodType.methodType(void.class, Object.class, int.class));
        guest.leaveGuest();
        code.visitLabel(nothing);
    }

    private void elements(ManagedStep.Elements step) {
        guest.loadMemory();
        to.load(step.object());
        pushConstant(step.lists(), List.class);
        code.visitLdcInsn(step.width());
        pushClasses();
        code.visitLdcInsn(giver);
        to.call(
                ManagedReader.class,
                "elements",
                long.class,
                Memory.class,
                int.class,
                List.class,
                int.class,
                ManagedClasses.class,
                String.class);
        code.visitInsn(Opcodes.DUP2);
        code.visitInsn(Opcodes.L2I);
        to.store(step.count());
        code.visitLdcInsn(32);
        code.visitInsn(Opcodes.LUSHR);
        code.visitInsn(Opcodes.L2I);
        to.store(step.pointer());
    }

    private void make(ManagedStep.Make step) {
        guest.enterGuest();
        guest.loadMemory();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        pushConstant(functions.allocate(), MethodHandle.class);
        pushConstant(functions.pin(), MethodHandle.class);
        pushConstant(step.form(), ManagedForm.class);
        to.load(step.encoded());
        pushClasses();
        code.visitLdcInsn(plan.name());
        to.call(
                ManagedWriter.class,
                "make",
                int[].class,
                Memory.class,
                Object.class,
                MethodHandle.class,
                MethodHandle.class,
                ManagedForm.class,
                Object.class,
                ManagedClasses.class,
                String.class);
        to.store(step.objects());
        guest.leaveGuest();
    }

    private void unpinAll(Register objects) {
        guest.enterGuest();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        pushConstant(functions.unpin(), MethodHandle.class);
        to.load(objects);
        to.call(ManagedWriter.class, "unpin", void.class, Object.class, MethodHandle.class, int[].class);
        guest.leaveGuest();
    }

    private void read(ManagedStep.Read step) {
        guest.loadMemory();
        to.load(step.object());
        pushConstant(step.form(), ManagedForm.class);
        pushClasses();
        code.visitLdcInsn(giver);
        code.visitLdcInsn(step.value().path());
        to.call(
                ManagedReader.class,
                "read",
                Object.class,
                Memory.class,
                int.class,
                ManagedForm.class,
                ManagedClasses.class,
                String.class,
                String.class);
        Class<?> erased = Scalars.erase(step.value().type());
        if (erased != Object.class) {
            code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(erased));
        }
        to.store(step.value());
    }
}

package dev.airlock.abi.placed;

import dev.airlock.abi.Plan;
import dev.airlock.abi.Step;
import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import dev.airlock.error.Trap;
import dev.airlock.memory.Memory;
import dev.airlock.memory.StaticMemory;
import dev.airlock.placement.Placement;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The bytecode of the steps that call the guest: its allocator, its functions, and what gives back what was set aside,
 * also where a step fails.
 */
final class GuestEmitter {
    private final Plan plan;
    private final GuestFunctions functions;
    private final MethodCode to;
    private final MethodVisitor code;
    /** What the flag says while the guest runs: its function or its allocator, or its free on a result of its own. */
    private static final int IN_GUEST = 1;

    private static final int RELEASING = 2;

    private final int memory;
    private final int inGuest;
    private final ManagedEmitter managed;
    private final List<Step.Allocate> allocated = new ArrayList<>();
    private @Nullable Register returned;

    GuestEmitter(Plan plan, GuestFunctions functions, MethodCode to) {
        this.plan = plan;
        this.functions = functions;
        this.to = to;
        this.code = to.code();
        this.memory = to.newSlot(Memory.class);
        this.inGuest = to.newSlot(int.class);
        this.managed = new ManagedEmitter(plan, functions, this, to);
    }

    void emit(ManagedStep step) {
        managed.emit(step);
    }

    /** Before the steps: what the clean-up reads has to be set, whenever it runs. */
    void prepare() {
        for (Step step : plan.steps()) {
            if (step instanceof Step.Free free) {
                zero(free.pointer());
                if (free.count() != null) {
                    zero(free.count());
                }
            } else if (step instanceof Step.PopReturn pop) {
                zero(pop.pointer());
            } else if (step instanceof ManagedStep object) {
                managed.prepare(object);
            }
        }
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, inGuest);
        if (usesMemory()) {
            to.pushConstant(functions.memory(), MethodHandle.class);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            to.invoke(MethodType.methodType(Memory.class, Object.class));
        } else {
            code.visitInsn(Opcodes.ACONST_NULL);
        }
        code.visitVarInsn(Opcodes.ASTORE, memory);
    }

    private boolean usesMemory() {
        return plan.steps().stream()
                .anyMatch(s -> !(s instanceof Step.Lower
                        || s instanceof Step.Lift
                        || s instanceof Step.Call
                        || s instanceof Step.CallJava));
    }

    void loadMemory() {
        code.visitVarInsn(Opcodes.ALOAD, memory);
    }

    /** Eight bytes for the guest to say where its result is. */
    void allocateReturn(Step.AllocateReturn step) {
        allocateBlock(step.pointer(), () -> code.visitLdcInsn(8), 4);
        returned = step.pointer();
    }

    /** The same on the guest's shadow stack. */
    void push(Step.PushReturn step) {
        code.visitVarInsn(Opcodes.ALOAD, memory);
        moveStackPointer(-Step.PushReturn.ROOM);
        code.visitLdcInsn(Step.PushReturn.ROOM);
        code.visitLdcInsn(plan.name());
        to.call(Blocks.class, "pushed", int.class, Memory.class, int.class, int.class, String.class);
        to.store(step.pointer());
        returned = step.pointer();
    }

    void pop(Step.PopReturn step) {
        Label nothing = new Label();
        to.load(step.pointer());
        code.visitJumpInsn(Opcodes.IFEQ, nothing);
        zero(step.pointer());
        moveStackPointer(Step.PushReturn.ROOM);
        code.visitInsn(Opcodes.POP);
        code.visitLabel(nothing);
    }

    private void moveStackPointer(int bytes) {
        enterGuest();
        to.pushConstant(functions.stackPointer(), MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitLdcInsn(bytes);
        to.invoke(MethodType.methodType(int.class, Object.class, int.class));
        leaveGuest();
    }

    private void zero(Register register) {
        code.visitInsn(Opcodes.ICONST_0);
        to.store(register);
    }

    void size(Register count, int width, int extra) {
        to.load(count);
        code.visitLdcInsn(width);
        code.visitLdcInsn(extra);
        to.call(Blocks.class, "size", int.class, int.class, int.class, int.class);
    }

    void allocate(Step.Allocate step) {
        Runnable size = () -> size(step.count(), step.width(), step.extra());
        if (step.evenEmpty() || step.extra() > 0) {
            allocateBlock(step.pointer(), size, step.width());
        } else {
            Label empty = new Label();
            Label done = new Label();
            to.load(step.count());
            code.visitJumpInsn(Opcodes.IFEQ, empty);
            allocateBlock(step.pointer(), size, step.width());
            code.visitJumpInsn(Opcodes.GOTO, done);
            code.visitLabel(empty);
            code.visitLdcInsn(Blocks.EMPTY);
            to.store(step.pointer());
            code.visitLabel(done);
        }
        if (returned != null) {
            to.load(returned);
            code.visitLdcInsn(8);
            to.load(step.pointer());
            size.run();
            code.visitLdcInsn(plan.name());
            to.call(Blocks.class, "apart", void.class, int.class, int.class, int.class, int.class, String.class);
        }
        for (Step.Allocate earlier : allocated) {
            to.load(earlier.pointer());
            size(earlier.count(), earlier.width(), earlier.extra());
            to.load(step.pointer());
            size.run();
            code.visitLdcInsn(plan.name());
            to.call(Blocks.class, "apart", void.class, int.class, int.class, int.class, int.class, String.class);
        }
        allocated.add(step);
    }

    private void allocateBlock(Register pointer, Runnable size, int align) {
        code.visitVarInsn(Opcodes.ALOAD, memory);
        enterGuest();
        to.pushConstant(functions.allocate(), MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        size.run();
        switch (Objects.requireNonNull(plan.placed().allocate(), "no allocator").form()) {
            case SIZE -> to.invoke(MethodType.methodType(int.class, Object.class, int.class));
            case SIZE_ALIGN -> {
                code.visitLdcInsn(align);
                to.invoke(MethodType.methodType(int.class, Object.class, int.class, int.class));
            }
            case FAT -> {
                to.invoke(MethodType.methodType(long.class, Object.class, int.class));
                code.visitLdcInsn(32);
                code.visitInsn(Opcodes.LUSHR);
                code.visitInsn(Opcodes.L2I);
            }
            case MANAGED -> throw new IllegalStateException("managed objects have a step of their own");
        }
        leaveGuest();
        checked(size, align);
        to.store(pointer);
    }

    void checked(Runnable size, int align) {
        size.run();
        code.visitLdcInsn(align);
        code.visitLdcInsn(plan.name());
        to.call(Blocks.class, "allocated", int.class, Memory.class, int.class, int.class, int.class, String.class);
    }

    void pack(Runnable pointer, Runnable count) {
        pointer.run();
        code.visitInsn(Opcodes.I2L);
        code.visitLdcInsn(32);
        code.visitInsn(Opcodes.LSHL);
        count.run();
        code.visitInsn(Opcodes.I2L);
        code.visitLdcInsn(0xffff_ffffL);
        code.visitInsn(Opcodes.LAND);
        code.visitInsn(Opcodes.LOR);
    }

    void call(Step.Call step) {
        enterGuest();
        MethodHandle target = functions.target();
        to.pushConstant(target, MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        step.args().forEach(to::load);
        to.invoke(target.type());
        if (step.result() != null) {
            to.store(step.result());
        }
        leaveGuest();
    }

    void apart(Step.Free result, Step.Free other) {
        code.visitVarInsn(Opcodes.ALOAD, memory);
        to.load(result.pointer());
        to.load(Objects.requireNonNull(result.count()));
        code.visitLdcInsn(result.width());
        code.visitLdcInsn(result.extra());
        to.load(other.pointer());
        sizeOf(other);
        code.visitLdcInsn(plan.name());
        to.call(
                Blocks.class,
                "apart",
                void.class,
                Memory.class,
                int.class,
                int.class,
                int.class,
                int.class,
                int.class,
                int.class,
                String.class);
    }

    void skipStatic(Step.SkipStatic step) {
        to.pushConstant(plan.placed().statics(), StaticMemory.class);
        to.load(step.pointer());
        Step.Free own = step.own();
        if (own == null) {
            code.visitInsn(Opcodes.ICONST_0);
            code.visitInsn(Opcodes.ICONST_0);
        } else {
            to.load(own.pointer());
            sizeOf(own);
        }
        to.call(Blocks.class, "freed", int.class, StaticMemory.class, int.class, int.class, int.class);
        to.store(step.freed());
    }

    private void sizeOf(Step.Free block) {
        if (block.count() == null) {
            code.visitLdcInsn(8);
        } else {
            size(block.count(), block.width(), block.extra());
        }
    }

    /** The register is cleared before the call: whatever happens then, the block is not freed twice. */
    void free(Step.Free step) {
        Label nothing = new Label();
        Placement.Free.Form form =
                Objects.requireNonNull(plan.placed().free(), "no way to free").form();
        to.load(step.pointer());
        code.visitJumpInsn(Opcodes.IFEQ, nothing);
        boolean emptyIsNothing =
                step.count() != null && step.extra() == 0 && (step.ours() || form != Placement.Free.Form.POINTER);
        if (emptyIsNothing) {
            to.load(Objects.requireNonNull(step.count()));
            code.visitJumpInsn(Opcodes.IFEQ, nothing);
        }
        enterGuest(plan.releases(step) ? RELEASING : IN_GUEST);
        to.pushConstant(functions.free(), MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        Runnable size = () -> sizeOf(step);
        MethodType type = form.handleType();
        switch (form) {
            case POINTER -> to.load(step.pointer());
            case POINTER_SIZE -> {
                to.load(step.pointer());
                size.run();
            }
            case POINTER_SIZE_ALIGN -> {
                to.load(step.pointer());
                size.run();
                code.visitLdcInsn(step.count() == null ? 4 : step.width());
            }
            case FAT -> pack(() -> to.load(step.pointer()), size);
        }
        zero(step.pointer());
        to.invoke(type);
        leaveGuest();
        code.visitLabel(nothing);
    }

    void enterGuest() {
        enterGuest(IN_GUEST);
    }

    private void enterGuest(int why) {
        code.visitLdcInsn(why);
        code.visitVarInsn(Opcodes.ISTORE, inGuest);
    }

    void leaveGuest() {
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, inGuest);
    }

    /**
     * The exception is on the stack. Where the guest itself failed, its state is not to be touched any more; else what
     * was set aside is given back.
     */
    void cleanUp() {
        int failure = to.newSlot(Throwable.class);
        Label rethrow = new Label();
        code.visitVarInsn(Opcodes.ASTORE, failure);
        code.visitVarInsn(Opcodes.ILOAD, inGuest);
        code.visitJumpInsn(Opcodes.IFNE, rethrow);
        code.visitVarInsn(Opcodes.ALOAD, failure);
        code.visitTypeInsn(Opcodes.INSTANCEOF, Type.getInternalName(Trap.class));
        code.visitJumpInsn(Opcodes.IFNE, rethrow);
        boolean releases = plan.steps().stream().anyMatch(plan::releases);
        Label start = new Label();
        Label end = new Label();
        code.visitLabel(start);
        plan.steps().forEach(step -> {
            if (step instanceof Step.Free free) {
                free(free);
            } else if (step instanceof Step.PopReturn pop) {
                pop(pop);
            } else if (step instanceof ManagedStep object) {
                managed.cleanUp(object);
            }
        });
        code.visitLabel(end);
        if (releases) {
            code.visitJumpInsn(Opcodes.GOTO, rethrow);
            Label failedAgain = new Label();
            code.visitTryCatchBlock(start, end, failedAgain, "java/lang/Throwable");
            code.visitLabel(failedAgain);
            code.visitVarInsn(Opcodes.ASTORE, failure);
        }
        code.visitLabel(rethrow);
        code.visitVarInsn(Opcodes.ALOAD, failure);
        if (releases) {
            explainRelease();
        }
        code.visitInsn(Opcodes.ATHROW);
    }

    /** The exception is on the stack: where the guest failed to free a result of its own, another takes its place. */
    private void explainRelease() {
        Label other = new Label();
        code.visitVarInsn(Opcodes.ILOAD, inGuest);
        code.visitLdcInsn(RELEASING);
        code.visitJumpInsn(Opcodes.IF_ICMPNE, other);
        code.visitLdcInsn(plan.name());
        code.visitLdcInsn(plan.placed().statics().unknown());
        to.call(Blocks.class, "released", Throwable.class, Throwable.class, String.class, int.class);
        code.visitLabel(other);
    }
}

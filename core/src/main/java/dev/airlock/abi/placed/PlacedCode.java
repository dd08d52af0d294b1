package dev.airlock.abi.placed;

import dev.airlock.abi.Plan;
import dev.airlock.abi.PlanCompiler;
import dev.airlock.abi.Scalars;
import dev.airlock.abi.StepCode;
import dev.airlock.codegen.HiddenClass;
import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import dev.airlock.error.Trap;
import dev.airlock.memory.Memory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * One method of a plan for a core module. If a step fails, what the plan holds in the guest is released, unless the
 * guest itself failed.
 */
final class PlacedCode extends StepCode {
    /** The flag while the guest runs: its function or its allocator. */
    private static final int IN_GUEST = 1;

    private static final int FREES_RESULT = 2;

    private final PlacedAbi abi;
    private final MethodVisitor code = asm();
    private final List<PlacedStep> releases;
    private final int memory = newSlot(Memory.class);
    private final int inGuest = newSlot(int.class);
    private final Label start = new Label();
    private final Label failed = new Label();

    PlacedCode(PlacedAbi abi, Plan plan, MethodCode to, PlanCompiler compiler) {
        super(plan, to, compiler);
        this.abi = abi;
        this.releases = PlacedAbi.releases(plan);
    }

    PlacedAbi abi() {
        return abi;
    }

    GuestFunctions functions() {
        return abi.functions();
    }

    String name() {
        return plan().name();
    }

    @Override
    public MethodHandle target() {
        return functions().target();
    }

    @Override
    public Class<?> erase(Class<?> type) {
        return Scalars.erase(type);
    }

    @Override
    protected void begin() {
        releases.forEach(step -> step.operands(new Cleared(this)));
        boolean usesMemory =
                plan().steps().stream().anyMatch(step -> step instanceof PlacedStep placed && placed.usesMemory());
        if (!releases.isEmpty()) {
            leaveGuest();
        }
        if (usesMemory) {
            handle(
                    functions().memory(),
                    MethodType.methodType(Memory.class, Object.class),
                    () -> code.visitVarInsn(Opcodes.ALOAD, 0));
            code.visitVarInsn(Opcodes.ASTORE, memory);
        }
        if (!releases.isEmpty()) {
            Label end = failed;
            code.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
            code.visitLabel(start);
        }
    }

    /** Sets a register to 0 or null. */
    void clear(Register register) {
        Class<?> type = register.type();
        code.visitInsn(type.isPrimitive() ? HiddenClass.zero(type) : Opcodes.ACONST_NULL);
        store(register);
    }

    void loadMemory() {
        code.visitVarInsn(Opcodes.ALOAD, memory);
    }

    /** Sets the flag that the guest runs. If nothing is to be released, the flag has no reader. */
    void enterGuest() {
        enter(IN_GUEST);
    }

    void enterToFreeResult() {
        enter(FREES_RESULT);
    }

    void leaveGuest() {
        enter(0);
    }

    private void enter(int why) {
        if (!releases.isEmpty()) {
            push(why);
            code.visitVarInsn(Opcodes.ISTORE, inGuest);
        }
    }

    /** Calls a function of the guest. */
    void callGuest(MethodHandle function, MethodType type, Runnable args) {
        enterGuest();
        call(function, type, args);
        leaveGuest();
    }

    void call(MethodHandle function, MethodType type, Runnable args) {
        handle(function, type, () -> {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            args.run();
        });
    }

    void pushSize(Register count, int width, int extra) {
        load(count);
        push(width);
        push(extra);
        call(Blocks.class, "size");
    }

    void pushSize(BlockStep.Free block) {
        if (block.count() == null) {
            push(8);
        } else {
            pushSize(block.count(), block.width(), block.extra());
        }
    }

    void allocate(Register pointer, Runnable size, int align) {
        loadMemory();
        switch (Objects.requireNonNull(abi.placement().allocate(), "no allocator")
                .form()) {
            case SIZE ->
                callGuest(functions().allocate(), MethodType.methodType(int.class, Object.class, int.class), size);
            case SIZE_ALIGN ->
                callGuest(
                        functions().allocate(),
                        MethodType.methodType(int.class, Object.class, int.class, int.class),
                        () -> {
                            size.run();
                            push(align);
                        });
            case FAT -> {
                callGuest(functions().allocate(), MethodType.methodType(long.class, Object.class, int.class), size);
                highHalf();
            }
            case MANAGED -> throw new IllegalStateException("managed objects have a step of their own");
        }
        checkAllocated(size, align);
        store(pointer);
    }

    /** Checks the pointer on the stack, which lies above the memory. */
    void checkAllocated(Runnable size, int align) {
        size.run();
        push(align);
        push(name());
        call(Blocks.class, "allocated");
    }

    /** The upper half of the long on the stack. */
    void highHalf() {
        push(32);
        code.visitInsn(Opcodes.LUSHR);
        code.visitInsn(Opcodes.L2I);
    }

    void pack(Register pointer, Runnable count) {
        load(pointer);
        code.visitInsn(Opcodes.I2L);
        push(32);
        code.visitInsn(Opcodes.LSHL);
        count.run();
        code.visitInsn(Opcodes.I2L);
        code.visitLdcInsn(0xffff_ffffL);
        code.visitInsn(Opcodes.LAND);
        code.visitInsn(Opcodes.LOR);
    }

    /** Jumps if a register is 0 or null. */
    void jumpIfNothing(Register register, Label nothing) {
        load(register);
        code.visitJumpInsn(register.type().isPrimitive() ? Opcodes.IFEQ : Opcodes.IFNULL, nothing);
    }

    /** Emits the handler: the exception is on the stack. */
    @Override
    protected void end() {
        if (releases.isEmpty()) {
            return;
        }
        code.visitLabel(failed);
        int failure = newSlot(Throwable.class);
        Label rethrow = new Label();
        code.visitVarInsn(Opcodes.ASTORE, failure);
        code.visitVarInsn(Opcodes.ILOAD, inGuest);
        code.visitJumpInsn(Opcodes.IFNE, rethrow);
        code.visitVarInsn(Opcodes.ALOAD, failure);
        code.visitTypeInsn(Opcodes.INSTANCEOF, Type.getInternalName(Trap.class));
        code.visitJumpInsn(Opcodes.IFNE, rethrow);
        boolean freesResult = releases.stream().anyMatch(step -> PlacedAbi.freesResult(plan(), step));
        Label from = new Label();
        Label to = new Label();
        code.visitLabel(from);
        releases.forEach(step -> step.emit(this));
        code.visitLabel(to);
        if (freesResult) {
            code.visitJumpInsn(Opcodes.GOTO, rethrow);
            Label failedAgain = new Label();
            code.visitTryCatchBlock(from, to, failedAgain, "java/lang/Throwable");
            code.visitLabel(failedAgain);
            code.visitVarInsn(Opcodes.ASTORE, failure);
        }
        code.visitLabel(rethrow);
        code.visitVarInsn(Opcodes.ALOAD, failure);
        if (freesResult) {
            explain();
        }
        code.visitInsn(Opcodes.ATHROW);
    }

    /** Replaces the exception on the stack if the guest failed to free a result that it had allocated. */
    private void explain() {
        Label other = new Label();
        code.visitVarInsn(Opcodes.ILOAD, inGuest);
        push(FREES_RESULT);
        code.visitJumpInsn(Opcodes.IF_ICMPNE, other);
        push(name());
        push(abi.placement().statics().unknown());
        call(Blocks.class, "released");
        code.visitLabel(other);
    }
}

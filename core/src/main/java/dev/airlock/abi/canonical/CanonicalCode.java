package dev.airlock.abi.canonical;

import dev.airlock.abi.Plan;
import dev.airlock.abi.PlanCompiler;
import dev.airlock.abi.Step;
import dev.airlock.abi.StepCode;
import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import org.objectweb.asm.Opcodes;

/** One method of a plan by the canonical ABI. Steps emit for the component at hand: of two, the one that {@link #on} chose. */
final class CanonicalCode extends StepCode {
    private final Sides sides;
    private CanonicalFunctions functions;
    private int context;
    private int callee = -1;

    CanonicalCode(Sides sides, Plan plan, MethodCode to, PlanCompiler compiler) {
        super(plan, to, compiler);
        this.sides = sides;
        this.functions = sides.caller();
    }

    String name() {
        return plan().name();
    }

    CanonicalFunctions functions() {
        return functions;
    }

    @Override
    public MethodHandle target() {
        return functions.target();
    }

    @Override
    public Class<?> erase(Class<?> type) {
        return sides.erase(type);
    }

    @Override
    protected void begin() {
        if (sides.calleeOf() != null) {
            callee = newSlot(CanonicalContext.class);
            handle(
                    sides.calleeOf(),
                    MethodType.methodType(CanonicalContext.class, CanonicalContext.class),
                    this::pushContext);
            asm().visitVarInsn(Opcodes.ASTORE, callee);
        }
    }

    @Override
    protected void end() {
        // After a failure the instance is unusable, so there is nothing to release.
    }

    /** Emits a step that concerns one of two components. */
    void on(CanonicalStep.Side side, Step step) {
        boolean calls = side == CanonicalStep.Side.CALLEE;
        context = calls ? callee : 0;
        functions = calls ? sides.callee() : sides.caller();
        steps(List.of(step));
        context = 0;
        functions = sides.caller();
    }

    void pushContext() {
        asm().visitVarInsn(Opcodes.ALOAD, context);
    }

    /** Calls a method of the context, which lies below the arguments. */
    void context(String method) {
        call(CanonicalContext.class, method);
    }

    void pushMemory() {
        handle(
                Objects.requireNonNull(functions.memory(), "no memory"),
                MethodType.methodType(LinearMemory.class, CanonicalContext.class),
                this::pushContext);
    }

    /** Puts the memory as it is now into a local variable. */
    int memory() {
        int slot = newSlot(LinearMemory.class);
        pushMemory();
        asm().visitVarInsn(Opcodes.ASTORE, slot);
        return slot;
    }

    void pushRealloc() {
        push(
                Objects.requireNonNull(functions.realloc(), "no realloc").asType(CanonicalOperations.REALLOC),
                MethodHandle.class);
    }

    void pushNumber(ResourceType resource) {
        push(functions.resource().applyAsInt(resource));
    }

    /** Calls a core function with what registers hold. */
    void callCore(MethodHandle handle, Class<?> result, List<Register> args) {
        MethodType type = MethodType.methodType(
                        result, args.stream().<Class<?>>map(Register::type).toList())
                .insertParameterTypes(0, CanonicalContext.class);
        handle(handle, type, () -> {
            pushContext();
            args.forEach(this::load);
        });
    }

    void mayLeave(boolean may) {
        pushContext();
        push(may);
        callVirtual(CanonicalContext.class, "mayLeave", void.class, boolean.class);
    }
}

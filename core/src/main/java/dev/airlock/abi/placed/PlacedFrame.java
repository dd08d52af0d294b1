package dev.airlock.abi.placed;

import dev.airlock.abi.Frame;
import dev.airlock.abi.Plan;
import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import dev.airlock.error.Trap;
import dev.airlock.memory.Memory;
import dev.airlock.placement.Placement;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of a plan for a core module. */
final class PlacedFrame extends Frame {
    private final PlacedAbi abi;
    private final Object guest;
    private final Memory memory;
    private boolean inGuest;
    /** Whether the guest is freeing a result that it allocated. */
    private boolean freesResult;

    PlacedFrame(PlacedAbi abi, Plan plan, Object guest, Memory memory) {
        super(plan);
        this.abi = abi;
        this.guest = guest;
        this.memory = memory;
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

    Memory memory() {
        return memory;
    }

    @Override
    public Object context() {
        return guest;
    }

    @Override
    public MethodHandle target() {
        return functions().target();
    }

    /** Returns 0 if the register is not set: steps that release may run at any time. */
    @Override
    public int number(Register register) {
        Object value = get(register);
        return value == null ? 0 : (int) value;
    }

    /** Runs code of the guest. If it fails, the guest is not called again. */
    <T extends @Nullable Object> T inGuest(GuestCall<T> call) throws Throwable {
        inGuest = true;
        T result = call.run();
        inGuest = false;
        return result;
    }

    interface GuestCall<T extends @Nullable Object> {
        T run() throws Throwable;
    }

    @Nullable
    Object call(MethodHandle function, List<?> args) throws Throwable {
        var all = new ArrayList<Object>();
        all.add(guest);
        all.addAll(args);
        return inGuest(() -> function.invokeWithArguments(all));
    }

    /** Has the guest free a result that it allocated. */
    void freeResult(MethodHandle function, List<?> args) throws Throwable {
        freesResult = true;
        call(function, args);
        freesResult = false;
    }

    int allocate(int size, int align) throws Throwable {
        Placement.Allocate.Form form =
                Objects.requireNonNull(abi.placement().allocate()).form();
        Object given = call(
                functions().allocate(),
                form == Placement.Allocate.Form.SIZE_ALIGN ? List.of(size, align) : List.of(size));
        int pointer = given instanceof Long fat ? (int) (fat >>> 32) : (int) Objects.requireNonNull(given);
        return Blocks.allocated(memory, pointer, size, align, name());
    }

    int sizeOf(BlockStep.Free block) {
        return block.count() == null ? 8 : Blocks.size(number(block.count()), block.width(), block.extra());
    }

    @Override
    protected void runPlan() throws Throwable {
        try {
            super.runPlan();
        } catch (Throwable e) {
            if (inGuest || e instanceof Trap) {
                throw explained(e);
            }
            try {
                for (Step step : PlacedAbi.releases(plan())) {
                    step.run(this);
                }
            } catch (Throwable again) {
                throw explained(again);
            }
            throw explained(e);
        }
    }

    private Throwable explained(Throwable e) {
        return freesResult
                ? Blocks.released(e, name(), abi.placement().statics().unknown())
                : e;
    }
}

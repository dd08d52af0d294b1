package dev.airlock.abi.placed;

import dev.airlock.abi.Plan;
import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import dev.airlock.placement.Placement;
import dev.airlock.shape.Absence;
import dev.airlock.shape.Carrier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a call from a guest into Java: the counterpart of {@link Planner}. */
final class ServingPlanner {
    private final Placement placement;
    private final List<Step> lifting = new ArrayList<>();
    private final List<Step> frees = new ArrayList<>();
    private final List<Step> lowering = new ArrayList<>();
    private final List<Register> core = new ArrayList<>();
    private final List<Register> java = new ArrayList<>();

    private final Planner.FreshNames names;

    private ServingPlanner(Placement placement, List<String> taken) {
        this.placement = placement;
        this.names = new Planner.FreshNames(taken);
    }

    static Plan serve(
            String function,
            Placement placement,
            boolean givesGuest,
            List<String> names,
            List<Carrier> params,
            @Nullable Carrier result) {
        return new ServingPlanner(placement, names).plan(function, givesGuest, names, params, result);
    }

    private Plan plan(
            String function,
            boolean givesGuest,
            List<String> paramNames,
            List<Carrier> params,
            @Nullable Carrier result) {
        Register ret = names.ofInt("ret");
        if (result instanceof Carrier.Block && placement.out() == Placement.Out.RETURN_POINTER) {
            core.add(ret);
        }
        for (int i = 0; i < params.size(); i++) {
            lift(new Register(paramNames.get(i), params.get(i).javaType()), params.get(i), i);
        }
        Register answer = result == null ? null : names.of("answer", result.javaType());
        var steps = new ArrayList<>(lifting);
        // The guest's blocks have been read, so they can be freed before Java runs, which may take long or throw.
        steps.addAll(frees);
        steps.add(new Step.CallJava(answer, givesGuest, java));
        Register returned = answer == null ? null : lower(answer, Objects.requireNonNull(result), ret);
        steps.addAll(lowering);
        return new Plan(function, core, steps, returned);
    }

    private void lift(Register value, Carrier carrier, int index) {
        java.add(value);
        if (carrier instanceof Carrier.Scalar scalar) {
            Register number = names.of("core" + index, scalar.form().core().carrier());
            core.add(number);
            lifting.add(new Step.Lift(value, number, scalar.form()));
            return;
        }
        Carrier.Block block = Planner.placed((Carrier.Block) carrier, placement);
        int width = block.form().width();
        Register pointer = names.ofInt("ptr" + index);
        Register count = names.ofInt("count" + index);
        int extra = 0;
        var reading = new ArrayList<Step>();
        var read = new ArrayList<Register>();
        switch (placement.in()) {
            case POINTER_COUNT -> core.addAll(List.of(pointer, count));
            case SLICE -> core.addAll(List.of(pointer, count, names.ofInt("capacity" + index)));
            case NUL_TERMINATED -> {
                core.add(pointer);
                reading.add(new PointerStep.Length(count, pointer));
                read.add(count);
                extra = 1;
            }
            case FAT -> {
                Register fat = names.of("fat" + index, long.class);
                core.add(fat);
                lifting.add(new PointerStep.Unpack(pointer, count, fat));
            }
            case MANAGED -> {
                Register object = names.ofInt("object" + index);
                core.add(object);
                lifting.addAll(new ManagedPlanner(placement, names).lift(value, object, block, pointer, count));
                return;
            }
        }
        boolean freed = placement.hostFreesResults() && placement.free() != null;
        Register toFree = pointer;
        if (freed && !placement.statics().ranges().isEmpty()) {
            toFree = names.ofInt("freed" + index);
            reading.add(new BlockStep.SkipStatic(toFree, pointer, null));
            read.add(toFree);
        }
        if (block.absence() == Absence.NEVER) {
            lifting.addAll(reading);
            lifting.add(new ValueStep.Decode(value, pointer, count, block));
        } else {
            new Options(names).decode(value, pointer, count, block, reading, read, lifting);
        }
        if (freed) {
            frees.add(new BlockStep.Free(toFree, count, width, extra, false));
        }
    }

    private @Nullable Register lower(Register answer, Carrier carrier, Register ret) {
        if (carrier instanceof Carrier.Scalar scalar) {
            Register number = names.of("core", scalar.form().core().carrier());
            lowering.add(new Step.Lower(number, answer, scalar.form()));
            return number;
        }
        Carrier.Block block = Planner.placed((Carrier.Block) carrier, placement);
        if (placement.out() == Placement.Out.MANAGED) {
            return lowerManaged(answer, block);
        }
        int width = block.form().width();
        Register elements = names.of("elements", Planner.arrayOf(block.form()));
        Register count = names.ofInt("count");
        Register pointer = names.ofInt("ptr");
        boolean nul = placement.out() == Placement.Out.NUL_TERMINATED;
        var allocate = new BlockStep.Allocate(pointer, count, width, nul ? 1 : 0, true, List.of());
        var store = new ValueStep.Store(pointer, elements, block.form(), nul);
        if (block.absence() == Absence.NEVER) {
            lowering.add(new ValueStep.Encode(elements, answer, block, nul));
            lowering.add(Planner.countOf(count, elements, block.form()));
            lowering.addAll(List.of(allocate, store));
        } else {
            new Options(names).encode(answer, block, elements, count, nul, lowering);
            lowering.add(new ValueStep.IfThere(elements, List.of(allocate, store), List.of(pointer)));
        }
        switch (placement.out()) {
            case PACKED -> {
                Register fat = names.of("fat", long.class);
                lowering.add(new PointerStep.Pack(fat, pointer, count));
                return fat;
            }
            case RETURN_POINTER -> {
                lowering.add(new PointerStep.StorePair(ret, pointer, count));
                return null;
            }
            case TWO_RESULTS -> {
                Register both = names.of("both", long[].class);
                lowering.add(new PointerStep.Pair(both, pointer, count));
                return both;
            }
            case NUL_TERMINATED, MANAGED -> {}
        }
        return pointer;
    }

    private Register lowerManaged(Register answer, Carrier.Block block) {
        var unpins = new ArrayList<Step>();
        Register pointer = new ManagedPlanner(placement, names).lower(answer, block, "", lowering, lowering, unpins);
        Register object = names.ofInt("object");
        lowering.add(new PointerStep.Move(object, pointer));
        // The collector runs only when the guest allocates, and by then the pointer is on the guest's stack.
        lowering.addAll(unpins);
        return object;
    }
}

package dev.airlock.abi.placed;

import dev.airlock.abi.Plan;
import dev.airlock.abi.Step;
import dev.airlock.codegen.Register;
import dev.airlock.mapping.BlockForm;
import dev.airlock.placement.Placement;
import dev.airlock.shape.Absence;
import dev.airlock.shape.Carrier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a call from Java into a guest. */
public final class Planner {
    private final Placement placement;
    /** Steps that can fail in Java come first, so that they fail before anything is allocated in the guest. */
    private final List<Step> encoding = new ArrayList<>();

    private final List<Step> steps = new ArrayList<>();
    private final List<Step> frees = new ArrayList<>();
    /** The blocks that the plan has allocated so far. */
    private final List<BlockStep.Free> made = new ArrayList<>();

    private final List<Register> args = new ArrayList<>();
    private final FreshNames names;

    private Planner(Placement placement, List<String> taken) {
        this.placement = placement;
        this.names = new FreshNames(taken);
    }

    /** Makes names for intermediate values: a parameter may have any of them already. */
    record FreshNames(List<String> taken) {
        Register ofInt(String name) {
            return of(name, int.class);
        }

        Register of(String name, Class<?> type) {
            String free = name;
            while (taken.contains(free)) {
                free += "'";
            }
            return new Register(free, type);
        }
    }

    /**
     * Plans a call.
     *
     * @param names of the parameters, for errors and for reading
     * @param result null for none
     */
    static Plan call(
            String function, Placement placement, List<String> names, List<Carrier> params, @Nullable Carrier result) {
        return new Planner(placement, names).plan(function, names, params, result);
    }

    private Plan plan(String function, List<String> paramNames, List<Carrier> params, @Nullable Carrier result) {
        var registers = new ArrayList<Register>();
        Register returned = null;
        boolean byPointer = result instanceof Carrier.Block && placement.out() == Placement.Out.RETURN_POINTER;
        if (byPointer) {
            returned = names.ofInt("ret");
            steps.add(onStack() ? new BlockStep.PushReturn(returned) : new BlockStep.AllocateReturn(returned));
            args.add(returned);
            made.add(new BlockStep.Free(returned, null, 1, 0, true));
        }
        for (int i = 0; i < params.size(); i++) {
            Register value = new Register(paramNames.get(i), params.get(i).javaType());
            registers.add(value);
            lower(value, params.get(i), i);
        }
        Register answer = lift(result, returned);
        if (returned != null && onStack()) {
            steps.add(new BlockStep.PopReturn(returned));
        } else if (returned != null && placement.free() != null) {
            steps.add(new BlockStep.Free(returned, null, 1, 0, true));
        }
        steps.addAll(frees);
        encoding.addAll(steps);
        return new Plan(function, registers, encoding, answer);
    }

    private boolean onStack() {
        return placement.stackPointer() != null;
    }

    private void lower(Register value, Carrier carrier, int index) {
        if (carrier instanceof Carrier.Scalar scalar) {
            Register core = names.of("core" + index, scalar.form().core().carrier());
            encoding.add(new Step.Lower(core, value, scalar.form()));
            args.add(core);
            return;
        }
        Carrier.Block block = placed((Carrier.Block) carrier, placement);
        int width = block.form().width();
        if (placement.in() == Placement.In.MANAGED) {
            args.add(new ManagedPlanner(placement, names)
                    .lower(value, block, Integer.toString(index), encoding, steps, frees));
            return;
        }
        boolean nul = placement.in() == Placement.In.NUL_TERMINATED;
        Register elements = names.of("elements" + index, arrayOf(block.form()));
        Register count = names.ofInt("count" + index);
        Register pointer = names.ofInt("ptr" + index);
        var allocate =
                new BlockStep.Allocate(pointer, count, width, nul ? 1 : 0, placement.guestTakesArguments(), made);
        made.add(allocate.block());
        var store = new ValueStep.Store(pointer, elements, block.form(), nul);
        if (block.absence() == Absence.NEVER) {
            encoding.add(new ValueStep.Encode(elements, value, block, nul));
            encoding.add(countOf(count, elements, block.form()));
            steps.addAll(List.of(allocate, store));
        } else {
            new Options(names).encode(value, block, elements, count, nul, encoding);
            steps.add(new ValueStep.IfThere(elements, List.of(allocate, store), List.of(pointer)));
        }
        args.add(pointer);
        switch (placement.in()) {
            case POINTER_COUNT -> args.add(count);
            case SLICE -> args.addAll(List.of(count, count));
            case NUL_TERMINATED, MANAGED -> {}
            case FAT -> {
                Register fat = names.of("fat" + index, long.class);
                steps.add(new PointerStep.Pack(fat, pointer, count));
                args.set(args.size() - 1, fat);
            }
        }
        if (!placement.guestTakesArguments() && placement.free() != null) {
            frees.add(new BlockStep.Free(pointer, count, width, nul ? 1 : 0, true));
        }
    }

    static Step countOf(Register count, Register elements, BlockForm form) {
        return new ValueStep.Count(count, elements, elements.type() == byte[].class ? form.width() : 1);
    }

    static boolean isText(BlockForm form) {
        return form == BlockForm.UTF8 || form == BlockForm.UTF16 || form == BlockForm.PAYLOAD_UTF16;
    }

    private @Nullable Register lift(@Nullable Carrier result, @Nullable Register returned) {
        if (result == null) {
            steps.add(new BlockStep.Call(null, args));
            return null;
        }
        Register answer = names.of("result", result.javaType());
        if (result instanceof Carrier.Scalar scalar) {
            Register core = names.of("core", scalar.form().core().carrier());
            steps.add(new BlockStep.Call(core, args));
            steps.add(new Step.Lift(answer, core, scalar.form()));
            return answer;
        }
        Carrier.Block block = placed((Carrier.Block) result, placement);
        Register pointer = names.ofInt("ptr");
        Register count = names.ofInt("count");
        int extra = 0;
        var reading = new ArrayList<Step>();
        var read = new ArrayList<Register>();
        switch (placement.out()) {
            case PACKED -> {
                Register fat = names.of("fat", long.class);
                steps.add(new BlockStep.Call(fat, args));
                steps.add(new PointerStep.Unpack(pointer, count, fat));
            }
            case RETURN_POINTER -> {
                steps.add(new BlockStep.Call(null, args));
                steps.add(new PointerStep.Load(pointer, Objects.requireNonNull(returned), 0));
                steps.add(new PointerStep.Load(count, returned, 4));
            }
            case TWO_RESULTS -> {
                Register both = names.of("both", long[].class);
                steps.add(new BlockStep.Call(both, args));
                steps.add(new PointerStep.Pick(pointer, both, 0));
                steps.add(new PointerStep.Pick(count, both, 1));
            }
            case NUL_TERMINATED -> {
                steps.add(new BlockStep.Call(pointer, args));
                reading.add(new PointerStep.Length(count, pointer));
                read.add(count);
                extra = 1;
            }
            case MANAGED -> {
                Register object = names.ofInt("object");
                steps.add(new BlockStep.Call(object, args));
                steps.addAll(new ManagedPlanner(placement, names).lift(answer, object, block, pointer, count));
                return answer;
            }
        }
        boolean freed = placement.hostFreesResults() && placement.free() != null;
        if (freed) {
            apart(pointer, count, block.form().width(), extra, returned, reading);
        }
        Register toFree = freed ? skipStatic(pointer, returned, reading) : pointer;
        if (block.absence() == Absence.NEVER) {
            steps.addAll(reading);
            steps.add(new ValueStep.Decode(answer, pointer, count, block));
        } else {
            if (toFree != pointer) {
                read.add(toFree);
            }
            new Options(names).decode(answer, pointer, count, block, reading, read, steps);
        }
        if (freed) {
            steps.add(new BlockStep.Free(toFree, count, block.form().width(), extra, false));
        }
        return answer;
    }

    private Register skipStatic(Register pointer, @Nullable Register returned, List<Step> reading) {
        if (placement.statics().ranges().isEmpty()) {
            return pointer;
        }
        BlockStep.Free own = returned != null && !onStack()
                ? made.get(0)
                : steps.stream()
                        .filter(BlockStep.Allocate.class::isInstance)
                        .map(step -> ((BlockStep.Allocate) step).block())
                        .findFirst()
                        .orElse(null);
        Register freed = names.ofInt("freed");
        reading.add(new BlockStep.SkipStatic(freed, pointer, own));
        return freed;
    }

    /** Checks that the result does not overlap a block that the host frees anyway. */
    private void apart(
            Register pointer, Register count, int width, int extra, @Nullable Register returned, List<Step> reading) {
        var result = new BlockStep.Free(pointer, count, width, extra, false);
        if (returned != null && placement.out() == Placement.Out.RETURN_POINTER) {
            reading.add(new BlockStep.CheckDisjoint(result, new BlockStep.Free(returned, null, 1, 0, true)));
        }
        for (Step step : frees) {
            if (step instanceof BlockStep.Free argument) {
                reading.add(new BlockStep.CheckDisjoint(result, argument));
            }
        }
    }

    /** Returns the block in the encoding of the placement, if it is a string. */
    static Carrier.Block placed(Carrier.Block block, Placement placement) {
        if (block.form() == BlockForm.UTF8) {
            return block.in(placement.text());
        }
        boolean asText = block.form() == BlockForm.PAYLOAD && placement.text() == BlockForm.UTF16;
        return asText ? block.in(BlockForm.PAYLOAD_UTF16) : block;
    }

    static Class<?> arrayOf(BlockForm form) {
        return switch (form) {
            case UTF8, UTF16, BYTES, PAYLOAD, PAYLOAD_UTF16 -> byte[].class;
            default -> form.javaType();
        };
    }
}

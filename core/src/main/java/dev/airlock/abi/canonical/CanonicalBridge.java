package dev.airlock.abi.canonical;

import dev.airlock.abi.Abi;
import dev.airlock.abi.Plan;
import dev.airlock.abi.PlannedCall;
import dev.airlock.abi.Step;
import dev.airlock.abi.canonical.CanonicalStep.On;
import dev.airlock.abi.canonical.CanonicalStep.Side;
import dev.airlock.abi.form.CanonicalTypes;
import dev.airlock.abi.form.Layout;
import dev.airlock.abi.form.LayoutFlattening;
import dev.airlock.codegen.Register;
import dev.airlock.type.FuncType;
import dev.airlock.type.ValType;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A function that one component imports and another exports ({@code canon lower} of {@code canon lift}), synchronously.
 * Values go from memory to memory.
 */
public final class CanonicalBridge implements PlannedCall<Sides> {
    private final Plan plan;

    private CanonicalBridge(Plan plan) {
        this.plan = plan;
    }

    /**
     * Plans a call between two components.
     *
     * @param name of the function, for errors
     * @param caller the string encoding of the component that imports it
     * @param callee the string encoding of the component that exports it
     */
    public static CanonicalBridge of(String name, FuncType type, StringEncoding caller, StringEncoding callee) {
        return new CanonicalBridge(plan(name, type, caller, callee));
    }

    private static Plan plan(String name, FuncType type, StringEncoding caller, StringEncoding callee) {
        var registers = new Registers();
        List<ValType> params = type.params().stream().map(FuncType.Param::type).toList();
        List<String> names = CanonicalPlanner.names(type);
        boolean borrows = params.stream().anyMatch(CanonicalPlanner::hasBorrow);
        var there = new CanonicalBridging(registers, Side.CALLER, caller, callee, "the call of " + name);
        List<Register> given = registers(registers, CanonicalTypes.lowered(type).params(), "core");
        var reads = new ArrayList<Step>();
        List<Register> args = LayoutFlattening.paramsInMemory(type)
                ? List.of(there.spilled(params, names, given.get(0), reads))
                : there.flat(params, names, given, reads);
        var steps = new ArrayList<Step>();
        steps.add(new On(Side.CALLER, new CallStep.MayLeave()));
        if (borrows) {
            steps.add(new On(Side.CALLER, new CallStep.Scope(true)));
            steps.add(new On(Side.CALLEE, new CallStep.Scope(true)));
        }
        steps.addAll(there.opening());
        steps.addAll(reads);
        steps.addAll(there.placing());
        List<Register> results =
                registers(registers, CanonicalTypes.lifted(type).results(), "result");
        steps.add(new On(Side.CALLEE, new CallStep.CallCore(results, args)));
        List<Register> back = List.of();
        if (type.result() != null) {
            back = back(name, type.result(), registers, caller, callee, given, results, steps);
        }
        if (borrows) {
            steps.add(new On(Side.CALLEE, new CallStep.Scope(false)));
        }
        steps.add(new On(Side.CALLEE, new CallStep.PostReturn(results)));
        if (borrows) {
            steps.add(new On(Side.CALLER, new CallStep.Scope(false)));
        }
        return new Plan(name, given, steps, back.isEmpty() ? null : back.get(0));
    }

    private static List<Register> back(
            String name,
            ValType result,
            Registers registers,
            StringEncoding caller,
            StringEncoding callee,
            List<Register> given,
            List<Register> results,
            List<Step> steps) {
        var bridging = new CanonicalBridging(registers, Side.CALLEE, callee, caller, name);
        var reads = new ArrayList<Step>();
        List<Register> back = List.of();
        if (LayoutFlattening.flatten(result, LayoutFlattening.MAX_FLAT_RESULTS) == null) {
            Register image = bridging.tuple(List.of(result), List.of("result"), results.get(0), reads);
            Layout layout = Layout.of(result);
            Register ret = given.get(given.size() - 1);
            reads.add(new On(Side.CALLER, new LoweringStep.PlaceAt(ret, image, layout.size(), layout.alignment())));
        } else {
            back = bridging.flat(List.of(result), List.of("result"), results, reads);
        }
        steps.addAll(bridging.opening());
        steps.addAll(reads);
        steps.addAll(bridging.placing());
        return back;
    }

    private static List<Register> registers(
            Registers registers, List<dev.airlock.type.CoreValType> types, String name) {
        return Stream.of(types)
                .flatMap(List::stream)
                .map(type -> registers.of(name, type.carrier()))
                .toList();
    }

    @Override
    public Plan plan() {
        return plan;
    }

    /**
     * Binds the steps to two components. What they compile to is of type
     * {@code (CanonicalContext caller, core parameters…) -> core result}; the component that imports the function calls it.
     */
    @Override
    public Abi abi(Sides sides) {
        return sides;
    }

    /**
     * Compiles the plan.
     *
     * @param caller the ways into the component that imports it; its target is not used
     * @param callee the ways into the component that exports it
     * @param calleeOf {@code (CanonicalContext caller) -> CanonicalContext callee}
     */
    public MethodHandle compile(CanonicalFunctions caller, CanonicalFunctions callee, MethodHandle calleeOf) {
        return compile(new Sides(caller, callee, calleeOf));
    }

    /** Returns the same by interpreting the plan step by step. */
    public MethodHandle interpret(CanonicalFunctions caller, CanonicalFunctions callee, MethodHandle calleeOf) {
        return interpret(new Sides(caller, callee, calleeOf));
    }
}

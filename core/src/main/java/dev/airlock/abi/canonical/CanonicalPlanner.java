package dev.airlock.abi.canonical;

import dev.airlock.abi.Plan;
import dev.airlock.abi.Step;
import dev.airlock.abi.form.Form;
import dev.airlock.abi.form.Layout;
import dev.airlock.abi.form.LayoutFlattening;
import dev.airlock.codegen.Register;
import dev.airlock.type.BorrowType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FuncType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the plans of calls by the canonical ABI, in both directions ({@code canon lift}, {@code canon lower}). */
public final class CanonicalPlanner {
    private final String function;
    private final StringEncoding encoding;
    private final List<String> names;
    private final List<Form> params;
    private final @Nullable Form result;
    private final boolean paramsInMemory;
    private final boolean resultInMemory;
    private final boolean borrows;
    private final Registers registers;

    /**
     * Starts a plan.
     *
     * @param names of the parameters, for errors and for reading
     */
    CanonicalPlanner(
            String function, StringEncoding encoding, List<String> names, List<Form> params, @Nullable Form result) {
        this.function = function;
        this.encoding = encoding;
        this.names = names;
        this.params = params;
        this.result = result;
        List<ValType> types = params.stream().map(Form::type).toList();
        this.paramsInMemory = LayoutFlattening.flatten(types, LayoutFlattening.MAX_FLAT_PARAMS) == null;
        this.resultInMemory = LayoutFlattening.flatten(resultTypes(), LayoutFlattening.MAX_FLAT_RESULTS) == null;
        this.borrows = types.stream().anyMatch(CanonicalPlanner::hasBorrow);
        this.registers = new Registers();
    }

    static boolean hasBorrow(ValType type) {
        return type instanceof BorrowType || type.parts().stream().anyMatch(CanonicalPlanner::hasBorrow);
    }

    private static boolean hasOwn(ValType type) {
        return type instanceof OwnType || type.parts().stream().anyMatch(CanonicalPlanner::hasOwn);
    }

    private List<ValType> resultTypes() {
        return result == null ? List.of() : List.of(result.type());
    }

    private List<Register> values() {
        var values = new ArrayList<Register>();
        for (int i = 0; i < params.size(); i++) {
            values.add(registers.value(names.get(i), params.get(i).javaType()));
        }
        return values;
    }

    /** Plans a call from Java into a guest. */
    Plan call() {
        List<Register> values = values();
        var lowering = new CanonicalLowering(registers, encoding);
        var encodes = new ArrayList<Step>();
        List<Register> args;
        if (paramsInMemory) {
            args = List.of(lowering.spilled(params, values, encodes));
        } else {
            args = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                args.addAll(lowering.flat(params.get(i), values.get(i), encodes));
            }
        }
        var steps = new ArrayList<>(lowering.clearing());
        steps.addAll(encodes);
        if (borrows) {
            steps.add(new CallStep.Scope(true));
        }
        steps.addAll(lowering.placing());
        List<Register> results = coreResults();
        steps.add(new CallStep.CallCore(results, args));
        Register answer = lift(results, steps);
        if (borrows) {
            steps.add(new CallStep.Scope(false));
        }
        steps.add(new CallStep.PostReturn(results));
        if (result != null && hasOwn(result.type())) {
            steps.add(new CallStep.Ownership(CallStep.Ownership.Change.TAKEN));
        }
        return new Plan(function, values, steps, answer);
    }

    private List<Register> coreResults() {
        if (resultInMemory) {
            return List.of(registers.ofInt("ret"));
        }
        return flat(resultTypes(), "core");
    }

    private List<Register> flat(List<ValType> types, String name) {
        List<CoreValType> core = LayoutFlattening.flatten(types, LayoutFlattening.MAX_FLAT_PARAMS);
        return core == null
                ? List.of()
                : core.stream().map(type -> registers.of(name, type.carrier())).toList();
    }

    private @Nullable Register lift(List<Register> results, List<Step> steps) {
        if (result == null) {
            return null;
        }
        var lifting = new CanonicalLifting(registers, encoding, function);
        var decodes = new ArrayList<Step>();
        List<String> path = List.of("result");
        List<Register> lifted = resultInMemory
                ? lifting.tuple(List.of(result), path, results.get(0), decodes)
                : lifting.flat(List.of(result), path, results, decodes);
        steps.addAll(lifting.opening());
        steps.addAll(decodes);
        return lifted.get(0);
    }

    /** Plans a call from a guest into Java. */
    Plan serve() {
        var lifting = new CanonicalLifting(registers, encoding, "the guest's call of " + function);
        var decodes = new ArrayList<Step>();
        List<Register> core;
        List<Register> values;
        if (paramsInMemory) {
            core = List.of(registers.ofInt("args"));
            values = lifting.tuple(params, names, core.get(0), decodes);
        } else {
            core = flat(params.stream().map(Form::type).toList(), "core");
            values = lifting.flat(params, names, core, decodes);
        }
        var steps = new ArrayList<Step>();
        steps.add(new CallStep.MayLeave());
        if (borrows) {
            steps.add(new CallStep.Scope(true));
        }
        steps.addAll(lifting.opening());
        steps.addAll(decodes);
        if (params.stream().anyMatch(param -> hasOwn(param.type()))) {
            steps.add(new CallStep.Ownership(CallStep.Ownership.Change.TAKEN));
        }
        Register answer = result == null ? null : registers.value("result", result.javaType());
        steps.add(new Step.CallJava(answer, false, values));
        Register returned = null;
        if (result != null && answer != null) {
            var lowering = new CanonicalLowering(registers, encoding);
            var encodes = new ArrayList<Step>();
            if (resultInMemory) {
                Register ret = registers.ofInt("ret");
                core = Stream.concat(core.stream(), Stream.of(ret)).toList();
                Register image = lowering.tuple(List.of(result), List.of(answer), "results", encodes);
                Layout layout = Layout.of(result.type());
                encodes.add(new LoweringStep.PlaceAt(ret, image, layout.size(), layout.alignment()));
            } else {
                returned = lowering.flat(result, answer, encodes).get(0);
            }
            boolean gives = hasOwn(result.type());
            if (gives) {
                steps.add(new CallStep.Ownership(CallStep.Ownership.Change.GIVING));
            }
            steps.addAll(lowering.clearing());
            steps.addAll(encodes);
            steps.addAll(lowering.placing());
            if (gives) {
                steps.add(new CallStep.Ownership(CallStep.Ownership.Change.GIVEN));
            }
        }
        if (borrows) {
            steps.add(new CallStep.Scope(false));
        }
        return new Plan(function, core, steps, returned);
    }

    /** Returns the names of a function's parameters. */
    static List<String> names(FuncType type) {
        return type.params().stream().map(FuncType.Param::name).toList();
    }
}

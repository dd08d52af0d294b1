package dev.airlock.abi;

import dev.airlock.codegen.HiddenClass;
import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;

/**
 * Generates one hidden class for a plan. A short plan is one method, whose local variables are the plan's registers. Parts of
 * a long one go to methods of their own, since HotSpot compiles no method of more than 8,000 bytes, and the JVM takes none of
 * more than 65,535.
 *
 * <p>What the code needs and bytecode cannot name (guest functions, codecs, enum constants) is in the class data.
 */
public final class PlanCompiler {
    /** Of a plan's estimated bytecode. */
    private static final int LONGEST_METHOD = 6_000;

    /** What is longer than this goes to a method of its own, if something has to. */
    private static final int WORTH_A_METHOD = 400;

    private final Plan plan;
    private final Abi abi;
    private final HiddenClass made;
    /** What the whole plan reads; null until a part of it goes to a method of its own. */
    private @Nullable Dataflow whole;

    private int methods;

    private PlanCompiler(Plan plan, Abi abi) {
        this.plan = plan;
        this.abi = abi;
        this.made = new HiddenClass(abi.lookup(), "Plan$Code");
    }

    /** {@code (context, P…) -> R}, with the plan's registers for parameters and result, erased. */
    static MethodHandle compile(Plan plan, Abi abi) {
        plan.verifyIfAsked();
        try {
            return new PlanCompiler(plan, abi).compile();
        } catch (MethodTooLargeException | ClassTooLargeException e) {
            // Thousands of cases that each need room: no one writes such a type, but an attacker may send it.
            return PlanInterpreter.handle(plan, abi);
        }
    }

    static MethodType type(Plan plan, Abi abi) {
        return type(abi, plan.params(), results(plan));
    }

    private static List<Register> results(Plan plan) {
        return plan.result() == null ? List.of() : List.of(plan.result());
    }

    private MethodHandle compile() {
        MethodType type = type(plan, abi);
        method("cross", type, plan.params(), plan.steps(), results(plan));
        return made.define("cross", type, plan);
    }

    private static MethodType type(Abi abi, List<Register> params, List<Register> results) {
        var types = new ArrayList<Class<?>>();
        types.add(abi.contextType());
        params.forEach(p -> types.add(abi.erase(p.type())));
        Class<?> result = results.isEmpty()
                ? void.class
                : results.size() == 1 ? abi.erase(results.get(0).type()) : Object[].class;
        return MethodType.methodType(result, types);
    }

    /** Steps in a method of their own. */
    record Outlined(String name, List<Register> in, List<Register> out) {}

    private void method(String name, MethodType type, List<Register> params, List<Step> steps, List<Register> results) {
        MethodVisitor asm = made.method(name, type);
        asm.visitCode();
        StepCode code = abi.code(plan, new MethodCode(asm, made.data(), params), this);
        code.begin();
        if (Size.of(steps) > LONGEST_METHOD && abi.isDivisible(plan)) {
            divided(steps, code);
        } else {
            code.steps(steps);
        }
        code.giveBack(results);
        code.end();
        asm.visitMaxs(0, 0);
        asm.visitEnd();
    }

    /** Emits runs of steps into methods of their own. */
    private void divided(List<Step> steps, StepCode code) {
        var run = new ArrayList<Step>();
        int length = 0;
        for (Step step : steps) {
            int size = Size.of(List.of(step));
            if (step.isBranching() && size > WORTH_A_METHOD) {
                flush(run, code);
                length = 0;
                code.emitDivided(step);
            } else {
                if (length + size > LONGEST_METHOD / 2) {
                    flush(run, code);
                    length = 0;
                }
                run.add(step);
                length += size;
            }
        }
        flush(run, code);
    }

    private void flush(List<Step> run, StepCode code) {
        if (isWorthAMethod(run)) {
            code.call(outline(List.copyOf(run)));
        } else {
            code.steps(List.copyOf(run));
        }
        run.clear();
    }

    static boolean isWorthAMethod(List<Step> steps) {
        return Size.of(steps) > WORTH_A_METHOD;
    }

    /** Makes a method of steps. */
    Outlined outline(List<Step> steps) {
        if (whole == null) {
            whole = Dataflow.of(plan.steps());
            whole.reads(results(plan));
        }
        Dataflow all = whole;
        Dataflow inside = Dataflow.of(steps);
        List<Register> out = inside.written().stream()
                .filter(r -> all.readers(r) > inside.readers(r))
                .toList();
        // What only some cases set keeps its value in the others.
        List<Register> in = Stream.concat(inside.read().stream(), out.stream().filter(r -> !inside.isSet(r)))
                .distinct()
                .toList();
        var outlined = new Outlined("part" + methods++, in, out);
        method(outlined.name(), type(abi, in, out), in, steps, out);
        return outlined;
    }

    void call(MethodVisitor asm, Outlined outlined) {
        made.call(asm, outlined.name(), type(abi, outlined.in(), outlined.out()));
    }
}

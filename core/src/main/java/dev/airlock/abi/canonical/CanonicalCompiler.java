package dev.airlock.abi.canonical;

import dev.airlock.abi.Plan;
import dev.airlock.abi.Scalars;
import dev.airlock.abi.Step;
import dev.airlock.abi.form.Budget;
import dev.airlock.codegen.HiddenClass;
import dev.airlock.codegen.MethodCode;
import dev.airlock.codegen.Register;
import dev.airlock.memory.LinearMemory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Generates one hidden class for a plan of the canonical ABI. Short plans are one method; of long ones parts go to methods
 * of their own, since HotSpot compiles no method of more than 8,000 bytes, and the JVM takes none of more than 65,535.
 */
final class CanonicalCompiler {
    /** Of a plan's estimated bytecode. Estimates are on the high side. */
    private static final int LONGEST_METHOD = 6_000;

    /** What is longer than this goes to a method of its own, if something has to. */
    private static final int WORTH_A_METHOD = 400;

    private final Sides sides;
    private final String function;
    private final String giver;
    private final HiddenClass made = new HiddenClass(MethodHandles.lookup(), "Canonical$Code");
    private final Map<Register, Integer> readers = new HashMap<>();
    private int methods;

    private CanonicalCompiler(Plan plan, Sides sides) {
        this.sides = sides;
        this.function = plan.name();
        this.giver = plan.giver();
    }

    /** {@code (CanonicalContext, P…) -> R}, with the plan's registers for parameters and result, erased. */
    static MethodHandle compile(Plan plan, Sides sides) {
        var compiler = new CanonicalCompiler(plan, sides);
        try {
            return compiler.compile(plan);
        } catch (MethodTooLargeException | ClassTooLargeException e) {
            // Thousands of cases that each need room: a type that nobody writes, but somebody may send.
            return CanonicalInterpreter.handle(plan, sides);
        }
    }

    static MethodType type(Plan plan) {
        return type(plan.params(), results(plan));
    }

    private static List<Register> results(Plan plan) {
        return plan.result() == null ? List.of() : List.of(plan.result());
    }

    private MethodHandle compile(Plan plan) {
        countReaders(plan.steps());
        results(plan).forEach(this::countReader);
        MethodType type = type(plan.params(), results(plan));
        method("cross", type, plan.params(), plan.steps(), results(plan));
        return made.define("cross", type, plan);
    }

    /** What may stand in our bytecode for a register's type. */
    static Class<?> erase(Class<?> type) {
        return type == Image.class
                        || type == Budget.class
                        || type == LinearMemory.class
                        || type == Object[].class
                        || type == Slice.class
                        || type == Transcoded.class
                ? type
                : Scalars.erase(type);
    }

    private static MethodType type(List<Register> params, List<Register> results) {
        var types = new ArrayList<Class<?>>();
        types.add(CanonicalContext.class);
        params.forEach(p -> types.add(erase(p.type())));
        Class<?> result = results.isEmpty()
                ? void.class
                : results.size() == 1 ? erase(results.get(0).type()) : Object[].class;
        return MethodType.methodType(result, types);
    }

    private void countReaders(List<Step> steps) {
        for (Step step : steps) {
            ownReads(step).forEach(this::countReader);
            bodies(step).forEach(this::countReaders);
        }
    }

    private void countReader(Register register) {
        readers.merge(register, 1, Integer::sum);
    }

    private static List<List<Step>> bodies(Step step) {
        return step instanceof CanonicalStep canonical ? canonical.bodies() : List.of();
    }

    private static List<Register> ownReads(Step step) {
        if (step instanceof CanonicalStep.Match match) {
            return List.of(match.number());
        } else if (step instanceof CanonicalStep.Each each) {
            return List.of(each.count());
        }
        return Dataflow.in(step);
    }

    /** Steps in a method of their own. Made by the compiler only, and never part of a plan. */
    record Outlined(String name, List<Register> in, List<Register> out, List<Step> steps) {}

    private void method(String name, MethodType type, List<Register> params, List<Step> steps, List<Register> results) {
        MethodVisitor code = made.method(name, type);
        code.visitCode();
        var to = new MethodCode(code, made.data(), params);
        var emitter = new CanonicalEmitter(sides, function, giver, to, this, made);
        emitter.prepare();
        body(steps, emitter, size(steps) > LONGEST_METHOD);
        emitter.giveBack(results);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** Emits steps into the method at hand, or, where that would be too long, runs of them into others. */
    void body(List<Step> steps, CanonicalEmitter emitter, boolean tooLong) {
        if (!tooLong) {
            steps.forEach(step -> emitter.emit(step, false));
            return;
        }
        var run = new ArrayList<Step>();
        int length = 0;
        for (Step step : steps) {
            int size = size(step);
            if (!bodies(step).isEmpty() && size > WORTH_A_METHOD && isBranching(step)) {
                flush(run, emitter);
                length = 0;
                emitter.emit(step, true);
            } else {
                if (length + size > LONGEST_METHOD / 2) {
                    flush(run, emitter);
                    length = 0;
                }
                run.add(step);
                length += size;
            }
        }
        flush(run, emitter);
    }

    private static boolean isBranching(Step step) {
        return step instanceof CanonicalStep.Match || step instanceof CanonicalStep.Each;
    }

    private void flush(List<Step> run, CanonicalEmitter emitter) {
        if (size(run) > WORTH_A_METHOD) {
            emitter.call(outline(List.copyOf(run)));
        } else {
            run.forEach(step -> emitter.emit(step, false));
        }
        run.clear();
    }

    /** Steps as a method. */
    Outlined outline(List<Step> steps) {
        var inside = new HashMap<Register, Integer>();
        countInside(steps, inside);
        List<Register> out = Dataflow.written(steps).stream()
                .filter(r -> readers.getOrDefault(r, 0) > inside.getOrDefault(r, 0))
                .toList();
        Set<Register> always = set(steps);
        // What only some cases set keeps its value in the others.
        List<Register> in = Stream.concat(
                        Dataflow.read(steps).stream(), out.stream().filter(r -> !always.contains(r)))
                .distinct()
                .toList();
        String name = "part" + methods++;
        var outlined = new Outlined(name, in, out, steps);
        method(name, type(outlined), in, steps, out);
        return outlined;
    }

    /** What steps set whichever way they take. */
    private static Set<Register> set(List<Step> steps) {
        var set = new HashSet<Register>();
        for (Step step : steps) {
            if (step instanceof CanonicalStep.Match match) {
                set.addAll(match.bodies().stream()
                        .map(CanonicalCompiler::set)
                        .reduce((a, b) -> {
                            a.retainAll(b);
                            return a;
                        })
                        .orElseThrow());
            } else {
                Step inner = step instanceof CanonicalStep.On on ? on.step() : step;
                boolean maybe = inner instanceof CanonicalStep.Each
                        || (inner instanceof LoweringStep.Place place && place.optional())
                        || (inner instanceof LoweringStep.LowerHandle handle && handle.optional());
                set.addAll(maybe ? List.of() : Dataflow.out(step));
            }
        }
        return set;
    }

    static MethodType type(Outlined outlined) {
        return type(outlined.in(), outlined.out());
    }

    private static void countInside(List<Step> steps, Map<Register, Integer> inside) {
        for (Step step : steps) {
            ownReads(step).forEach(r -> inside.merge(r, 1, Integer::sum));
            bodies(step).forEach(body -> countInside(body, inside));
        }
    }

    static boolean isWorthAMethod(List<Step> steps) {
        return size(steps) > WORTH_A_METHOD;
    }

    private static int size(List<Step> steps) {
        long size = steps.stream().mapToLong(CanonicalCompiler::size).sum();
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private static int size(Step step) {
        int own = own(step) + 4 * ownReads(step).size();
        long inner = bodies(step).stream().mapToLong(body -> size(body) + 8L).sum();
        return (int) Math.min(own + inner, Integer.MAX_VALUE);
    }

    private static int own(Step step) {
        Step inner = step instanceof CanonicalStep.On on ? on.step() : step;
        if (inner instanceof LoweringStep.Place || inner instanceof LoweringStep.PlaceAt) {
            return 150;
        }
        return inner instanceof CanonicalStep.Clear ? 4 : bodies(inner).isEmpty() ? 30 : 60;
    }

    static String descriptor(Class<?> result, Class<?>... params) {
        return MethodType.methodType(result, params).toMethodDescriptorString();
    }

    static int opcode(Class<?> type, int opcode) {
        return Type.getType(type).getOpcode(opcode);
    }
}

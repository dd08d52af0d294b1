package dev.airlock.engine.compile;

import dev.airlock.engine.compile.jvm.CodeTooLargeException;
import dev.airlock.engine.compile.jvm.GroupClasses;
import dev.airlock.engine.compile.jvm.JvmCode;
import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.load.CompileOptions;
import dev.airlock.engine.load.CompiledCode;
import dev.airlock.engine.load.CompiledGroup;
import dev.airlock.engine.simd.VectorForms;
import dev.airlock.engine.simd.VectorObjectCode;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.error.ModuleException;
import dev.airlock.limit.CompileLimits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Compiles a module: its functions in groups, which several threads may make side by side, and then what they share.
 *
 * <pre>{@code
 * ModuleCompiler compiler = new ModuleCompiler(module, options, limits, names);
 * List<CompiledGroup> groups = new ArrayList<>();
 * for (int group = 0; group < compiler.groupCount(); group++) groups.add(compiler.compile(group)); // by any threads
 * CompiledCode code = compiler.finish(groups);
 * }</pre>
 */
public final class ModuleCompiler {
    /** A number that is raised when the same module becomes other code than before: caches have it in their keys. */
    public static final int FORMAT = 1;

    private final ValidModule module;
    private final ModulePlan plan;
    private final CompileBudget budget;
    private final BitSet bodies = new BitSet();

    /**
     * @param limits of all of this; its time begins now
     * @param nameOf the name of each function, which need be neither unique nor legal for the JVM
     */
    public ModuleCompiler(
            ValidModule module, CompileOptions options, CompileLimits limits, IntFunction<String> nameOf) {
        this.module = module;
        this.budget = new CompileBudget(module.name(), limits);
        this.plan = new ModulePlan(module, options, budget, nameOf);
    }

    /** Returns how many groups there are. */
    public int groupCount() {
        return plan.groups().count();
    }

    /**
     * Validates and compiles one group.
     *
     * @throws dev.airlock.error.ModuleException if a body is not valid, or this thread is interrupted
     * @throws dev.airlock.error.LimitException if the module takes more than it may
     */
    public CompiledGroup compile(int group) {
        String name = ModulePlan.groupClass(group);
        GroupClasses classes = new GroupClasses(name);
        BitSet withBodies = new BitSet();
        List<String> methods = new ArrayList<>();
        List<Integer> functions = new ArrayList<>();
        Map<Integer, Integer> large = new TreeMap<>();
        long counted = 0;
        for (int function = plan.groups().firstOf(group);
                function < plan.groups().firstOf(group + 1);
                function++) {
            FunctionCompiler compiler = compile(function, classes);
            BodyFacts facts = compiler.facts();
            counted += compiler.sizeInFile();
            methods.add(plan.nameOf(function));
            functions.add(function);
            if (facts.tailCalls) {
                withBodies.set(function);
                methods.add(plan.bodyNameOf(function));
                functions.add(function);
            }
            for (String part : compiler.partNames()) {
                methods.add(part);
                functions.add(function);
            }
            if (compiler.size() > LARGEST_COMPILED) {
                large.put(function, compiler.size());
            }
        }
        Map<String, byte[]> bytes = classes.finish();
        long all = bytes.values().stream().mapToLong(each -> each.length).sum();
        budget.add(all - counted);
        synchronized (bodies) {
            bodies.or(withBodies);
        }
        return new CompiledGroup(
                name.replace('/', '.'),
                bytes,
                methods.toArray(String[]::new),
                functions.stream().mapToInt(Integer::intValue).toArray(),
                large);
    }

    /** Returns how many bytes of code a function has as one method, compact code if only that is small enough for HotSpot. */
    private int sizeAsOne(int function, Recording recording) {
        BodyFacts facts = recording.facts();
        int size = trial(function, recording);
        if (size > PartPlanner.MOST_BYTES && facts.storesMemory) {
            facts.isCompact = true;
            int compact = trial(function, recording);
            if (compact <= PartPlanner.MOST_BYTES) {
                return compact;
            }
            facts.isCompact = false;
        }
        return size;
    }

    /** Compiles a function as one method that is not kept. Returns how many bytes of code it has, or more than any may have. */
    private int trial(int function, Recording recording) {
        var classes = new GroupClasses(ModulePlan.PACKAGE + "Trial");
        var trial = new FunctionCompiler(plan, function, recording.facts(), classes, true);
        try {
            recording.replay(trial, List.of());
        } catch (CodeTooLargeException e) {
            return Integer.MAX_VALUE;
        }
        return trial.size();
    }

    private FunctionCompiler compile(int function, GroupClasses classes) {
        budget.check();
        Recording recording = new Recording(plan.options().lines());
        module.body(function, recording);
        BodyFacts facts = recording.facts();
        budget.checkLocals(function, facts.locals.length);
        if (facts.vectors) {
            VectorForms forms = new VectorForms(VectorForms.Types.of(module), VectorObjectCode.IS_CHOSEN);
            if (!forms.areObjects()) {
                recording.replay(forms);
            }
            facts.choose(forms);
        }
        budget.check();
        List<Part> parts = PartPlanner.plan(recording, () -> sizeAsOne(function, recording));
        recording.describe(parts);
        try {
            FunctionCompiler compiler = new FunctionCompiler(plan, function, facts, classes, false);
            recording.replay(compiler, parts);
            if (facts.tailCalls) {
                pendingCalls(classes, function);
            }
            return compiler;
        } catch (CodeTooLargeException e) {
            throw new ModuleException(
                    module.name(),
                    module.bodyRange(function).from(),
                    "function " + function
                            + " has code that does not fit into a method of the JVM, which takes 65,535 bytes",
                    e);
        }
    }

    /** HotSpot compiles no method that is larger, unless {@code -XX:-DontCompileHugeMethods} is set. */
    private static final int LARGEST_COMPILED = 8_000;

    /** Makes the method that calls a body, and then whatever that leaves pending. */
    private void pendingCalls(GroupClasses classes, int function) {
        Signature signature = plan.signatureOf(function);
        String descriptor = signature.descriptor(plan.instanceType());
        JvmCode code = new JvmCode(classes.method(plan.nameOf(function), descriptor));
        code.visitCode();
        int instance = 0;
        if (!signature.isWide()) {
            for (char carrier : signature.params().toCharArray()) {
                for (int half = 0; half <= (carrier == 'V' ? 2 : 0); half += 2) {
                    code.load(carrier == 'V' ? 'J' : carrier, instance + half);
                }
                instance += Signature.slots(carrier);
            }
        }
        code.load('L', instance);
        code.invokeStatic(plan.classOf(function), plan.bodyNameOf(function), descriptor);
        char returned = signature.returnCarrier();
        int result = instance + 1;
        if (returned != ' ') {
            code.store(returned, result);
        }
        Label again = new Label();
        Label done = new Label();
        code.visitLabel(again);
        if (returned == ' ') {
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        } else {
            code.visitFrame(Opcodes.F_APPEND, 1, new Object[] {LocalLayout.item(returned)}, 0, null);
        }
        code.load('L', instance);
        code.getField(ModulePlan.STATE, "pendingCall", "I");
        code.visitJumpInsn(Opcodes.IFEQ, done);
        code.invokeStatic(ModulePlan.NUMBERS, "checkInterrupt", "()V");
        plan.dispatch().callPending(code, instance, signature);
        if (returned != ' ') {
            code.store(returned, result);
        }
        code.visitJumpInsn(Opcodes.GOTO, again);
        code.visitLabel(done);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        if (returned != ' ') {
            code.load(returned, result);
        }
        code.visitInsn(SpillCode.returnInstruction(returned));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** Makes what all groups share, once they are compiled. */
    public CompiledCode finish(List<CompiledGroup> groups) {
        Map<String, byte[]> others = new TreeMap<>();
        plan.dispatch().finish(bodies).forEach((name, bytes) -> others.put(name.replace('/', '.'), bytes));
        String instance = ModulePlan.INSTANCE.replace('/', '.');
        byte[] instanceClass = InstanceClass.make(plan);
        budget.add(instanceClass.length);
        others.put(instance, instanceClass);
        return new CompiledCode(instance, groups, others);
    }
}

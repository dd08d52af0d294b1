package dev.airlock.engine.code;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.objectweb.asm.MethodTooLargeException;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.internal.ByteClassCollector;
import run.endive.compiler.internal.ClassCollector;
import run.endive.compiler.internal.Compiler;
import run.endive.compiler.internal.Shaded;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;

/**
 * Runs Endive's compiler on a module, again for each function that turns out too large for a JVM method.
 *
 * <p>Endive makes classes in a fixed order: its helpers, the classes of functions, {@code FuncGroup_0} first, then what calls
 * them by number. It tells of each as soon as it is made, which is how a run can end when it has made what was wanted of it.
 */
final class CompilerRun {
    /**
     * Few enough that a start loads and verifies little that it does not run, and many enough that the names of what a class
     * refers to, which each has of its own, do not weigh.
     */
    static final int FUNCTIONS_PER_CLASS = 128;

    static final String GROUP = "FuncGroup_";

    private final WasmModule module;
    private final Map<Integer, Integer> tooLarge;
    private final CompileProgress progress;
    private final int importedFunctions;

    /** @param tooLarge the functions that are known to be, and their sizes; those that are found are added */
    CompilerRun(WasmModule module, Map<Integer, Integer> tooLarge, CompileProgress progress) {
        this.module = module;
        this.tooLarge = tooLarge;
        this.progress = progress;
        this.importedFunctions = module.importSection().count(ExternalType.FUNCTION);
    }

    /** All classes. */
    Map<String, byte[]> all() {
        return run(new Wanted(false, group -> true, Integer.MAX_VALUE));
    }

    /**
     * The classes of functions from one to before another.
     *
     * @throws UnequalClasses if Endive did not put {@link #FUNCTIONS_PER_CLASS} into each
     */
    Map<String, byte[]> groups(int from, int to) {
        return run(new Wanted(true, group -> group >= from && group < to, to - 1));
    }

    /**
     * All but the classes of functions.
     *
     * @throws UnequalClasses if Endive did not put {@link #FUNCTIONS_PER_CLASS} into each of those
     */
    Map<String, byte[]> others() {
        return run(new Wanted(true, group -> false, Integer.MAX_VALUE));
    }

    private Map<String, byte[]> run(Wanted wanted) {
        while (true) {
            var classes = new Classes(wanted, group -> progress.compiled(group, importedFunctions));
            try {
                return Compiler.builder(module)
                        .withClassName(CodeCompiler.MAIN_CLASS)
                        .withMaxFunctionsPerClass(FUNCTIONS_PER_CLASS)
                        .withInterpreterFallback(InterpreterFallback.FAIL)
                        .withInterpretedFunctions(Set.copyOf(tooLarge.keySet()))
                        .withClassCollectorFactory(classes::collector)
                        .build()
                        .compile()
                        .classBytes();
            } catch (Complete complete) {
                return classes.kept;
            } catch (WasmEngineException e) {
                if (!(e.getCause() instanceof MethodTooLargeException method)
                        || !method.getMethodName().startsWith(CodeCompiler.METHOD_PREFIX)
                        || tooLarge.putIfAbsent(
                                        Integer.parseInt(
                                                method.getMethodName().substring(CodeCompiler.METHOD_PREFIX.length())),
                                        method.getCodeSize())
                                != null) {
                    throw e;
                }
            }
        }
    }

    /**
     * Which classes a run is for.
     *
     * @param equal whether each class of functions has to have the same number of them
     * @param groups which classes of functions, by number
     * @param last the last one that is wanted
     */
    private record Wanted(boolean equal, IntPredicate groups, int last) {}

    /** All that was wanted has been made. */
    private static final class Complete extends RuntimeException {
        Complete() {
            super(null, null, false, false);
        }
    }

    /** Some class was too large, so that Endive began again with fewer functions in each. */
    static final class UnequalClasses extends RuntimeException {
        UnequalClasses() {
            super(null, null, false, false);
        }
    }

    /** The collectors of one run: Endive asks for another whenever it begins again. */
    private static final class Classes {
        private final Wanted wanted;
        private final Map<String, byte[]> kept = new LinkedHashMap<>();
        private final IntConsumer made;
        private int collectors;

        /** @param made called with the number of each class of functions that is wanted, when it has been made */
        Classes(Wanted wanted, IntConsumer made) {
            this.wanted = wanted;
            this.made = made;
        }

        ClassCollector collector() {
            collectors++;
            return new Collector(this);
        }

        boolean isWanted(String name) {
            int group = name.lastIndexOf(GROUP);
            if (group < 0) {
                return wanted.last == Integer.MAX_VALUE;
            }
            if (wanted.equal && collectors != 2) {
                // One is for the module, the second for the first attempt at its classes of functions.
                throw new UnequalClasses();
            }
            return wanted.groups.test(number(name, group));
        }

        private static int number(String name, int group) {
            return Integer.parseInt(name.substring(group + GROUP.length()));
        }

        void keep(String name, byte[] bytes) {
            kept.put(name, bytes);
            int group = name.lastIndexOf(GROUP);
            if (group >= 0) {
                made.accept(number(name, group));
            }
        }

        boolean isLast(String name) {
            return name.endsWith(GROUP + wanted.last);
        }
    }

    /** Collects without loading: Endive's own collector defines every class twice on the way. */
    private static final class Collector implements ClassCollector {
        private final ByteClassCollector resolver = new ByteClassCollector();
        private final Map<String, byte[]> bytes = new LinkedHashMap<>();
        private final Classes run;
        private String mainClass = "";

        Collector(Classes run) {
            this.run = run;
        }

        @Override
        public String mainClassName() {
            return mainClass;
        }

        @Override
        public void putMainClass(String className, byte[] classBytes) {
            mainClass = className;
            put(className, classBytes);
        }

        @Override
        public void put(String name, byte[] classBytes) {
            String binaryName = name.replace('/', '.');
            if (run.isWanted(binaryName)) {
                bytes.put(binaryName, classBytes);
                run.keep(binaryName, classBytes);
            }
            if (run.isLast(binaryName)) {
                throw new Complete();
            }
        }

        @Override
        public void putAll(ClassCollector collector) {
            bytes.putAll(collector.classBytes());
        }

        @Override
        public Map<String, byte[]> classBytes() {
            return bytes;
        }

        @Override
        public byte[] resolve(Class<?> type) {
            byte[] helpers = resolver.resolve(type);
            return type == Shaded.class ? CodeCompiler.withOurHelpers(helpers) : helpers;
        }
    }
}

package dev.airlock.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.internal.ByteClassCollector;
import run.endive.compiler.internal.ClassCollector;
import run.endive.compiler.internal.Compiler;
import run.endive.wasm.WasmModule;

/**
 * Calls Endive's compiler, which turns each guest function into one static JVM method.
 *
 * <p>The names of classes and methods are Endive's, and others here rely on them: function 12 is the method
 * {@code func_12} of a class whose name starts with {@link #MAIN_CLASS}, with the guest's parameters, then the first
 * memory, then the instance.
 */
final class CodeCompiler {
    static final String MAIN_CLASS = "dev.airlock.guest.Code";
    static final String METHOD_PREFIX = "func_";

    private CodeCompiler() {}

    static CompiledCode compile(WasmModule module) {
        var result = Compiler.builder(module)
                .withClassName(MAIN_CLASS)
                .withInterpreterFallback(InterpreterFallback.SILENT)
                .withClassCollectorFactory(Classes::new)
                .build()
                .compile();
        return new CompiledCode(MAIN_CLASS, Map.copyOf(result.classBytes()), Set.copyOf(result.interpretedFunctions()));
    }

    /** Collects without loading: Endive's own collector defines every class twice on the way. */
    private static final class Classes implements ClassCollector {
        private final ByteClassCollector resolver = new ByteClassCollector();
        private final Map<String, byte[]> bytes = new LinkedHashMap<>();
        private String mainClass = "";

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
            bytes.put(name.replace('/', '.'), classBytes);
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
            return resolver.resolve(type);
        }
    }
}

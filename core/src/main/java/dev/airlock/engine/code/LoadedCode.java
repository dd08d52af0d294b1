package dev.airlock.engine.code;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.types.TypeSection;

/**
 * A module's compiled classes, loaded: makes machines for instances and hands out the methods of its functions. Public for
 * the library itself.
 */
public final class LoadedCode {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final AtomicLong COUNT = new AtomicLong();

    private final Loader loader;
    private final MethodHandle newMachine;
    private final String functionClasses;
    private final int functionsPerClass;

    LoadedCode(CompiledCode code, TypeSection types) {
        loader = new Loader(code.classes(), types);
        functionClasses = code.mainClass() + CompilerRun.GROUP;
        functionsPerClass = code.functionsPerClass();
        try {
            Class<?> main = loader.loadClass(code.mainClass());
            newMachine = LOOKUP.findConstructor(main, MethodType.methodType(void.class, Instance.class))
                    .asType(MethodType.methodType(Machine.class, Instance.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the compiled code does not have the form that Endive gives it", e);
        }
    }

    /** The types of the module that a class of compiled code belongs to. */
    static TypeSection typesOf(Class<?> guestClass) {
        if (guestClass.getClassLoader() instanceof Loader guest) {
            return guest.types;
        }
        throw new IllegalArgumentException(guestClass + " is no guest's");
    }

    /** Whether a frame is of this code: stack frames carry their class loader's name, and ours are unique. */
    public boolean owns(StackTraceElement frame) {
        return Objects.equals(frame.getClassLoaderName(), loader.getName());
    }

    /** The place that a frame of some guest's code stands for; null where that is no function of the guest. */
    public static SourceLines.@Nullable Spot spot(StackTraceElement frame) {
        String method = frame.getMethodName();
        return method.startsWith(CodeCompiler.METHOD_PREFIX)
                ? new SourceLines.Spot(
                        Integer.parseInt(method.substring(CodeCompiler.METHOD_PREFIX.length())), frame.getLineNumber())
                : null;
    }

    public Machine newMachine(Instance instance) {
        try {
            return (Machine) newMachine.invokeExact(instance);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("a machine cannot be made", e);
        }
    }

    /**
     * The method of a function, with the JVM types of its parameters, then the memory and the instance; null where it
     * takes its parameters another way since there are too many of them.
     */
    public @Nullable MethodHandle function(int index, CoreFuncType type) {
        MethodType shape = MethodType.methodType(
                        resultCarrier(type),
                        type.params().stream().map(EndiveTypes::carrier).toArray(Class<?>[]::new))
                .appendParameterTypes(Memory.class, Instance.class);
        try {
            Class<?> group = loader.loadClass(functionClasses + index / functionsPerClass);
            return MethodHandles.privateLookupIn(group, LOOKUP)
                    .findStatic(group, CodeCompiler.METHOD_PREFIX + index, shape);
        } catch (NoSuchMethodException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the compiled code does not have the form that Endive gives it", e);
        }
    }

    /** What a compiled function returns: nothing, the one result, or all results as raw bits in one array. */
    public static Class<?> resultCarrier(CoreFuncType type) {
        return switch (type.results().size()) {
            case 0 -> void.class;
            case 1 -> EndiveTypes.carrier(type.results().get(0));
            default -> type.results().contains(CoreValType.EXTERNREF) ? Object[].class : long[].class;
        };
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> pending;
        private final TypeSection types;

        Loader(Map<String, byte[]> classes, TypeSection types) {
            // The code refers to Endive's runtime, to IndirectCalls and to Tags, and to nothing else on the host.
            super("airlock-guest-" + COUNT.incrementAndGet(), LoadedCode.class.getClassLoader());
            Module library = LoadedCode.class.getModule();
            library.addReads(getUnnamedModule());
            library.addExports(LoadedCode.class.getPackageName(), getUnnamedModule());
            pending = new ConcurrentHashMap<>(classes);
            this.types = types;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = pending.remove(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}

package dev.airlock.engine.load;

import dev.airlock.engine.compile.jvm.Signature;
import dev.airlock.engine.gc.StructClasses;
import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.runtime.InstanceState;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.engine.validate.ValidModule;
import dev.airlock.engine.vector.VectorLongs;
import dev.airlock.limit.Allowance;
import dev.airlock.memory.linear.LinearMemory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A module's compiled classes, loaded: makes instances and hands out the methods of functions. Public for the library itself.
 *
 * <p>There are two copies of the code, each loaded when it is first needed. Instances that go back to a snapshot run the one that
 * marks what it writes, so that all others pay nothing for it.
 */
public final class LoadedCode {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final AtomicLong COUNT = new AtomicLong();
    private static final int NONE = -1;

    private final CompiledCode code;
    private final ValidModule module;
    private final String name = "airlock-guest-" + COUNT.incrementAndGet();
    private final Map<String, CompiledGroup> groups = new HashMap<>();

    /** For each own function, its group, and which of the group's methods is called. */
    private final int[] groupOf;

    private final int[] methodOf;

    private @Nullable Copy plain;
    private @Nullable Copy tracked;

    public LoadedCode(CompiledCode code, ValidModule module) {
        this.code = code;
        this.module = module;
        int imported = module.importedFunctions();
        groupOf = new int[module.functionCount() - imported];
        methodOf = new int[groupOf.length];
        List<CompiledGroup> all = code.groups();
        for (int g = 0; g < all.size(); g++) {
            CompiledGroup group = all.get(g);
            group.classes().keySet().forEach(type -> groups.put(type, group));
            for (int i = 0; i < group.functions().length; i++) {
                if (group.isFirst(i)) {
                    groupOf[group.functions()[i] - imported] = g;
                    methodOf[group.functions()[i] - imported] = i;
                }
            }
        }
    }

    private synchronized Copy copy(boolean isTracked) {
        Copy known = isTracked ? tracked : plain;
        if (known == null) {
            known = new Copy(name, code, groups, isTracked);
            if (isTracked) {
                tracked = known;
            } else {
                plain = known;
            }
        }
        return known;
    }

    /** Returns a new instance with nothing in it. */
    public InstanceState newInstance(boolean isTracked) {
        return copy(isTracked).newInstance();
    }

    /**
     * Returns the method of a function that the module defines: {@code (P..., InstanceState) -> R}, as generated code calls it.
     *
     * @param index the index of the function, imported ones included
     * @param isTracked which copy; the instance has to be of the same
     */
    public MethodHandle function(int index, boolean isTracked) {
        int own = index - module.importedFunctions();
        CompiledGroup group = code.groups().get(groupOf[own]);
        int type = module.functionTypeIndex(index);
        var signature =
                new Signature(Signature.carriers(module.params(type)), Signature.carriers(module.results(type)));
        return copy(isTracked).method(group.name(), group.methods()[methodOf[own]], signature);
    }

    /** Returns whether a stack frame is of this code: frames carry their class loader's name, and ours are unique. */
    public boolean owns(StackTraceElement frame) {
        return Objects.equals(frame.getClassLoaderName(), name);
    }

    /** Returns the function that a stack frame of this code stands for; -1 if it is no function of the guest. */
    public int functionOf(StackTraceElement frame) {
        CompiledGroup group = groups.get(frame.getClassName());
        int method = methodOf(group, frame);
        return group == null || method < 0 || isCallOfBody(group, method) ? NONE : group.functions()[method];
    }

    /**
     * Returns whether a stack frame of this code is a part of a function that is too large for one method: the frame that
     * called it is the same call of the function.
     */
    public boolean isPart(StackTraceElement frame) {
        CompiledGroup group = groups.get(frame.getClassName());
        int method = methodOf(group, frame);
        return group != null && method > 0 && !group.isFirst(method) && !isCallOfBody(group, method - 1);
    }

    private static int methodOf(@Nullable CompiledGroup group, StackTraceElement frame) {
        return group == null ? NONE : Arrays.asList(group.methods()).indexOf(frame.getMethodName());
    }

    /** Whether a method only calls the body, which stands for the function. */
    private static boolean isCallOfBody(CompiledGroup group, int method) {
        return group.isFirst(method)
                && method + 1 < group.methods().length
                && group.methods()[method + 1].equals(CompiledGroup.bodyName(group.methods()[method]));
    }

    /** One copy of the classes. */
    private static final class Copy extends ClassLoader {
        private final CompiledCode code;
        private final Map<String, CompiledGroup> groups;
        private final boolean tracked;
        private final Class<?> instanceClass;
        private final MethodHandle newInstance;

        Copy(String name, CompiledCode code, Map<String, CompiledGroup> groups, boolean tracked) {
            super(name, LoadedCode.class.getClassLoader());
            this.code = code;
            this.groups = groups;
            this.tracked = tracked;
            // What generated code refers to, and nothing else of the host.
            Module library = LoadedCode.class.getModule();
            library.addReads(getUnnamedModule());
            for (Class<?> used :
                    List.of(FuncRef.class, LinearMemory.class, VectorLongs.class, DefinedType.class, Allowance.class)) {
                library.addExports(used.getPackageName(), getUnnamedModule());
            }
            try {
                instanceClass = loadClass(code.instanceClass());
                newInstance = MethodHandles.privateLookupIn(instanceClass, LOOKUP)
                        .findConstructor(instanceClass, MethodType.methodType(void.class))
                        .asType(MethodType.methodType(InstanceState.class));
            } catch (ReflectiveOperationException e) {
                throw malformed(e);
            }
        }

        private static LinkageError malformed(ReflectiveOperationException cause) {
            return new LinkageError("the compiled code does not have the form that the compiler gives it", cause);
        }

        InstanceState newInstance() {
            try {
                return (InstanceState) newInstance.invokeExact();
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new LinkageError("an instance cannot be made", e);
            }
        }

        MethodHandle method(String group, String method, Signature signature) {
            try {
                Class<?> type = loadClass(group);
                MethodType shape = MethodType.fromMethodDescriptorString(
                        signature.descriptor(instanceClass.descriptorString()), this);
                return MethodHandles.privateLookupIn(type, LOOKUP)
                        .findStatic(type, method, shape)
                        .asType(shape.changeParameterType(shape.parameterCount() - 1, InstanceState.class));
            } catch (ReflectiveOperationException e) {
                throw malformed(e);
            }
        }

        @Override
        protected Class<?> findClass(String className) throws ClassNotFoundException {
            byte[] bytes = bytes(className);
            if (bytes != null) {
                return defineClass(className, bytes, 0, bytes.length);
            }
            if (StructClasses.isOne(className)) {
                return StructClasses.named(className);
            }
            throw new ClassNotFoundException(className);
        }

        private byte @Nullable [] bytes(String className) {
            CompiledGroup group = groups.get(className);
            if (group == null) {
                return code.others().get(className);
            }
            byte[] bytes = group.classes().get(className);
            return tracked && bytes != null ? StoreTracking.tracked(bytes) : bytes;
        }
    }
}

package dev.airlock.engine;

import dev.airlock.error.SignatureException;
import dev.airlock.limit.Limits;
import dev.airlock.memory.Memory;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a host offers to guests, by the two names of each import. A linker instantiates modules.
 *
 * <pre>{@code
 * Linker linker = engine.linker()
 *     .function("env", "log", (Caller caller, int offset, int length) ->
 *         System.out.println(caller.memory().readString(offset, length)))
 *     .limits(Limits.defaults().memoryBytes(64 << 20));
 * try (Instance instance = linker.instantiate(module)) {
 *   instance.function("run").call(new long[0]);
 * }
 * }</pre>
 *
 * <p>A guest gets what is defined here and nothing else. A second definition of the same names replaces the first. A linker may
 * be used for many modules and instances. It is not safe for concurrent changes; once it is no longer changed, any number of
 * threads may instantiate with it.
 */
public final class Linker extends HostLambdas {
    private final Map<Name, Definition> definitions = new LinkedHashMap<>();
    private final Map<String, HostModule.Opener> perInstance = new LinkedHashMap<>();
    private boolean unknownFunctionsTrap;
    private boolean createsMemories;
    private @Nullable Consumer<? super CallEvent> tracer;
    private Limits limits = Limits.defaults();

    /** The two names of an import. */
    record Name(String module, String name) {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /** Creates a linker that offers nothing yet. */
    public Linker() {}

    /**
     * Defines a function from a lambda, or any object, that implements a functional interface: one with {@code int} for
     * i32, {@code long} for i64, {@code float} for f32, {@code double} for f64, {@link dev.airlock.type.V128} for v128, {@code
     * Object} for externref, {@link Func} for funcref, {@link Ref}, {@link StructRef}, {@link ArrayRef} and {@link I31} for anyref,
     * structref, arrayref and i31ref, {@link dev.airlock.error.WasmException} for exnref, and if it wants one, a {@link Caller}
     * as its first parameter. For references that cannot be null, or to types of a module, see {@link #functionOfValues}.
     *
     * <p>What it throws ends the guest's execution with a {@link dev.airlock.error.Trap} that has it as its cause. Only a {@link
     * dev.airlock.error.WasmException} does not: the guest may catch it.
     *
     * @throws SignatureException if the interface has other types, or not just one abstract method
     */
    @Override
    public <T> Linker function(String module, String name, Class<T> shape, T function) {
        Objects.requireNonNull(function, "function");
        return define(module, name, new Definition.OfHost(HostCode.ofShape(shape), function));
    }

    /**
     * Defines a function from its type and a body that takes and gives raw bits.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param type the type that importers have to declare
     * @param function called when a guest calls the import
     * @return this linker
     */
    public Linker function(String module, String name, CoreFuncType type, HostCall function) {
        if (!type.isNumeric()) {
            throw new SignatureException(module + "." + name
                    + ": a function of raw bits has integers and floating-point numbers only; functionOfValues takes all: "
                    + type);
        }
        Objects.requireNonNull(function, "function");
        return define(
                module,
                name,
                function instanceof HostCode.Direct direct
                        ? new Definition.OfHost(direct.code(), null)
                        : new Definition.OfHost(HostCode.ofArrays(type), function));
    }

    /**
     * Defines a function of any type, also with vectors and references, from a body that takes and gives objects. {@link
     * Func#invoke} says which.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param type what the function takes and gives; an import may pass subtypes of its parameters, and expect supertypes of its
     *     results
     * @param function called when a guest calls the import
     * @return this linker
     */
    public Linker functionOfValues(String module, String name, CoreFuncType type, HostValues function) {
        return define(
                module,
                name,
                new Definition.OfHost(HostCode.ofValues(type), Objects.requireNonNull(function, "function")));
    }

    /**
     * Defines a function for each method of an object that is marked {@link HostFunction}, under one module name.
     *
     * @param module the module name of the import
     * @param host the object whose annotated methods become host functions
     * @return this linker
     * @throws SignatureException if no method is marked, if two different ones are marked with the same name, or if one
     *     has types that a core function cannot have
     */
    public Linker functions(String module, Object host) {
        var marked = new LinkedHashMap<String, Method>();
        for (Class<?> type = host.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                HostFunction mark = method.getAnnotation(HostFunction.class);
                if (mark != null) {
                    String name = mark.value().isEmpty() ? method.getName() : mark.value();
                    Method other = marked.putIfAbsent(name, method);
                    if (other != null && overrides(other, method)) {
                        continue;
                    } else if (other != null) {
                        throw new SignatureException(host.getClass().getName() + " has two methods that are marked as "
                                + module + "." + name + ": " + other + " and " + method);
                    }
                    CoreFuncType core = Signatures.hostType(method, mark.results());
                    define(module, name, new Definition.OfHost(HostCode.ofMethod(method, core), host));
                }
            }
        }
        if (marked.isEmpty()) {
            throw new SignatureException(host.getClass().getName() + " has no method that is marked @HostFunction");
        }
        return this;
    }

    private static boolean overrides(Method method, Method inherited) {
        return method.getDeclaringClass() != inherited.getDeclaringClass()
                && method.getName().equals(inherited.getName())
                && Arrays.equals(method.getParameterTypes(), inherited.getParameterTypes());
    }

    /**
     * Defines all exports of an instance under one module name. One thread at a time may use the instance, as always.
     *
     * @param module the module name of the import
     * @param instance the instance whose exports are defined
     * @return the instance; the caller closes it
     */
    public Linker instance(String module, Instance instance) {
        for (ExportType export : instance.module().exports()) {
            String name = export.name();
            if (export.type() instanceof CoreFuncType) {
                define(module, name, new Definition.OfFunc(instance.function(name)));
            } else {
                define(module, name, ((Extern.Defined) instance.extern(name)).definition());
            }
        }
        return this;
    }

    /**
     * Defines a memory, which all importers share.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param memory the memory to share
     * @return this linker
     */
    public Linker memory(String module, String name, Memory memory) {
        return define(module, name, new Definition.OfMemory(Objects.requireNonNull(memory, "memory")));
    }

    /**
     * Defines a global, which all importers share.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param global the global to share
     * @return this linker
     */
    public Linker global(String module, String name, Global global) {
        return define(module, name, new Definition.OfGlobal(Objects.requireNonNull(global, "global")));
    }

    /**
     * Defines a table, which all importers share.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param table the table to share
     * @return this linker
     */
    public Linker table(String module, String name, Table table) {
        return define(module, name, new Definition.OfTable(Objects.requireNonNull(table, "table")));
    }

    /**
     * Defines an exception tag, which all importers share.
     *
     * @param module the module name of the import
     * @param name the name of the import
     * @param tag the tag to share
     * @return this linker
     */
    public Linker tag(String module, String name, Tag tag) {
        return define(
                module,
                name,
                new Definition.OfTag(Objects.requireNonNull(tag, "tag").instance()));
    }

    private Linker define(String module, String name, Definition definition) {
        definitions.put(new Name(module, name), definition);
        return this;
    }

    /**
     * Lets guests be instantiated that import functions which are not defined: each such function traps when it is called, and
     * the trap names it and its caller. Memories, globals and tables still have to be there.
     *
     * @return this linker
     */
    public Linker unknownImportsAsTraps() {
        unknownFunctionsTrap = true;
        return this;
    }

    /**
     * Creates the memories that an instance imports and this linker does not define, new ones for each instance: of the imported
     * type, all zero, and counted in the instance's limits. For modules that were linked with {@code --import-memory}.
     *
     * @return the memories
     */
    public Linker createImportedMemories() {
        createsMemories = true;
        return this;
    }

    void perInstance(String module, HostModule.Opener opener) {
        perInstance.put(module, opener);
    }

    /**
     * Calls the tracer after every call from a guest to an imported function, for all modules that are instantiated from now
     * on. Arguments of WASI's functions are reported in words, those of others as numbers. If a function called the guest back,
     * the calls made from there are reported first.
     *
     * @param tracer called in the guest's thread; what it throws ends the guest's execution
     * @return this linker
     */
    public Linker trace(Consumer<? super CallEvent> tracer) {
        this.tracer = Objects.requireNonNull(tracer, "tracer");
        return this;
    }

    /**
     * Sets the limits for instances created from now on; by default {@link Limits#defaults()}.
     *
     * @param each the limits of each instance
     * @return this linker
     */
    public Linker limits(Limits each) {
        this.limits = Objects.requireNonNull(each, "each");
        return this;
    }

    /**
     * Creates an instance: links its imports, creates its memories, globals and tables, and runs its start function, if it
     * has one, then {@code _initialize}, if it is a WASI reactor. {@code _start} runs when it is called.
     *
     * @param module the compiled module
     * @return an instance
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     * @throws dev.airlock.error.Trap if it traps on the way: a segment outside its memory or table, or its start function
     * @throws dev.airlock.error.ExitException if it exits on the way
     * @throws dev.airlock.error.LimitException if a limit is reached: its memories or tables are too large, or it
     *     takes too long to start
     * @throws dev.airlock.error.InstanceStateException if {@link Limits#fuel} is set, and the module's engine does not count
     *     operators
     */
    public Instance instantiate(Module module) {
        return new Instantiation(
                        module, definitions, perInstance, unknownFunctionsTrap, createsMemories, tracer, limits, null)
                .run();
    }

    /**
     * Creates an instance that starts from a snapshot: links its imports, and runs neither its start function nor {@code
     * _initialize}, since they ran before the snapshot was made. It can be {@linkplain Instance#reset() reset}.
     *
     * @param snapshot what the instance starts from
     * @return an instance that starts from a snapshot
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     * @throws dev.airlock.error.LimitException if a limit is reached: its memories or tables are too large
     */
    public Instance instantiate(Snapshot snapshot) {
        return new Instantiation(
                        snapshot.module(),
                        definitions,
                        perInstance,
                        unknownFunctionsTrap,
                        createsMemories,
                        tracer,
                        limits,
                        snapshot)
                .run();
    }
}

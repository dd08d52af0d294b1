package dev.airlock.component.run;

import dev.airlock.abi.canonical.CanonicalContext;
import dev.airlock.abi.canonical.CanonicalFunctions;
import dev.airlock.abi.canonical.StringEncoding;
import dev.airlock.component.binary.Canon;
import dev.airlock.component.binary.CanonOptions;
import dev.airlock.component.binary.ComponentDefinition;
import dev.airlock.component.binary.Sort;
import dev.airlock.component.type.DefinedType;
import dev.airlock.component.type.IndexSpaces;
import dev.airlock.component.type.ResolvedComponent;
import dev.airlock.component.type.ResourceVariable;
import dev.airlock.component.type.TypeNames;
import dev.airlock.component.type.Validation;
import dev.airlock.engine.CoreFunc;
import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of a component that its instances share: the definitions, and the code of crossings. That code takes the
 * {@link ComponentState} of an instance and gets by index what differs between instances.
 */
public final class ComponentCode {
    private static final MethodHandle TARGET_AT;
    private static final MethodHandle MEMORY_AT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TARGET_AT = lookup.findStatic(
                    ComponentCode.class,
                    "targetAt",
                    MethodType.methodType(Object.class, CanonicalContext.class, int.class));
            MEMORY_AT = lookup.findStatic(
                    ComponentCode.class,
                    "memoryAt",
                    MethodType.methodType(LinearMemory.class, CanonicalContext.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    private final ResolvedComponent resolved;
    private final List<ComponentCode> nested;
    private final Map<ResourceVariable, Integer> numbers = new HashMap<>();
    private final BitSet withResources = new BitSet();
    private final Map<ComponentDefinition.CanonFunc, LiftCode> lifts = new IdentityHashMap<>();
    private final Map<ComponentDefinition.CanonFunc, LowerCode> lowers = new IdentityHashMap<>();
    private final Map<CoreKey, MethodHandle> coreFuncs = new ConcurrentHashMap<>();
    private final Map<Integer, CoreFunc.Body> builtIns = new ConcurrentHashMap<>();
    private final Map<Object, MethodHandle> bindings = new ConcurrentHashMap<>();
    private final Map<Class<?>, Object> attachments = new ConcurrentHashMap<>();
    private final List<Live> live = new ArrayList<>();
    private final boolean hasSlots;
    private final boolean interpreted;

    /**
     * A definition that instantiation executes: all except types that are not resources.
     *
     * @param index the index of the entry that it adds to the index space of its sort
     */
    record Live(ComponentDefinition definition, int index) {}

    private record CoreKey(int index, MethodHandle inside) {}

    /** @param interpreted whether plans are interpreted step by step: the reference that tests compare compiled code with */
    public ComponentCode(String name, ResolvedComponent resolved, boolean interpreted) {
        this.interpreted = interpreted;
        this.name = name;
        this.resolved = resolved;
        var made = new ArrayList<ComponentCode>();
        for (ResolvedComponent component : resolved.nested()) {
            made.add(new ComponentCode(name + " (component " + made.size() + ")", component, interpreted));
        }
        this.nested = made;
        Consumer<ResourceType> number =
                resource -> numbers.computeIfAbsent(ResourceVariable.of(resource), v -> numbers.size());
        for (DefinedType type : spaces().types()) {
            if (type instanceof DefinedType.Resource resource) {
                number.accept(resource.type());
            }
        }
        var validation = new Validation(name);
        for (int i = 0; i < spaces().instances().size(); i++) {
            int index = i;
            TypeNames.resourcesOf(validation, spaces().instances().get(i).exports(), resource -> {
                withResources.set(index);
                number.accept(resource);
            });
        }
        Map<Integer, String> names = FuncNames.exported(resolved.parsed());
        Map<Integer, String> imported = FuncNames.imported(resolved.parsed());
        boolean slots = false;
        Map<Sort, Integer> filled = new EnumMap<>(Sort.class);
        for (ComponentDefinition definition : resolved.parsed().definitions()) {
            Sort sort = definition.adds();
            int index = filled.merge(sort, 1, Integer::sum) - 1;
            if (sort != Sort.CORE_TYPE && (sort != Sort.TYPE || isResource(index))) {
                live.add(new Live(definition, index));
            }
            if (definition instanceof ComponentDefinition.CanonFunc func) {
                if (func.canon() instanceof Canon.Lift lift) {
                    String known = names.getOrDefault(index, "func " + index);
                    lifts.put(func, new LiftCode(this, lift, spaces().funcs().get(index), known));
                } else if (func.canon() instanceof Canon.Lower lower) {
                    lowers.put(func, new LowerCode(this, lower, index, imported.get(lower.func())));
                } else {
                    slots |= func.canon() instanceof Canon.ContextGet || func.canon() instanceof Canon.ContextSet;
                }
            }
        }
        this.hasSlots = slots;
    }

    String name() {
        return name;
    }

    boolean isInterpreted() {
        return interpreted;
    }

    public ResolvedComponent resolved() {
        return resolved;
    }

    IndexSpaces spaces() {
        return resolved.spaces();
    }

    /** The definitions that instantiation executes, in order. */
    List<Live> live() {
        return live;
    }

    /** Whether the type at an index is a resource. */
    boolean isResource(int type) {
        return spaces().types().get(type) instanceof DefinedType.Resource;
    }

    /** Returns the maker of implementations of an interface, shared by instances with equal keys. */
    public MethodHandle binding(Object key, Supplier<MethodHandle> maker) {
        MethodHandle known = bindings.get(key);
        if (known == null) {
            MethodHandle made = maker.get();
            MethodHandle earlier = bindings.putIfAbsent(key, made);
            known = earlier == null ? made : earlier;
        }
        return known;
    }

    /**
     * Returns the object that was last attached for an interface, or null. Bindings keep here what they found out about the
     * interface.
     */
    @Nullable
    public Object attachment(Class<?> type) {
        return attachments.get(type);
    }

    public void attach(Class<?> type, Object attachment) {
        attachments.put(type, attachment);
    }

    /** The components defined in this one, in order. */
    List<ComponentCode> nested() {
        return nested;
    }

    LiftCode lift(ComponentDefinition.CanonFunc definition) {
        return Objects.requireNonNull(lifts.get(definition));
    }

    LowerCode lower(ComponentDefinition.CanonFunc definition) {
        return Objects.requireNonNull(lowers.get(definition));
    }

    /** @param coreFunc the index of the core function that the definition adds */
    CoreFunc.Body builtIn(ComponentDefinition.CanonFunc definition, int coreFunc) {
        return builtIns.computeIfAbsent(
                coreFunc,
                index -> BuiltInCode.of(
                        this, definition.canon(), spaces().coreFuncs().get(index)));
    }

    /** Whether the instance at an index exports a resource, at any depth. */
    boolean hasResources(int instance) {
        return withResources.get(instance);
    }

    int resourceCount() {
        return numbers.size();
    }

    /** The number that identifies a resource in the states of instances. */
    public int number(ResourceType resource) {
        Integer number = numbers.get(ResourceVariable.of(resource));
        if (number == null) {
            throw new IllegalStateException("a resource without an index: " + resource);
        }
        return number;
    }

    /** {@code (CanonicalContext, P...) -> R}: the core function at an index, for the context of any instance. */
    MethodHandle coreFunc(ComponentState state, int index) {
        CoreFunc function = state.coreFunc(index);
        return coreFuncs.computeIfAbsent(
                new CoreKey(index, function.inside()),
                key -> MethodHandles.filterArguments(
                        key.inside(), 0, MethodHandles.insertArguments(TARGET_AT, 1, index)));
    }

    static StringEncoding encoding(CanonOptions options) {
        return switch (options.encoding()) {
            case UTF8 -> StringEncoding.UTF8;
            case UTF16 -> StringEncoding.UTF16;
            case LATIN1_UTF16 -> StringEncoding.LATIN1_UTF16;
        };
    }

    private MethodHandle memory(int index) {
        return MethodHandles.insertArguments(MEMORY_AT, 1, index);
    }

    /** Returns the functions of canonical options, with a target that the caller gives. */
    CanonicalFunctions functions(ComponentState state, MethodHandle target, CanonOptions options) {
        Integer postReturn = options.postReturn();
        return new CanonicalFunctions(
                target,
                options.memory() == null ? null : memory(options.memory()),
                realloc(state, options),
                postReturn == null ? null : coreFunc(state, postReturn),
                this::number);
    }

    private @Nullable MethodHandle realloc(ComponentState state, CanonOptions options) {
        Integer index = options.realloc();
        if (index == null) {
            return null;
        }
        MethodHandle realloc = coreFunc(state, index);
        return hasSlots ? SlotHandles.aside(realloc) : realloc;
    }

    // Called by method handle.

    static Object targetAt(CanonicalContext context, int index) {
        return ((ComponentState) context).coreFunc(index).target();
    }

    static LinearMemory memoryAt(CanonicalContext context, int index) {
        return ((ComponentState) context).memory(index);
    }

    @Override
    public String toString() {
        return name;
    }
}

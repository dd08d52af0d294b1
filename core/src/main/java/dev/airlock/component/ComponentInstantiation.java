package dev.airlock.component;

import dev.airlock.component.binary.Canon;
import dev.airlock.component.binary.DefType;
import dev.airlock.component.binary.Definition;
import dev.airlock.component.binary.SortIndex;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.DefinedType;
import dev.airlock.component.type.InstanceType;
import dev.airlock.engine.Compartment;
import dev.airlock.engine.CoreFunc;
import dev.airlock.engine.Extern;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Module;
import dev.airlock.type.ImportType;
import dev.airlock.type.ResourceType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the definitions of a component in order, and so makes an instance of it: each adds what it defines to the index
 * space of its sort, as validation did with types. Afterwards it is what nested components see of the one around them.
 */
final class ComponentInstantiation implements Definition.Visitor<Boolean> {
    private final ComponentCode code;
    private final @Nullable ComponentInstantiation around;
    private final Map<String, Linked> args;
    private final ComponentState state;
    private final Compartment compartment;
    private final Map<String, Linked> exports = new LinkedHashMap<>();

    private final List<CoreFunc> coreFuncs = new ArrayList<>();
    private final List<Extern> coreTables = new ArrayList<>();
    private final List<Extern> coreMemories = new ArrayList<>();
    private final List<Extern> coreGlobals = new ArrayList<>();
    private final List<Extern> coreTags = new ArrayList<>();
    private final List<Module> coreModules = new ArrayList<>();
    private final List<CoreInstance> coreInstances = new ArrayList<>();
    private final List<LinkedFunc> funcs = new ArrayList<>();
    private final List<Linked.Type> types = new ArrayList<>();
    private final List<Linked.Component> components = new ArrayList<>();
    private final List<Linked.Instance> instances = new ArrayList<>();
    private final Set<InstanceType> bound = Collections.newSetFromMap(new IdentityHashMap<>());
    private int ownModules;
    private int ownComponents;

    /** A core instance: one of a module, or definitions under names. */
    private record CoreInstance(@Nullable Instance instance, Map<String, Extern> items) {
        Extern get(String name) {
            return instance == null ? Objects.requireNonNull(items.get(name)) : Compartment.export(instance, name);
        }
    }

    private ComponentInstantiation(
            Linked.Component component,
            Map<String, Linked> args,
            Compartment compartment,
            @Nullable ComponentState parent) {
        this.code = component.code();
        this.around = component.around();
        this.args = args;
        this.compartment = compartment;
        this.state = new ComponentState(code, compartment, parent);
    }

    /**
     * Makes an instance. Who calls has entered the compartment.
     *
     * @param args by the names of the imports, all of them and of the right types
     * @param parent who instantiates; null for the host
     * @return what it exports
     */
    static Linked.Instance run(
            Linked.Component component,
            Map<String, Linked> args,
            Compartment compartment,
            @Nullable ComponentState parent) {
        var run = new ComponentInstantiation(component, args, compartment, parent);
        run.state.countInstance();
        compartment.onClose(run.state::release);
        for (Definition definition : run.code.resolved().parsed().definitions()) {
            definition.accept(run);
        }
        return new Linked.Instance(run.exports);
    }

    // Core definitions.

    @Override
    public Boolean visitCoreModule(Definition.CoreModule definition) {
        return coreModules.add(code.resolved().modules().get(ownModules++));
    }

    @Override
    public Boolean visitCoreType(Definition.CoreType definition) {
        return false;
    }

    @Override
    public Boolean visitCoreInstantiate(Definition.CoreInstantiate definition) {
        Map<String, CoreInstance> given = new HashMap<>();
        for (Definition.CoreInstantiate.Arg arg : definition.args()) {
            given.put(arg.name(), coreInstances.get(arg.instance()));
        }
        Module module = coreModules.get(definition.module());
        var imports = new ArrayList<Extern>();
        for (ImportType wanted : module.imports()) {
            imports.add(Objects.requireNonNull(given.get(wanted.module())).get(wanted.name()));
        }
        state.countInstance();
        return coreInstances.add(new CoreInstance(compartment.instantiate(module, imports), Map.of()));
    }

    @Override
    public Boolean visitCoreExports(Definition.CoreExports definition) {
        Map<String, Extern> items = new HashMap<>();
        for (Definition.CoreExports.Item item : definition.items()) {
            items.put(item.name(), coreExtern(item.target()));
        }
        return coreInstances.add(new CoreInstance(null, items));
    }

    private Extern coreExtern(SortIndex target) {
        int index = target.index();
        return switch (target.sort()) {
            case CORE_FUNC -> coreFuncs.get(index);
            case CORE_TABLE -> coreTables.get(index);
            case CORE_MEMORY -> coreMemories.get(index);
            case CORE_GLOBAL -> coreGlobals.get(index);
            case CORE_TAG -> coreTags.get(index);
            case CORE_TYPE, CORE_MODULE, CORE_INSTANCE, FUNC, TYPE, COMPONENT, INSTANCE ->
                throw new IllegalStateException("a core instance cannot export a " + target.sort());
        };
    }

    @Override
    public Boolean visitAliasCoreExport(Definition.AliasCoreExport definition) {
        Extern found = coreInstances.get(definition.instance()).get(definition.name());
        return switch (definition.sort()) {
            case CORE_FUNC -> add((CoreFunc) found);
            case CORE_TABLE -> coreTables.add(found);
            case CORE_MEMORY -> addMemory(found);
            case CORE_GLOBAL -> coreGlobals.add(found);
            case CORE_TAG -> coreTags.add(found);
            case CORE_TYPE, CORE_MODULE, CORE_INSTANCE, FUNC, TYPE, COMPONENT, INSTANCE ->
                throw new IllegalStateException("a core instance exports no " + definition.sort());
        };
    }

    private boolean add(CoreFunc function) {
        state.coreFunc(coreFuncs.size(), function);
        return coreFuncs.add(function);
    }

    private boolean addMemory(Extern memory) {
        state.memory(coreMemories.size(), memory.memory().linear());
        return coreMemories.add(memory);
    }

    // Definitions of components.

    @Override
    public Boolean visitNested(Definition.Nested definition) {
        return components.add(new Linked.Component(code.nested().get(ownComponents++), this));
    }

    @Override
    public Boolean visitInstantiate(Definition.Instantiate definition) {
        Map<String, Linked> given = new HashMap<>();
        for (Definition.Instantiate.Arg arg : definition.args()) {
            given.put(arg.name(), linked(arg.target()));
        }
        return add(run(components.get(definition.component()), given, compartment, state));
    }

    @Override
    public Boolean visitExports(Definition.Exports definition) {
        Map<String, Linked> items = new LinkedHashMap<>();
        for (Definition.Exports.Item item : definition.items()) {
            items.put(item.name().name().text(), linked(item.target()));
        }
        return add(new Linked.Instance(items));
    }

    private Linked linked(SortIndex target) {
        int index = target.index();
        return switch (target.sort()) {
            case CORE_MODULE -> new Linked.CoreModule(coreModules.get(index));
            case FUNC -> funcs.get(index);
            case TYPE -> types.get(index);
            case COMPONENT -> components.get(index);
            case INSTANCE -> instances.get(index);
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw new IllegalStateException("a component cannot export a " + target.sort());
        };
    }

    /** Adds an entry to the index space of its sort, and keeps the resources that its type names there. */
    private boolean add(Linked item) {
        if (item instanceof LinkedFunc function) {
            return funcs.add(function);
        }
        if (item instanceof Linked.CoreModule module) {
            return coreModules.add(module.module());
        }
        if (item instanceof Linked.Component component) {
            return components.add(component);
        }
        if (item instanceof Linked.Instance instance) {
            if (code.hasResources(instances.size())) {
                bind(code.spaces().instances().get(instances.size()), instance);
            }
            return instances.add(instance);
        }
        Linked.Type type = (Linked.Type) item;
        bind(code.spaces().types().get(types.size()), type);
        return types.add(type);
    }

    /** A type that was met before has the same resources, so each is looked at once: some stand in many places. */
    private void bind(InstanceType instanceType, Linked.Instance instance) {
        if (!bound.add(instanceType)) {
            return;
        }
        instanceType.exports().forEach((name, type) -> {
            if (type instanceof ComponentExternType.Type defined) {
                bind(defined.type(), (Linked.Type)
                        Objects.requireNonNull(instance.exports().get(name)));
            } else if (type instanceof ComponentExternType.Instance inner) {
                bind(inner.type(), (Linked.Instance)
                        Objects.requireNonNull(instance.exports().get(name)));
            }
        });
    }

    private void bind(DefinedType type, Linked.Type item) {
        if (type instanceof DefinedType.Resource resource) {
            state.resource(code.number(resource.type()), Objects.requireNonNull(item.resource()));
        }
    }

    @Override
    public Boolean visitAliasExport(Definition.AliasExport definition) {
        return add(Objects.requireNonNull(
                instances.get(definition.instance()).exports().get(definition.name())));
    }

    @Override
    public Boolean visitAliasOuter(Definition.AliasOuter definition) {
        ComponentInstantiation outer = this;
        for (int i = 0; i < definition.count(); i++) {
            outer = Objects.requireNonNull(outer.around);
        }
        int index = definition.index();
        return switch (definition.sort()) {
            case CORE_MODULE -> coreModules.add(outer.coreModules.get(index));
            case CORE_TYPE -> false;
            case COMPONENT -> components.add(outer.components.get(index));
            // A resource of one around may be named in the same component alone, by a count of 0.
            case TYPE -> add(outer == this ? types.get(index) : Linked.Type.VALUES);
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_INSTANCE, FUNC, INSTANCE ->
                throw new IllegalStateException("no alias reaches out for a " + definition.sort());
        };
    }

    @Override
    public Boolean visitType(Definition.Type definition) {
        if (definition.type() instanceof DefType.Resource resource
                && code.spaces().types().get(types.size()) instanceof DefinedType.Resource defined) {
            ResourceType type = defined.type();
            Integer destructor = resource.destructor();
            return add(new Linked.Type(
                    LinkedResource.ofGuest(type.name(), state, destructor == null ? null : coreFuncs.get(destructor))));
        }
        return add(Linked.Type.VALUES);
    }

    @Override
    public Boolean visitCanon(Definition.CanonFunc definition) {
        Canon canon = definition.canon();
        if (canon instanceof Canon.Lift) {
            return funcs.add(new LinkedFunc.Lifted(state, code.lift(definition)));
        }
        if (canon instanceof Canon.Lower lower) {
            return add(code.lower(definition).link(state, funcs.get(lower.func())));
        }
        return add(code.builtIn(definition, coreFuncs.size()).bind(state));
    }

    @Override
    public Boolean visitImport(Definition.Import definition) {
        String name = definition.name().name().text();
        return add(Objects.requireNonNull(args.get(name), name));
    }

    @Override
    public Boolean visitExport(Definition.Export definition) {
        Linked item = linked(definition.target());
        exports.put(definition.name().name().text(), item);
        return add(item);
    }
}

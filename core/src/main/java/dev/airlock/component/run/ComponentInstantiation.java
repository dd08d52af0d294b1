package dev.airlock.component.run;

import dev.airlock.component.binary.Canon;
import dev.airlock.component.binary.ComponentDefinition;
import dev.airlock.component.binary.DefType;
import dev.airlock.component.binary.Sort;
import dev.airlock.component.binary.SortIndex;
import dev.airlock.component.type.ComponentExternType;
import dev.airlock.component.type.DefinedType;
import dev.airlock.component.type.IndexSpaces;
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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Instantiates a component: executes its definitions in order. Each adds an entry to the index space of its sort, as validation
 * did with types. Afterwards, nested components use this object to reach definitions of the enclosing one.
 */
public final class ComponentInstantiation implements ComponentDefinition.Visitor<Boolean> {
    private final ComponentCode code;
    private final @Nullable ComponentInstantiation around;
    private final Map<String, Linked> args;
    private final ComponentState state;
    private final Compartment compartment;
    private final Map<String, Linked> exports;

    private final Extern[] coreTables;
    private final Extern[] coreMemories;
    private final Extern[] coreGlobals;
    private final Extern[] coreTags;
    private final Module[] coreModules;
    private final CoreInstance[] coreInstances;
    private final LinkedFunc[] funcs;
    /** Resources only: other types mean the same in all instances and are no longer needed. */
    private final Linked.Type[] types;

    private final Linked.Component[] components;
    private final Linked.Instance[] instances;
    private final Set<InstanceType> bound = Collections.newSetFromMap(new IdentityHashMap<>());
    private int ownModules;
    private int ownComponents;
    /** The index of the entry that the current definition adds to the index space of its sort. */
    private int at;

    /** A core instance: an instance of a module, or named definitions. */
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
        IndexSpaces spaces = code.spaces();
        this.coreTables = new Extern[spaces.coreTables().size()];
        this.coreMemories = new Extern[spaces.coreMemories().size()];
        this.coreGlobals = new Extern[spaces.coreGlobals().size()];
        this.coreTags = new Extern[spaces.coreTags().size()];
        this.coreModules = new Module[spaces.coreModules().size()];
        this.coreInstances = new CoreInstance[spaces.coreInstances().size()];
        this.funcs = new LinkedFunc[spaces.funcs().size()];
        this.types = new Linked.Type[spaces.types().size()];
        this.components = new Linked.Component[spaces.components().size()];
        this.instances = new Linked.Instance[spaces.instances().size()];
        this.exports =
                new LinkedHashMap<>(capacity(code.resolved().type().exports().size()));
    }

    /**
     * Makes an instance for the host. The caller has entered the compartment.
     *
     * @param args the arguments of all imports by name, with matching types
     */
    public static Made run(ComponentCode code, Map<String, Linked> args, Compartment compartment) {
        var run = new ComponentInstantiation(new Linked.Component(code, null), args, compartment, null);
        return new Made(run.run(), run.state);
    }

    /**
     * A new instance.
     *
     * @param exports the exports
     * @param state the state of the outermost component
     */
    public record Made(Linked.Instance exports, ComponentState state) {}

    /** @return the exports */
    private Linked.Instance run() {
        state.countInstance();
        if (state.parent() == null) {
            compartment.holdings().add(state.hostObjects());
        }
        for (ComponentCode.Live live : code.live()) {
            at = live.index();
            live.definition().accept(this);
        }
        return new Linked.Instance(exports);
    }

    /** The capacity of a map with this many entries. */
    private static int capacity(int entries) {
        return entries * 4 / 3 + 1;
    }

    // Core definitions.

    @Override
    public Boolean visitCoreModule(ComponentDefinition.CoreModule definition) {
        coreModules[at] = code.resolved().modules().get(ownModules++);
        return true;
    }

    @Override
    public Boolean visitCoreType(ComponentDefinition.CoreType definition) {
        return false;
    }

    @Override
    public Boolean visitCoreInstantiate(ComponentDefinition.CoreInstantiate definition) {
        Map<String, CoreInstance> given = new HashMap<>();
        for (ComponentDefinition.CoreInstantiate.Arg arg : definition.args()) {
            given.put(arg.name(), coreInstances[arg.instance()]);
        }
        Module module = coreModules[definition.module()];
        var imports = new ArrayList<Extern>();
        for (ImportType wanted : module.imports()) {
            imports.add(Objects.requireNonNull(given.get(wanted.module())).get(wanted.name()));
        }
        state.countInstance();
        coreInstances[at] = new CoreInstance(compartment.instantiate(module, imports), Map.of());
        return true;
    }

    @Override
    public Boolean visitCoreExports(ComponentDefinition.CoreExports definition) {
        Map<String, Extern> items = new HashMap<>();
        for (ComponentDefinition.CoreExports.Item item : definition.items()) {
            items.put(item.name(), coreExtern(item.target()));
        }
        coreInstances[at] = new CoreInstance(null, items);
        return true;
    }

    private Extern coreExtern(SortIndex target) {
        int index = target.index();
        return switch (target.sort()) {
            case CORE_FUNC -> state.coreFunc(index);
            case CORE_TABLE -> coreTables[index];
            case CORE_MEMORY -> coreMemories[index];
            case CORE_GLOBAL -> coreGlobals[index];
            case CORE_TAG -> coreTags[index];
            case CORE_TYPE, CORE_MODULE, CORE_INSTANCE, FUNC, TYPE, COMPONENT, INSTANCE ->
                throw new IllegalStateException("a core instance cannot export a " + target.sort());
        };
    }

    @Override
    public Boolean visitAliasCoreExport(ComponentDefinition.AliasCoreExport definition) {
        Extern found = coreInstances[definition.instance()].get(definition.name());
        switch (definition.sort()) {
            case CORE_FUNC -> state.coreFunc(at, (CoreFunc) found);
            case CORE_TABLE -> coreTables[at] = found;
            case CORE_MEMORY -> {
                state.memory(at, found.memory().linear());
                coreMemories[at] = found;
            }
            case CORE_GLOBAL -> coreGlobals[at] = found;
            case CORE_TAG -> coreTags[at] = found;
            case CORE_TYPE, CORE_MODULE, CORE_INSTANCE, FUNC, TYPE, COMPONENT, INSTANCE ->
                throw new IllegalStateException("a core instance cannot export a " + definition.sort());
        }
        return true;
    }

    // Definitions of components.

    @Override
    public Boolean visitNested(ComponentDefinition.Nested definition) {
        components[at] = new Linked.Component(code.nested().get(ownComponents++), this);
        return true;
    }

    @Override
    public Boolean visitInstantiate(ComponentDefinition.Instantiate definition) {
        Map<String, Linked> given = new HashMap<>(capacity(definition.args().size()));
        for (ComponentDefinition.Instantiate.Arg arg : definition.args()) {
            put(given, arg.name(), arg.target());
        }
        return add(new ComponentInstantiation(components[definition.component()], given, compartment, state).run());
    }

    @Override
    public Boolean visitExports(ComponentDefinition.Exports definition) {
        Map<String, Linked> items =
                new LinkedHashMap<>(capacity(definition.items().size()));
        for (ComponentDefinition.Exports.Item item : definition.items()) {
            put(items, item.name().name().text(), item.target());
        }
        return add(new Linked.Instance(items));
    }

    private void put(Map<String, Linked> items, String name, SortIndex target) {
        if (target.sort() != Sort.TYPE || code.isResource(target.index())) {
            items.put(name, linked(target));
        }
    }

    private Linked linked(SortIndex target) {
        int index = target.index();
        return switch (target.sort()) {
            case CORE_MODULE -> new Linked.CoreModule(coreModules[index]);
            case FUNC -> funcs[index];
            case TYPE -> types[index];
            case COMPONENT -> components[index];
            case INSTANCE -> instances[index];
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw new IllegalStateException("a component cannot export a " + target.sort());
        };
    }

    /** Adds an entry to the index space of its sort, and binds the resources that its type introduces there. */
    private boolean add(Linked item) {
        if (item instanceof LinkedFunc function) {
            funcs[at] = function;
        } else if (item instanceof Linked.CoreModule module) {
            coreModules[at] = module.module();
        } else if (item instanceof Linked.Component component) {
            components[at] = component;
        } else if (item instanceof Linked.Instance instance) {
            if (code.hasResources(at)) {
                bind(code.spaces().instances().get(at), instance);
            }
            instances[at] = instance;
        } else {
            Linked.Type type = (Linked.Type) item;
            bind(code.spaces().types().get(at), type);
            types[at] = type;
        }
        return true;
    }

    /** Binds the resources of an instance. A type object has the same resources wherever it occurs, so each is visited once. */
    private void bind(InstanceType instanceType, Linked.Instance instance) {
        if (!bound.add(instanceType)) {
            return;
        }
        instanceType.exports().forEach((name, type) -> {
            if (type instanceof ComponentExternType.Type defined && defined.type() instanceof DefinedType.Resource) {
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
            state.resource(code.number(resource.type()), item.resource());
        }
    }

    @Override
    public Boolean visitAliasExport(ComponentDefinition.AliasExport definition) {
        return add(Objects.requireNonNull(
                instances[definition.instance()].exports().get(definition.name())));
    }

    @Override
    public Boolean visitAliasOuter(ComponentDefinition.AliasOuter definition) {
        ComponentInstantiation outer = this;
        for (int i = 0; i < definition.count(); i++) {
            outer = Objects.requireNonNull(outer.around);
        }
        int index = definition.index();
        return switch (definition.sort()) {
            case CORE_MODULE -> add(new Linked.CoreModule(outer.coreModules[index]));
            case COMPONENT -> add(outer.components[index]);
            // Only a resource of this component can be aliased, with count 0.
            case TYPE -> add(types[index]);
            case CORE_TYPE, CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_INSTANCE, FUNC, INSTANCE ->
                throw new IllegalStateException("an outer alias cannot name a " + definition.sort());
        };
    }

    @Override
    public Boolean visitType(ComponentDefinition.Type definition) {
        DefType.Resource resource = (DefType.Resource) definition.type();
        ResourceType type = ((DefinedType.Resource) code.spaces().types().get(at)).type();
        Integer destructor = resource.destructor();
        return add(new Linked.Type(
                LinkedResource.ofGuest(type.name(), state, destructor == null ? null : state.coreFunc(destructor))));
    }

    @Override
    public Boolean visitCanon(ComponentDefinition.CanonFunc definition) {
        Canon canon = definition.canon();
        if (canon instanceof Canon.Lift) {
            return add(new LinkedFunc.Lifted(state, code.lift(definition)));
        }
        if (canon instanceof Canon.Lower lower) {
            state.coreFunc(at, code.lower(definition).link(state, funcs[lower.func()]));
            return true;
        }
        state.coreFunc(at, code.builtIn(definition, at).bind(state));
        return true;
    }

    @Override
    public Boolean visitImport(ComponentDefinition.Import definition) {
        String name = definition.name().name().text();
        return add(Objects.requireNonNull(args.get(name), name));
    }

    @Override
    public Boolean visitExport(ComponentDefinition.Export definition) {
        Linked item = linked(definition.target());
        exports.put(definition.name().name().text(), item);
        return add(item);
    }
}

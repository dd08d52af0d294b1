package dev.airlock.component.type;

import dev.airlock.component.binary.ComponentDefinition;
import dev.airlock.component.binary.ExternDesc;
import dev.airlock.component.binary.ParsedComponent;
import dev.airlock.component.binary.Sort;
import dev.airlock.component.binary.SortIndex;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Module;
import dev.airlock.error.ModuleException;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.ImportType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.TableType;
import dev.airlock.type.TagType;
import dev.airlock.wit.ExternName;
import dev.airlock.wit.NameAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Validates a component: visits its definitions in order, resolves each index, checks the definition's rules, and adds what
 * it defines to the index spaces.
 */
public final class Resolver implements ComponentDefinition.Visitor<Boolean> {
    private final Engine engine;
    private final byte[] bytes;
    private final ComponentScope scope;
    private final Validation validation;
    private final Map<Integer, String> resourceNames;
    private final List<Module> modules = new ArrayList<>();
    private final List<ResolvedComponent> nested = new ArrayList<>();

    Resolver(Engine engine, byte[] bytes, ComponentScope scope, Map<Integer, String> resourceNames) {
        this.engine = engine;
        this.bytes = bytes;
        this.scope = scope;
        this.validation = scope.validation;
        this.resourceNames = resourceNames;
    }

    /**
     * Validates a component and compiles its core modules.
     *
     * @param file the file's name, for errors
     * @param bytes the whole file
     * @throws ModuleException if the component breaks a rule
     */
    public static ResolvedComponent resolve(Engine engine, String file, byte[] bytes, ParsedComponent component) {
        var validation = new Validation(file);
        validation.checkCoreModules(component);
        return resolve(engine, validation, bytes, component, null);
    }

    private static ResolvedComponent resolve(
            Engine engine,
            Validation validation,
            byte[] bytes,
            ParsedComponent component,
            @Nullable ComponentScope parent) {
        var scope = new ComponentScope(validation, ComponentScope.Kind.COMPONENT, parent);
        var resolver = new Resolver(engine, bytes, scope, ResourceNames.of(component));
        for (ComponentDefinition definition : component.definitions()) {
            resolver.resolve(definition);
        }
        return new ResolvedComponent(
                component, scope.componentType(), scope.spaces(), resolver.modules, resolver.nested);
    }

    void resolve(ComponentDefinition definition) {
        validation.at(definition.offset());
        validation.spend(1);
        definition.accept(this);
    }

    @Override
    public Boolean visitCoreModule(ComponentDefinition.CoreModule definition) {
        String name = validation.file() + " (core module " + scope.coreModules.size() + ")";
        byte[] module = Arrays.copyOfRange(bytes, definition.start(), definition.end());
        Module compiled;
        try {
            compiled = engine.compile(name, module);
        } catch (ModuleException e) {
            throw e.within(validation.file(), definition.start(), "core module " + scope.coreModules.size());
        }
        modules.add(compiled);
        checkDifferent(compiled.imports());
        return scope.coreModules.add(CoreModuleType.of(compiled.imports(), compiled.exports()));
    }

    private void checkDifferent(List<ImportType> imports) {
        Set<List<String>> seen = new HashSet<>();
        for (ImportType needed : imports) {
            if (!seen.add(List.of(needed.module(), needed.name()))) {
                throw validation.invalid("a core module imports " + ExternName.quote(needed.module()) + " "
                        + ExternName.quote(needed.name()) + " twice");
            }
        }
    }

    @Override
    public Boolean visitCoreInstantiate(ComponentDefinition.CoreInstantiate definition) {
        CoreModuleType module = validation.entry(scope.coreModules, definition.module(), Sort.CORE_MODULE);
        Map<String, Map<String, ExternType>> args = new HashMap<>();
        for (ComponentDefinition.CoreInstantiate.Arg arg : definition.args()) {
            validation.at(arg.offset());
            Map<String, ExternType> instance =
                    validation.entry(scope.coreInstances, arg.instance(), Sort.CORE_INSTANCE);
            if (args.put(arg.name(), instance) != null) {
                throw validation.invalid("two arguments have the name " + ExternName.quote(arg.name()));
            }
        }
        validation.at(definition.offset());
        validation.spend(module.imports().size());
        for (ImportType needed : module.imports()) {
            checkCoreArg(needed, args.get(needed.module()));
        }
        return scope.coreInstances.add(module.exports());
    }

    private void checkCoreArg(ImportType needed, @Nullable Map<String, ExternType> instance) {
        String place = ExternName.quote(needed.module()) + " " + ExternName.quote(needed.name());
        if (instance == null) {
            throw validation.invalid("a core module imports " + place + ", but no argument is named like the first");
        }
        ExternType given = instance.get(needed.name());
        if (given == null) {
            throw validation.invalid("a core module imports " + place + ", which its argument does not export");
        }
        if (!CoreSubtyping.fits(given, needed.type())) {
            throw validation.invalid("a core module imports " + place + " as a " + CoreSubtyping.show(needed.type())
                    + ", but is given a " + CoreSubtyping.show(given));
        }
    }

    @Override
    public Boolean visitCoreExports(ComponentDefinition.CoreExports definition) {
        var exports = new LinkedHashMap<String, ExternType>();
        for (ComponentDefinition.CoreExports.Item item : definition.items()) {
            validation.at(item.offset());
            if (exports.put(item.name(), coreExtern(item.target())) != null) {
                throw validation.invalid("two exports have the name " + ExternName.quote(item.name()));
            }
        }
        return scope.coreInstances.add(exports);
    }

    private ExternType coreExtern(SortIndex target) {
        int index = target.index();
        return switch (target.sort()) {
            case CORE_FUNC -> validation.entry(scope.coreFuncs, index, target.sort());
            case CORE_TABLE -> validation.entry(scope.coreTables, index, target.sort());
            case CORE_MEMORY -> validation.entry(scope.coreMemories, index, target.sort());
            case CORE_GLOBAL -> validation.entry(scope.coreGlobals, index, target.sort());
            case CORE_TAG -> validation.entry(scope.coreTags, index, target.sort());
            case CORE_TYPE, CORE_MODULE, CORE_INSTANCE, FUNC, TYPE, COMPONENT, INSTANCE ->
                throw validation.invalid("a core instance cannot export a " + target.sort());
        };
    }

    @Override
    public Boolean visitCoreType(ComponentDefinition.CoreType definition) {
        return scope.coreTypes.add(CoreTypes.resolve(scope, definition.type()));
    }

    @Override
    public Boolean visitNested(ComponentDefinition.Nested definition) {
        ResolvedComponent resolved = resolve(engine, validation, bytes, definition.component(), scope);
        nested.add(resolved);
        return scope.components.add(resolved.type());
    }

    @Override
    public Boolean visitInstantiate(ComponentDefinition.Instantiate definition) {
        ComponentType component = validation.entry(scope.components, definition.component(), Sort.COMPONENT);
        Map<String, ComponentExternType> args = new HashMap<>();
        for (ComponentDefinition.Instantiate.Arg arg : definition.args()) {
            validation.at(arg.offset());
            if (args.put(arg.name(), scope.extern(arg.target())) != null) {
                throw validation.invalid("two arguments have the name " + ExternName.quote(arg.name()));
            }
        }
        validation.at(definition.offset());
        return scope.instances.add(instantiate(component, args));
    }

    private InstanceType instantiate(ComponentType component, Map<String, ComponentExternType> args) {
        var subtyping = new Subtyping(validation, component.importBound());
        for (Map.Entry<String, ComponentExternType> needed : component.imports().entrySet()) {
            ComponentExternType given = args.get(needed.getKey());
            String place = "the argument " + ExternName.quote(needed.getKey());
            if (given == null) {
                throw validation.invalid(place + ", a " + needed.getValue().sort() + ", is missing");
            }
            String problem = subtyping.mismatch(given, needed.getValue());
            if (problem != null) {
                throw validation.invalid(place + " does not match: " + problem);
            }
        }
        Map<ResourceVariable, ResourceType> resources = new HashMap<>(subtyping.found());
        TypeNames.resourcesOf(validation, component.exports(), resource -> {
            ResourceVariable variable = ResourceVariable.of(resource);
            if (component.exportBound().contains(variable)) {
                resources.computeIfAbsent(
                        variable, v -> ResourceVariable.fresh(resource.name(), ResourceVariable.Origin.EXPORTED));
            }
        });
        var substitution = new Substitution(validation, resources);
        subtyping.givenFor().forEach(substitution::replace);
        return new InstanceType(substitution.apply(component.exports()), Set.of());
    }

    @Override
    public Boolean visitExports(ComponentDefinition.Exports definition) {
        var exports = new Externs(validation, "export");
        for (ComponentDefinition.Exports.Item item : definition.items()) {
            validation.at(item.offset());
            exports.addListed(item.name(), scope.extern(item.target()));
        }
        validation.at(definition.offset());
        var instance = new InstanceType(exports.byName(), Set.of());
        validation.checkDepth(instance.depth());
        return scope.instances.add(instance);
    }

    @Override
    public Boolean visitAliasExport(ComponentDefinition.AliasExport definition) {
        InstanceType instance = validation.entry(scope.instances, definition.instance(), Sort.INSTANCE);
        ComponentExternType export = instance.exports().get(definition.name());
        String place = "instance " + definition.instance() + " has no export " + ExternName.quote(definition.name());
        if (export == null) {
            throw validation.invalid(place);
        }
        if (export.sort() != definition.sort()) {
            throw validation.invalid(place + " of sort " + definition.sort() + "; it is a " + export.sort());
        }
        scope.add(export);
        return true;
    }

    @Override
    public Boolean visitAliasCoreExport(ComponentDefinition.AliasCoreExport definition) {
        Map<String, ExternType> instance =
                validation.entry(scope.coreInstances, definition.instance(), Sort.CORE_INSTANCE);
        ExternType export = instance.get(definition.name());
        String place =
                "core instance " + definition.instance() + " has no export " + ExternName.quote(definition.name());
        if (export == null) {
            throw validation.invalid(place);
        }
        if (definition.sort() == Sort.CORE_FUNC && export instanceof CoreFuncType type) {
            return scope.coreFuncs.add(type);
        }
        if (definition.sort() == Sort.CORE_TABLE && export instanceof TableType type) {
            return scope.coreTables.add(type);
        }
        if (definition.sort() == Sort.CORE_MEMORY && export instanceof MemoryType type) {
            return scope.coreMemories.add(type);
        }
        if (definition.sort() == Sort.CORE_GLOBAL && export instanceof GlobalType type) {
            return scope.coreGlobals.add(type);
        }
        if (definition.sort() == Sort.CORE_TAG && export instanceof TagType type) {
            return scope.coreTags.add(type);
        }
        throw validation.invalid(place + " of sort " + definition.sort() + "; it is a core " + export.kind());
    }

    @Override
    public Boolean visitAliasOuter(ComponentDefinition.AliasOuter definition) {
        OuterAliases.resolve(scope, definition);
        return true;
    }

    @Override
    public Boolean visitType(ComponentDefinition.Type definition) {
        return scope.types.add(definition.type().accept(new DefTypeResolver(scope, this::inside, resourceNames)));
    }

    /** Makes a resolver for the declarations in the type of a component or instance. */
    private Resolver inside(ComponentScope type) {
        return new Resolver(engine, bytes, type, Map.of());
    }

    @Override
    public Boolean visitCanon(ComponentDefinition.CanonFunc definition) {
        return definition.canon().accept(new CanonResolver(scope));
    }

    @Override
    public Boolean visitImport(ComponentDefinition.Import definition) {
        addImport(definition.name(), definition.type());
        return true;
    }

    void addImport(NameAttributes name, ExternDesc desc) {
        ComponentExternType type = scope.declare(name.name(), desc, scope.imports, ResourceVariable.Origin.IMPORTED);
        scope.imports.add(name, type);
        scope.visibility.addImport(name.name(), type);
        scope.add(type);
    }

    /** Adds an export that the type of a component or instance declares. */
    void addExport(NameAttributes name, ExternDesc desc) {
        ComponentExternType type = scope.declare(name.name(), desc, scope.exports, ResourceVariable.Origin.EXPORTED);
        scope.exports.add(name, type);
        if (scope.kind == ComponentScope.Kind.COMPONENT_TYPE) {
            scope.visibility.addExport(name.name(), type);
        }
        scope.add(type);
    }

    @Override
    public Boolean visitExport(ComponentDefinition.Export definition) {
        ExternName name = definition.name().name();
        ComponentExternType given = scope.extern(definition.target());
        ComponentExternType type;
        if (definition.ascribed() != null) {
            type = ascribe(name, given, definition.ascribed());
        } else if (given instanceof ComponentExternType.Type exported) {
            type = new ComponentExternType.Type(TypeNames.introduce(validation, name, exported.type()));
        } else {
            type = given;
        }
        TypeNames.resourcesOf(validation, Map.of(name.text(), type), resource -> {
            ResourceVariable variable = ResourceVariable.of(resource);
            if (!scope.imports.bound().contains(variable)) {
                scope.exports.bound().add(variable);
            }
        });
        scope.exports.add(definition.name(), type);
        scope.visibility.addExport(name, type);
        scope.add(type);
        return true;
    }

    private ComponentExternType ascribe(ExternName name, ComponentExternType given, ExternDesc ascribed) {
        var introduced = new Externs(validation, "export");
        ComponentExternType asked = scope.declare(name, ascribed, introduced, ResourceVariable.Origin.EXPORTED);
        String problem = new Subtyping(validation, introduced.bound()).mismatch(given, asked);
        if (problem != null) {
            throw validation.invalid(
                    "the export " + ExternName.quote(name.text()) + " does not match its ascribed type: " + problem);
        }
        return asked;
    }
}

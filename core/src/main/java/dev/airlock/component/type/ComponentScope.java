package dev.airlock.component.type;

import dev.airlock.component.binary.ExternDesc;
import dev.airlock.component.binary.Sort;
import dev.airlock.component.binary.SortIndex;
import dev.airlock.component.binary.ValTypeRef;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import dev.airlock.type.FuncType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.TableType;
import dev.airlock.type.TagType;
import dev.airlock.type.ValType;
import dev.airlock.wit.ExternName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A component, or the type of a component or instance, with its index spaces as filled so far. */
final class ComponentScope implements ComponentExternType.Visitor<Boolean> {
    /** What the scope belongs to. */
    enum Kind {
        COMPONENT,
        COMPONENT_TYPE,
        INSTANCE_TYPE
    }

    final Validation validation;
    final Kind kind;
    final @Nullable ComponentScope parent;
    final Externs imports;
    final Externs exports;
    final Visibility visibility;
    final List<CoreFuncType> coreFuncs = new ArrayList<>();
    final List<TableType> coreTables = new ArrayList<>();
    final List<MemoryType> coreMemories = new ArrayList<>();
    final List<GlobalType> coreGlobals = new ArrayList<>();
    final List<TagType> coreTags = new ArrayList<>();
    final List<CoreDefinedType> coreTypes = new ArrayList<>();
    final List<CoreModuleType> coreModules = new ArrayList<>();
    final List<Map<String, ExternType>> coreInstances = new ArrayList<>();
    final List<FuncType> funcs = new ArrayList<>();
    final List<DefinedType> types = new ArrayList<>();
    final List<ComponentType> components = new ArrayList<>();
    final List<InstanceType> instances = new ArrayList<>();

    ComponentScope(Validation validation, Kind kind, @Nullable ComponentScope parent) {
        this.validation = validation;
        this.kind = kind;
        this.parent = parent;
        this.imports = new Externs(validation, "import");
        this.exports = new Externs(validation, "export");
        this.visibility = new Visibility(validation);
    }

    IndexSpaces spaces() {
        return new IndexSpaces(
                coreFuncs,
                coreTables,
                coreMemories,
                coreGlobals,
                coreTags,
                coreTypes,
                coreModules,
                coreInstances,
                funcs,
                types,
                components,
                instances);
    }

    ComponentType componentType() {
        var type = new ComponentType(imports.byName(), imports.bound(), exports.byName(), exports.bound());
        validation.checkDepth(type.depth());
        return type;
    }

    InstanceType instanceType() {
        var type = new InstanceType(exports.byName(), exports.bound());
        validation.checkDepth(type.depth());
        return type;
    }

    /** Adds an entry to the index space of its sort. */
    void add(ComponentExternType type) {
        type.accept(this);
    }

    @Override
    public Boolean visitModule(ComponentExternType.Module type) {
        return coreModules.add(type.type());
    }

    @Override
    public Boolean visitFunc(ComponentExternType.Func type) {
        return funcs.add(type.type());
    }

    @Override
    public Boolean visitType(ComponentExternType.Type type) {
        return types.add(type.type());
    }

    @Override
    public Boolean visitInstance(ComponentExternType.Instance type) {
        return instances.add(type.type());
    }

    @Override
    public Boolean visitComponent(ComponentExternType.Component type) {
        return components.add(type.type());
    }

    DefinedType type(int index) {
        return validation.entry(types, index, Sort.TYPE);
    }

    ResourceType resource(int index) {
        if (type(index) instanceof DefinedType.Resource resource) {
            return resource.type();
        }
        throw wrongKind(index, "a resource");
    }

    FuncType funcType(int index) {
        if (type(index) instanceof DefinedType.Func func) {
            return func.type();
        }
        throw wrongKind(index, "a function type");
    }

    private RuntimeException wrongKind(int index, String expected) {
        return validation.invalid("type " + index + " is a " + type(index).kind() + ", not " + expected);
    }

    ValType valType(ValTypeRef ref) {
        if (ref.primitive() != null) {
            return ref.primitive();
        }
        if (type(ref.index()) instanceof DefinedType.Value value) {
            return value.type();
        }
        throw wrongKind(ref.index(), "a value type");
    }

    @Nullable
    ValType optionalValType(@Nullable ValTypeRef ref) {
        return ref == null ? null : valType(ref);
    }

    /** Returns the type of the entry at an index. Of the core sorts, only modules are possible. */
    ComponentExternType extern(SortIndex target) {
        int index = target.index();
        return switch (target.sort()) {
            case CORE_MODULE -> new ComponentExternType.Module(validation.entry(coreModules, index, target.sort()));
            case FUNC -> new ComponentExternType.Func(validation.entry(funcs, index, target.sort()));
            case TYPE -> new ComponentExternType.Type(type(index));
            case COMPONENT -> new ComponentExternType.Component(validation.entry(components, index, target.sort()));
            case INSTANCE -> new ComponentExternType.Instance(validation.entry(instances, index, target.sort()));
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw validation.invalid("a " + target.sort() + " cannot be passed between components");
        };
    }

    /**
     * Resolves the declared type of an import or export, with fresh variables for the resources that it introduces.
     *
     * @param into the imports or exports that it will be added to
     */
    ComponentExternType declare(ExternName name, ExternDesc desc, Externs into, ResourceVariable.Origin origin) {
        if (desc instanceof ExternDesc.TypeSubResource) {
            ResourceType resource = ResourceVariable.fresh(TypeNames.label(name), origin);
            into.bound().add(ResourceVariable.of(resource));
            return new ComponentExternType.Type(new DefinedType.Resource(resource));
        }
        if (desc instanceof ExternDesc.TypeEq eq) {
            return new ComponentExternType.Type(TypeNames.introduce(validation, name, type(eq.type())));
        }
        ExternDesc.Typed typed = (ExternDesc.Typed) desc;
        return switch (typed.sort()) {
            case CORE_MODULE -> {
                if (validation.entry(coreTypes, typed.type(), Sort.CORE_TYPE)
                        instanceof CoreDefinedType.Module module) {
                    yield new ComponentExternType.Module(module.type());
                }
                throw validation.invalid("core type " + typed.type() + " is a function type, not a module type");
            }
            case FUNC -> new ComponentExternType.Func(funcType(typed.type()));
            case COMPONENT -> {
                if (type(typed.type()) instanceof DefinedType.Component component) {
                    yield new ComponentExternType.Component(component.type());
                }
                throw wrongKind(typed.type(), "a component type");
            }
            case INSTANCE -> {
                if (type(typed.type()) instanceof DefinedType.Instance instance) {
                    yield new ComponentExternType.Instance(open(instance.type(), into, origin));
                }
                throw wrongKind(typed.type(), "an instance type");
            }
            case TYPE, CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw new IllegalStateException(typed.sort().toString());
        };
    }

    /** Returns the type of one instance of this type: bound variables are replaced by fresh ones. */
    private InstanceType open(InstanceType type, Externs into, ResourceVariable.Origin origin) {
        Map<ResourceVariable, ResourceType> fresh = new HashMap<>();
        TypeNames.resourcesOf(validation, type.exports(), resource -> {
            if (type.bound().contains(ResourceVariable.of(resource))) {
                fresh.computeIfAbsent(
                        ResourceVariable.of(resource), v -> ResourceVariable.fresh(resource.name(), origin));
            }
        });
        fresh.values().forEach(resource -> into.bound().add(ResourceVariable.of(resource)));
        return TypeNames.introduce(validation, type.exports(), fresh);
    }
}

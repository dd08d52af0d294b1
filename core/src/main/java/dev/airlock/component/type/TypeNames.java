package dev.airlock.component.type;

import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.Labels;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import dev.airlock.wit.ExternName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Gives types the names of the imports and exports that introduce them. Each introduction makes a new type object, equal to
 * the one it came from (Explainer, "External Visibility of Types").
 */
public final class TypeNames {
    private TypeNames() {}

    /** Returns the name of a type that an import or export of this name introduces. */
    static String label(ExternName name) {
        if (name instanceof ExternName.Interface path) {
            return path.label();
        }
        if (name instanceof ExternName.Plain) {
            return name.text();
        }
        // Externs refuses a type with such a name later.
        return "resource";
    }

    static DefinedType introduce(Validation validation, ExternName name, DefinedType type) {
        if (type instanceof DefinedType.Value value) {
            validation.spend(TypeSize.of(value.type()));
            return new DefinedType.Value(introduce(label(name), value.type()));
        }
        if (type instanceof DefinedType.Resource resource) {
            return new DefinedType.Resource(copy(resource.type()));
        }
        return type;
    }

    private static ValType introduce(String text, ValType type) {
        String name = Labels.isLabel(text) ? text : null;
        if (type instanceof RecordType record) {
            return new RecordType(name, record.fields());
        }
        if (type instanceof VariantType variant) {
            return new VariantType(name, variant.cases());
        }
        if (type instanceof EnumType enumeration) {
            return new EnumType(name, enumeration.cases());
        }
        if (type instanceof FlagsType flags) {
            return new FlagsType(name, flags.flags());
        }
        return type;
    }

    private static ResourceType copy(ResourceType type) {
        return new ResourceType(type.name(), type.owner());
    }

    /**
     * Returns an instance type in which each exported type is introduced again.
     *
     * @param fresh the replacements of the resources that are not kept
     */
    static InstanceType introduce(
            Validation validation,
            Map<String, ComponentExternType> exports,
            Map<ResourceVariable, ResourceType> fresh) {
        var resources = new HashMap<ResourceVariable, ResourceType>();
        resourcesOf(validation, exports, resource -> resources.put(ResourceVariable.of(resource), copy(resource)));
        resources.putAll(fresh);
        var substitution = new Substitution(validation, resources);
        valuesOf(exports, (name, type) -> {
            validation.spend(TypeSize.of(type));
            ValType introduced = introduce(name, substitution.apply(type));
            substitution.replace(type, introduced);
        });
        return new InstanceType(substitution.apply(exports), Set.of());
    }

    /** Collects each exported resource, at any depth of instances. */
    public static void resourcesOf(
            Validation validation, Map<String, ComponentExternType> exports, Consumer<ResourceType> visit) {
        validation.spend(exports.size());
        for (ComponentExternType type : exports.values()) {
            if (type instanceof ComponentExternType.Type exported
                    && exported.type() instanceof DefinedType.Resource resource) {
                visit.accept(resource.type());
            } else if (type instanceof ComponentExternType.Instance instance) {
                resourcesOf(validation, instance.type().exports(), visit);
            }
        }
    }

    private static void valuesOf(Map<String, ComponentExternType> exports, BiConsumer<String, ValType> visit) {
        exports.forEach((name, type) -> {
            if (type instanceof ComponentExternType.Type exported
                    && exported.type() instanceof DefinedType.Value value) {
                visit.accept(name, value.type());
            } else if (type instanceof ComponentExternType.Instance instance) {
                valuesOf(instance.type().exports(), visit);
            }
        });
    }
}

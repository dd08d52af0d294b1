package dev.airlock.component.type;

import dev.airlock.component.binary.ComponentDefinition;
import dev.airlock.component.binary.Sort;
import dev.airlock.type.BorrowType;
import dev.airlock.type.FuncType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ValType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Resolves outer aliases: to definitions of the enclosing components and types (Explainer, "Alias Definitions"). */
final class OuterAliases {
    private OuterAliases() {}

    static void resolve(ComponentScope scope, ComponentDefinition.AliasOuter alias) {
        Validation validation = scope.validation;
        boolean crosses = crossesComponent(scope, alias.count());
        ComponentScope target = target(scope, alias.count());
        int index = alias.index();
        switch (alias.sort()) {
            case CORE_MODULE -> scope.coreModules.add(validation.entry(target.coreModules, index, Sort.CORE_MODULE));
            case CORE_TYPE -> scope.coreTypes.add(validation.entry(target.coreTypes, index, Sort.CORE_TYPE));
            case COMPONENT -> scope.components.add(validation.entry(target.components, index, Sort.COMPONENT));
            case TYPE -> {
                DefinedType type = target.type(index);
                if (crosses && new Free(validation).hasResource(type)) {
                    throw validation.invalid("type " + index + " uses a resource of an enclosing component, which an "
                            + "alias cannot bring in");
                }
                scope.types.add(type);
            }
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_INSTANCE, FUNC, INSTANCE ->
                throw new IllegalStateException(alias.sort().toString());
        }
    }

    static ComponentScope target(ComponentScope scope, int count) {
        ComponentScope target = scope;
        for (int i = 0; i < count; i++) {
            if (target.parent == null) {
                throw scope.validation.invalid(
                        "an alias steps out of " + count + " components or types, but only " + i + " enclose it");
            }
            target = target.parent;
        }
        return target;
    }

    private static boolean crossesComponent(ComponentScope scope, int count) {
        ComponentScope at = scope;
        for (int i = 0; i < count && at.parent != null; i++) {
            if (at.kind == ComponentScope.Kind.COMPONENT) {
                return true;
            }
            at = at.parent;
        }
        return false;
    }

    /** Whether a type uses a resource that it does not introduce itself. */
    private static final class Free implements ComponentExternType.Visitor<Boolean> {
        private final Validation validation;
        private final Set<ResourceVariable> bound = new HashSet<>();

        Free(Validation validation) {
            this.validation = validation;
        }

        boolean hasResource(DefinedType type) {
            validation.spend(1);
            if (type instanceof DefinedType.Value value) {
                return hasResource(value.type());
            }
            if (type instanceof DefinedType.Resource resource) {
                return !bound.contains(ResourceVariable.of(resource.type()));
            }
            if (type instanceof DefinedType.Func func) {
                return hasResource(func.type());
            }
            return type instanceof DefinedType.Instance instance
                    ? hasResource(instance.type())
                    : hasResource(((DefinedType.Component) type).type());
        }

        private boolean hasResource(ValType type) {
            validation.spend(1);
            if (type instanceof OwnType own) {
                return !bound.contains(ResourceVariable.of(own.resource()));
            }
            if (type instanceof BorrowType borrow) {
                return !bound.contains(ResourceVariable.of(borrow.resource()));
            }
            return type.parts().stream().anyMatch(this::hasResource);
        }

        private boolean hasResource(FuncType type) {
            return type.params().stream().anyMatch(param -> hasResource(param.type()))
                    || (type.result() != null && hasResource(type.result()));
        }

        private boolean hasResource(InstanceType type) {
            bound.addAll(type.bound());
            return hasResource(type.exports());
        }

        private boolean hasResource(ComponentType type) {
            bound.addAll(type.importBound());
            bound.addAll(type.exportBound());
            return hasResource(type.imports()) || hasResource(type.exports());
        }

        private boolean hasResource(Map<String, ComponentExternType> externs) {
            validation.spend(externs.size());
            return externs.values().stream().anyMatch(type -> type.accept(this));
        }

        @Override
        public Boolean visitModule(ComponentExternType.Module type) {
            return false;
        }

        @Override
        public Boolean visitFunc(ComponentExternType.Func type) {
            return hasResource(type.type());
        }

        @Override
        public Boolean visitType(ComponentExternType.Type type) {
            return hasResource(type.type());
        }

        @Override
        public Boolean visitInstance(ComponentExternType.Instance type) {
            return hasResource(type.type());
        }

        @Override
        public Boolean visitComponent(ComponentExternType.Component type) {
            return hasResource(type.type());
        }
    }
}

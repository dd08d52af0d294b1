package dev.airlock.component.type;

import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FuncType;
import dev.airlock.type.FutureType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ResultType;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces resource variables in types (Explainer, "Type Checking"). A type without such variables is returned itself, not
 * as a copy, and equal inputs by identity give one result: whether a type has a name in a component depends on identity.
 */
final class Substitution implements ComponentExternType.Visitor<ComponentExternType> {
    private final Validation validation;
    private final Map<ResourceVariable, ResourceType> resources;
    private final Map<ValType, ValType> done = new IdentityHashMap<>();
    private final Values values = new Values();

    /** @param resources the replacement of each variable; must not change after first use */
    Substitution(Validation validation, Map<ResourceVariable, ResourceType> resources) {
        this.validation = validation;
        this.resources = resources;
    }

    /** Replaces a value type by another from now on. */
    void replace(ValType type, ValType replacement) {
        done.put(type, replacement);
    }

    private boolean isEmpty() {
        return resources.isEmpty() && done.isEmpty();
    }

    ResourceType apply(ResourceType type) {
        return resources.getOrDefault(ResourceVariable.of(type), type);
    }

    ValType apply(ValType type) {
        if (isEmpty()) {
            return type;
        }
        ValType known = done.get(type);
        if (known == null) {
            validation.spend(1);
            known = validation.make(() -> type.accept(values));
            done.put(type, known);
        }
        return known;
    }

    private @Nullable ValType applyOptional(@Nullable ValType type) {
        return type == null ? null : apply(type);
    }

    FuncType apply(FuncType type) {
        validation.spend(1 + type.params().size());
        if (isEmpty()) {
            return type;
        }
        boolean same = true;
        var params = new ArrayList<FuncType.Param>();
        for (FuncType.Param param : type.params()) {
            ValType applied = apply(param.type());
            same &= applied == param.type();
            params.add(new FuncType.Param(param.name(), applied));
        }
        ValType result = applyOptional(type.result());
        return same && result == type.result()
                ? type
                : validation.make(() -> new FuncType(params, result, type.async()));
    }

    DefinedType apply(DefinedType type) {
        if (type instanceof DefinedType.Value value) {
            return new DefinedType.Value(apply(value.type()));
        }
        if (type instanceof DefinedType.Resource resource) {
            return new DefinedType.Resource(apply(resource.type()));
        }
        if (type instanceof DefinedType.Func func) {
            return new DefinedType.Func(apply(func.type()));
        }
        if (type instanceof DefinedType.Instance instance) {
            return new DefinedType.Instance(apply(instance.type()));
        }
        return new DefinedType.Component(apply(((DefinedType.Component) type).type()));
    }

    InstanceType apply(InstanceType type) {
        return isEmpty() ? type : new InstanceType(apply(type.exports()), type.bound());
    }

    ComponentType apply(ComponentType type) {
        return isEmpty()
                ? type
                : new ComponentType(
                        apply(type.imports()), type.importBound(), apply(type.exports()), type.exportBound());
    }

    Map<String, ComponentExternType> apply(Map<String, ComponentExternType> externs) {
        var applied = new LinkedHashMap<String, ComponentExternType>();
        externs.forEach((name, type) -> applied.put(name, apply(type)));
        return applied;
    }

    ComponentExternType apply(ComponentExternType type) {
        validation.spend(Validation.COPY);
        return isEmpty() ? type : type.accept(this);
    }

    @Override
    public ComponentExternType visitModule(ComponentExternType.Module type) {
        return type;
    }

    @Override
    public ComponentExternType visitFunc(ComponentExternType.Func type) {
        return new ComponentExternType.Func(apply(type.type()));
    }

    @Override
    public ComponentExternType visitType(ComponentExternType.Type type) {
        return new ComponentExternType.Type(apply(type.type()));
    }

    @Override
    public ComponentExternType visitInstance(ComponentExternType.Instance type) {
        return new ComponentExternType.Instance(apply(type.type()));
    }

    @Override
    public ComponentExternType visitComponent(ComponentExternType.Component type) {
        return new ComponentExternType.Component(apply(type.type()));
    }

    private final class Values implements ValType.Visitor<ValType> {
        @Override
        public ValType visitPrimitive(PrimitiveType type) {
            return type;
        }

        @Override
        public ValType visitList(ListType type) {
            ValType element = apply(type.element());
            return element == type.element() ? type : new ListType(element, type.fixedLength());
        }

        @Override
        public ValType visitRecord(RecordType type) {
            var fields = new ArrayList<RecordType.Field>();
            boolean same = true;
            for (RecordType.Field field : type.fields()) {
                ValType applied = apply(field.type());
                same &= applied == field.type();
                fields.add(new RecordType.Field(field.name(), applied));
            }
            return same ? type : new RecordType(type.name(), fields);
        }

        @Override
        public ValType visitTuple(TupleType type) {
            List<ValType> elements =
                    type.elements().stream().map(Substitution.this::apply).toList();
            return same(elements, type.elements()) ? type : new TupleType(elements);
        }

        @Override
        public ValType visitVariant(VariantType type) {
            var cases = new ArrayList<VariantType.Case>();
            boolean same = true;
            for (VariantType.Case which : type.cases()) {
                ValType applied = applyOptional(which.payload());
                same &= applied == which.payload();
                cases.add(new VariantType.Case(which.name(), applied));
            }
            return same ? type : new VariantType(type.name(), cases);
        }

        @Override
        public ValType visitEnum(EnumType type) {
            return type;
        }

        @Override
        public ValType visitFlags(FlagsType type) {
            return type;
        }

        @Override
        public ValType visitOption(OptionType type) {
            ValType payload = apply(type.payload());
            return payload == type.payload() ? type : new OptionType(payload);
        }

        @Override
        public ValType visitResult(ResultType type) {
            ValType ok = applyOptional(type.ok());
            ValType err = applyOptional(type.err());
            return ok == type.ok() && err == type.err() ? type : new ResultType(ok, err);
        }

        @Override
        public ValType visitMap(MapType type) {
            ValType value = apply(type.value());
            return value == type.value() ? type : new MapType(type.key(), value);
        }

        @Override
        public ValType visitOwn(OwnType type) {
            ResourceType resource = apply(type.resource());
            return resource == type.resource() ? type : new OwnType(resource);
        }

        @Override
        public ValType visitBorrow(BorrowType type) {
            ResourceType resource = apply(type.resource());
            return resource == type.resource() ? type : new BorrowType(resource);
        }

        @Override
        public ValType visitFuture(FutureType type) {
            ValType element = applyOptional(type.element());
            return element == type.element() ? type : new FutureType(element);
        }

        @Override
        public ValType visitStream(StreamType type) {
            ValType element = applyOptional(type.element());
            return element == type.element() ? type : new StreamType(element);
        }

        private static boolean same(List<ValType> one, List<ValType> other) {
            for (int i = 0; i < one.size(); i++) {
                if (one.get(i) != other.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}

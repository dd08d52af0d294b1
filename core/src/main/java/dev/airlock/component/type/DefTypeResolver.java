package dev.airlock.component.type;

import dev.airlock.abi.form.ValueSize;
import dev.airlock.component.binary.Declarator;
import dev.airlock.component.binary.DefType;
import dev.airlock.component.binary.Sort;
import dev.airlock.type.BorrowType;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Resolves the indices of a type definition in its scope (Binary, "Type Definitions"). */
final class DefTypeResolver implements DefType.Visitor<DefinedType> {
    private static final CoreFuncType DESTRUCTOR = new CoreFuncType(List.of(CoreValType.I32), List.of());

    private final ComponentScope scope;
    private final Validation validation;
    private final Function<ComponentScope, Resolver> inside;
    private final Map<Integer, String> resourceNames;

    /**
     * @param inside makes a resolver for the declarations in the type of a component or instance
     * @param resourceNames the known names of resources, by type index
     */
    DefTypeResolver(
            ComponentScope scope, Function<ComponentScope, Resolver> inside, Map<Integer, String> resourceNames) {
        this.scope = scope;
        this.validation = scope.validation;
        this.inside = inside;
        this.resourceNames = resourceNames;
    }

    private DefinedType value(Supplier<ValType> type) {
        ValType made = validation.make(type);
        validation.spend(TypeSize.of(made));
        if (ValueSize.isTooLarge(made)) {
            throw validation.invalid("a value of this type would have " + ValueSize.MAX + " bytes or more");
        }
        return new DefinedType.Value(made);
    }

    @Override
    public DefinedType visitPrimitive(DefType.Primitive type) {
        return value(type::type);
    }

    @Override
    public DefinedType visitRecord(DefType.RecordOf type) {
        return value(() -> new RecordType(
                null,
                type.fields().stream()
                        .map(field -> new RecordType.Field(field.label(), scope.valType(field.type())))
                        .toList()));
    }

    @Override
    public DefinedType visitVariant(DefType.VariantOf type) {
        return value(() -> new VariantType(
                null,
                type.cases().stream()
                        .map(which -> new VariantType.Case(which.label(), scope.optionalValType(which.payload())))
                        .toList()));
    }

    @Override
    public DefinedType visitList(DefType.ListOf type) {
        return value(() -> new ListType(scope.valType(type.element()), type.fixedLength()));
    }

    @Override
    public DefinedType visitTuple(DefType.TupleOf type) {
        return value(
                () -> new TupleType(type.elements().stream().map(scope::valType).toList()));
    }

    @Override
    public DefinedType visitFlags(DefType.FlagsOf type) {
        return value(() -> new FlagsType(null, type.labels()));
    }

    @Override
    public DefinedType visitEnum(DefType.EnumOf type) {
        return value(() -> new EnumType(null, type.labels()));
    }

    @Override
    public DefinedType visitOption(DefType.OptionOf type) {
        return value(() -> new OptionType(scope.valType(type.payload())));
    }

    @Override
    public DefinedType visitResult(DefType.ResultOf type) {
        return value(() -> new ResultType(scope.optionalValType(type.ok()), scope.optionalValType(type.err())));
    }

    @Override
    public DefinedType visitMap(DefType.MapOf type) {
        ValType key = scope.valType(type.key());
        if (!(key instanceof PrimitiveType primitive)) {
            throw validation.invalid(
                    "a map's key must be a bool, an integer, a char or a string, not " + Validation.show(key));
        }
        return value(() -> new MapType(primitive, scope.valType(type.value())));
    }

    @Override
    public DefinedType visitOwn(DefType.Own type) {
        return value(() -> new OwnType(scope.resource(type.resource())));
    }

    @Override
    public DefinedType visitBorrow(DefType.Borrow type) {
        return value(() -> new BorrowType(scope.resource(type.resource())));
    }

    @Override
    public DefinedType visitStream(DefType.StreamOf type) {
        return value(() -> new StreamType(scope.optionalValType(type.element())));
    }

    @Override
    public DefinedType visitFuture(DefType.FutureOf type) {
        return value(() -> new FutureType(scope.optionalValType(type.element())));
    }

    @Override
    public DefinedType visitFunc(DefType.Func type) {
        FuncType made = validation.make(() -> new FuncType(
                type.params().stream()
                        .map(param -> new FuncType.Param(param.label(), scope.valType(param.type())))
                        .toList(),
                scope.optionalValType(type.result()),
                type.async()));
        validation.spend(TypeSize.of(made));
        return new DefinedType.Func(made);
    }

    @Override
    public DefinedType visitComponent(DefType.ComponentOf type) {
        return new DefinedType.Component(
                declared(ComponentScope.Kind.COMPONENT_TYPE, type.declarators()).componentType());
    }

    @Override
    public DefinedType visitInstance(DefType.InstanceOf type) {
        return new DefinedType.Instance(
                declared(ComponentScope.Kind.INSTANCE_TYPE, type.declarators()).instanceType());
    }

    private ComponentScope declared(ComponentScope.Kind kind, List<Declarator> declarators) {
        var child = new ComponentScope(validation, kind, scope);
        Resolver resolver = inside.apply(child);
        for (Declarator declarator : declarators) {
            validation.at(declarator.offset());
            validation.spend(1);
            if (declarator instanceof Declarator.Defines defines) {
                resolver.resolve(defines.definition());
            } else if (declarator instanceof Declarator.Imports imports) {
                resolver.addImport(imports.name(), imports.type());
            } else {
                var exports = (Declarator.Exports) declarator;
                resolver.addExport(exports.name(), exports.type());
            }
        }
        return child;
    }

    @Override
    public DefinedType visitResource(DefType.Resource type) {
        if (scope.kind != ComponentScope.Kind.COMPONENT) {
            throw validation.invalid(
                    "a resource can be defined in a component only, not in the type of a component or instance");
        }
        if (type.destructor() != null) {
            CoreFuncType destructor = validation.entry(scope.coreFuncs, type.destructor(), Sort.CORE_FUNC);
            if (!destructor.equals(DESTRUCTOR)) {
                throw validation.invalid(
                        "a destructor must be a core func " + DESTRUCTOR + ", not " + Validation.show(destructor));
            }
        }
        int index = scope.types.size();
        ResourceType made = ResourceVariable.fresh(
                resourceNames.getOrDefault(index, "resource-" + index), ResourceVariable.Origin.DEFINED);
        return new DefinedType.Resource(made);
    }
}

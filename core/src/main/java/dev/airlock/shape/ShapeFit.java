package dev.airlock.shape;

import dev.airlock.error.Nearest;
import dev.airlock.shape.JavaShape.ArrayShape;
import dev.airlock.shape.JavaShape.EnumShape;
import dev.airlock.shape.JavaShape.FlagsShape;
import dev.airlock.shape.JavaShape.ListShape;
import dev.airlock.shape.JavaShape.MapShape;
import dev.airlock.shape.JavaShape.OpaqueShape;
import dev.airlock.shape.JavaShape.OptionShape;
import dev.airlock.shape.JavaShape.ResourceShape;
import dev.airlock.shape.JavaShape.ResultShape;
import dev.airlock.shape.JavaShape.ScalarShape;
import dev.airlock.shape.JavaShape.TextShape;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ResultType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lays Java shapes beside WIT types from elsewhere, part by part, and gathers where they differ. A part that differs is
 * kept as it was, so that the walk goes on.
 */
final class ShapeFit {
    private final List<String> problems = new ArrayList<>();

    void problem(String text) {
        problems.add(text);
    }

    /** Throws if there were problems. */
    void throwProblems(String title) {
        if (!problems.isEmpty()) {
            throw MethodShapeMaker.refusal(title, problems);
        }
    }

    JavaShape fit(JavaShape shape, ValType wit, JavaPath path) {
        return shape.accept(new At(wit, path));
    }

    private final class At implements JavaShape.Visitor<JavaShape> {
        private final ValType wit;
        private final JavaPath path;

        At(ValType wit, JavaPath path) {
            this.wit = wit;
            this.path = path;
        }

        private <S extends JavaShape> S differ(S shape) {
            problem(path.at("Java has " + ResolvedType.text(shape.javaType()) + " (" + shape.type() + "), WIT has "
                    + wit + " (" + JavaWords.of(wit) + ")"));
            return shape;
        }

        @Override
        public JavaShape visitScalar(ScalarShape shape) {
            List<PrimitiveType> accepted = ScalarRules.accepted(shape.javaType());
            boolean free = shape.type() == accepted.get(0);
            if (wit instanceof PrimitiveType primitive && (free ? accepted.contains(wit) : shape.type() == wit)) {
                return new ScalarShape(primitive, ScalarRules.form(primitive), shape.javaType());
            }
            return differ(shape);
        }

        @Override
        public JavaShape visitText(TextShape shape) {
            return wit == PrimitiveType.STRING ? shape : differ(shape);
        }

        @Override
        public JavaShape visitArray(ArrayShape shape) {
            List<PrimitiveType> accepted = shape.javaType().isArray()
                    ? ScalarRules.acceptedElements(shape.javaType())
                    : List.of(PrimitiveType.U8);
            ValType own = shape.type().element();
            boolean free = own == accepted.get(0);
            if (wit instanceof ListType list
                    && list.fixedLength() == null
                    && list.element() instanceof PrimitiveType element
                    && (free ? accepted.contains(element) : own == element)) {
                return new ArrayShape(list, shape.form(), shape.javaType());
            }
            return differ(shape);
        }

        @Override
        public JavaShape visitList(ListShape shape) {
            if (wit instanceof ListType list && list.fixedLength() == null) {
                return new ListShape(list, shape.javaType(), fit(shape.element(), list.element(), path.element()));
            }
            return differ(shape);
        }

        @Override
        public JavaShape visitMap(MapShape shape) {
            if (wit instanceof MapType map) {
                JavaPath pair = path.element();
                return new MapShape(
                        map,
                        shape.javaType(),
                        fit(shape.key(), map.key(), pair.component("key")),
                        fit(shape.value(), map.value(), pair.component("value")));
            }
            return differ(shape);
        }

        @Override
        public JavaShape visitOption(OptionShape shape) {
            if (wit instanceof OptionType option) {
                JavaPath at = shape.nullable() ? path : path.component("some");
                return new OptionShape(
                        option, shape.javaType(), fit(shape.payload(), option.payload(), at), shape.nullable());
            }
            return differ(shape);
        }

        @Override
        public JavaShape visitResult(ResultShape shape) {
            if (wit instanceof ResultType result
                    && (shape.ok() == null) == (result.ok() == null)
                    && (shape.err() == null) == (result.err() == null)) {
                return new ResultShape(
                        result,
                        shape.javaType(),
                        fitOptional(shape.ok(), result.ok(), path.component("ok")),
                        fitOptional(shape.err(), result.err(), path.component("err")));
            }
            return differ(shape);
        }

        private @Nullable JavaShape fitOptional(@Nullable JavaShape shape, @Nullable ValType type, JavaPath at) {
            return shape == null || type == null ? shape : fit(shape, type, at);
        }

        @Override
        public JavaShape visitResource(ResourceShape shape) {
            ResourceType resource = wit instanceof OwnType own
                    ? own.resource()
                    : wit instanceof BorrowType borrow ? borrow.resource() : null;
            boolean same = resource != null
                    && shape.type() instanceof OwnType named
                    && Names.isSame(named.resource().name(), resource.name());
            return same ? new ResourceShape(wit, shape.javaType()) : differ(shape);
        }

        @Override
        public JavaShape visitOpaque(OpaqueShape shape) {
            problem(shape.reason());
            return shape;
        }

        @Override
        public JavaShape visitEnum(EnumShape shape) {
            if (!(wit instanceof EnumType type)) {
                return differ(shape);
            }
            List<Enum<?>> constants = ShapeMaker.constants(shape.javaType());
            List<@Nullable Enum<?>> matched = match(type.cases(), constants, Enum::name, "constant", "case");
            if (!matched.contains(null) && matched.size() == constants.size() && !matched.equals(constants)) {
                problem(path.at("Java has the constants " + names(constants, Enum::name) + ", WIT has the cases "
                        + String.join(", ", type.cases())
                        + ": they have to be in one order, since their numbers cross"));
            }
            return new EnumShape(type, shape.javaType());
        }

        @Override
        public JavaShape visitFlags(FlagsShape shape) {
            if (!(wit instanceof FlagsType type)) {
                return differ(shape);
            }
            List<@Nullable Enum<?>> matched = match(type.flags(), shape.constants(), Enum::name, "constant", "flag");
            return new FlagsShape(type, shape.javaType(), present(matched));
        }

        @Override
        public JavaShape visitRecord(RecordShape shape) {
            List<RecordShape.Component> declared = shape.components().stream()
                    .sorted(Comparator.comparingInt(RecordShape.Component::javaIndex))
                    .toList();
            if (wit instanceof TupleType tuple) {
                return fitTuple(shape, tuple, declared);
            }
            if (!(wit instanceof RecordType record) || shape.type() instanceof TupleType) {
                return differ(shape);
            }
            List<RecordShape.@Nullable Component> matched = match(
                    record.fields().stream().map(RecordType.Field::name).toList(),
                    declared,
                    RecordShape.Component::javaName,
                    "component",
                    "field");
            var fitted = new ArrayList<RecordShape.Component>();
            for (int i = 0; i < matched.size(); i++) {
                RecordShape.Component component = matched.get(i);
                if (component != null) {
                    fitted.add(fitComponent(component, record.fields().get(i).type()));
                }
            }
            return new RecordShape(record, shape.javaType(), fitted);
        }

        private JavaShape fitTuple(RecordShape shape, TupleType tuple, List<RecordShape.Component> declared) {
            if (tuple.elements().size() != declared.size()) {
                return differ(shape);
            }
            var fitted = new ArrayList<RecordShape.Component>();
            for (int i = 0; i < declared.size(); i++) {
                fitted.add(fitComponent(declared.get(i), tuple.elements().get(i)));
            }
            return new RecordShape(tuple, shape.javaType(), fitted);
        }

        private RecordShape.Component fitComponent(RecordShape.Component component, ValType type) {
            return new RecordShape.Component(
                    component.javaName(),
                    component.javaIndex(),
                    fit(component.shape(), type, path.component(component.javaName())));
        }

        @Override
        public JavaShape visitVariant(VariantShape shape) {
            if (!(wit instanceof VariantType variant)) {
                return differ(shape);
            }
            List<VariantShape.@Nullable Case> matched = match(
                    variant.cases().stream().map(VariantType.Case::name).toList(),
                    shape.cases(),
                    c -> c.javaClass().getSimpleName(),
                    "record",
                    "case");
            var fitted = new ArrayList<VariantShape.Case>();
            for (int i = 0; i < matched.size(); i++) {
                VariantShape.Case found = matched.get(i);
                if (found != null) {
                    fitted.add(fitCase(found, variant.cases().get(i)));
                }
            }
            return new VariantShape(variant, shape.javaType(), fitted);
        }

        private VariantShape.Case fitCase(VariantShape.Case found, VariantType.Case type) {
            String name = found.javaClass().getSimpleName();
            JavaPath at = path.component(name);
            if (found.payload() == null && type.payload() != null) {
                problem(at.at("Java has a record without components, WIT has " + type.payload() + " ("
                        + JavaWords.of(type.payload()) + ")"));
            } else if (found.payload() != null && type.payload() == null) {
                problem(at.at("Java has a record with components, WIT has a case without a value"));
            }
            return new VariantShape.Case(
                    type.name(), found.javaClass(), fitOptional(found.payload(), type.payload(), at), found.wraps());
        }

        /** For each label the Java thing of that name, or null; those without a partner on either side are problems. */
        private <T> List<@Nullable T> match(
                List<String> labels, List<T> things, Function<T, String> name, String javaWord, String witWord) {
            var rest = new ArrayList<T>(things);
            var matched = new ArrayList<@Nullable T>();
            var unmatched = new ArrayList<String>();
            for (String label : labels) {
                T thing = Names.match(label, rest, name);
                matched.add(thing);
                if (thing == null) {
                    unmatched.add(label);
                } else {
                    rest.remove(thing);
                }
            }
            List<String> restNames = rest.stream().map(name).toList();
            for (String label : unmatched) {
                problem(path.at("WIT has the " + witWord + " " + label + ", Java has no such " + javaWord
                        + Nearest.hint(label, restNames) + "; it has " + names(things, name)));
            }
            for (String thing : restNames) {
                problem(path.at("Java has the " + javaWord + " " + thing + ", WIT has no such " + witWord
                        + Nearest.hint(thing, unmatched) + "; it has " + String.join(", ", labels)));
            }
            return matched;
        }

        private static <T> List<T> present(List<@Nullable T> things) {
            return things.stream()
                    .<T>map(thing -> thing)
                    .filter(Objects::nonNull)
                    .toList();
        }

        private static <T> String names(List<T> things, Function<T, String> name) {
            return things.stream().map(name).collect(Collectors.joining(", "));
        }
    }
}

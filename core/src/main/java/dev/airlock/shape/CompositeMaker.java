package dev.airlock.shape;

import dev.airlock.mapping.Tuple;
import dev.airlock.type.RecordType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the shapes of records and sealed interfaces, and of what other languages have in their place: the types that may
 * contain themselves.
 */
final class CompositeMaker {
    /** How often one generic record may be part of itself, each time with other type arguments. */
    private static final int MAX_NESTED = 16;

    private final ShapeMaker parts;
    private final Deque<ResolvedType> open = new ArrayDeque<>();

    CompositeMaker(ShapeMaker parts) {
        this.parts = parts;
    }

    JavaShape make(ResolvedType type, JavaPath path) {
        Class<?> raw = type.raw();
        boolean isSealed = permitted(raw) != null;
        if (!Members.hasAny(raw) && !isSealed) {
            if (!Hints.mayBePayload(raw)) {
                throw path.contradict(Hints.noWitType(type));
            }
            throw path.refuse(Hints.noWitType(type));
        }
        refuseRecursion(type, path);
        open.push(type);
        try {
            return isSealed ? variant(type, path) : record(type, path);
        } finally {
            open.pop();
        }
    }

    private void refuseRecursion(ResolvedType type, JavaPath path) {
        boolean again = open.contains(type)
                || open.stream().filter(o -> o.raw() == type.raw()).count() >= MAX_NESTED;
        if (again) {
            List<ResolvedType> outermostFirst = new ArrayList<>(open);
            Collections.reverse(outermostFirst);
            int start = Math.max(outermostFirst.indexOf(type), 0);
            throw path.refuse(type.text() + " is made of itself ("
                    + Stream.concat(outermostFirst.stream().skip(start), Stream.of(type))
                            .map(ResolvedType::text)
                            .collect(Collectors.joining(" → "))
                    + "): WIT has no recursive types; a list of nodes that know others by their place in it has one");
        }
    }

    private RecordShape record(ResolvedType type, JavaPath path) {
        Class<?> raw = type.raw();
        List<RecordShape.Component> components = components(type, path);
        if (components.isEmpty()) {
            throw path.refuse(type.text() + " has no components, and records of WIT have at least one field");
        }
        if (raw.isAnnotationPresent(Tuple.class)) {
            List<ValType> elements =
                    components.stream().map(c -> c.shape().type()).toList();
            return new RecordShape(ShapeMaker.named(path, () -> new TupleType(elements)), type.toType(), components);
        }
        List<RecordType.Field> fields = fields(components, path);
        return new RecordShape(
                ShapeMaker.named(path, () -> new RecordType(typeName(type), fields)), type.toType(), components);
    }

    private static List<RecordType.Field> fields(List<RecordShape.Component> components, JavaPath path) {
        return components.stream()
                .map(c -> new RecordType.Field(
                        ShapeMaker.named(path.component(c.javaName()), () -> Names.kebab(c.javaName())),
                        c.shape().type()))
                .toList();
    }

    private List<RecordShape.Component> components(ResolvedType type, JavaPath path) {
        List<Members.Member> members =
                ShapeMaker.named(path, () -> Members.of(type)).list();
        var components = new ArrayList<RecordShape.Component>();
        for (Members.Member member : members) {
            components.add(new RecordShape.Component(
                    member.name(), components.size(), parts.make(member.type(), path.component(member.name()), false)));
        }
        return components;
    }

    /** The direct subtypes of a sealed interface, or of what another language has in its place; else null. */
    private static @Nullable List<Class<?>> permitted(Class<?> raw) {
        List<Class<?>> cases = Languages.cases(raw);
        return cases != null || !raw.isInterface() || !raw.isSealed() ? cases : List.of(raw.getPermittedSubclasses());
    }

    private VariantShape variant(ResolvedType type, JavaPath path) {
        var cases = new ArrayList<VariantShape.Case>();
        addCases(type, path, cases);
        VariantType variant = ShapeMaker.named(
                path,
                () -> new VariantType(
                        typeName(type),
                        cases.stream()
                                .map(c -> new VariantType.Case(
                                        c.label(),
                                        c.payload() == null ? null : c.payload().type()))
                                .toList()));
        return new VariantShape(variant, type.toType(), cases);
    }

    private void addCases(ResolvedType sealed, JavaPath path, List<VariantShape.Case> cases) {
        for (Class<?> permitted : Objects.requireNonNull(permitted(sealed.raw()))) {
            ResolvedType type = TypeResolver.subtype(permitted, sealed);
            JavaPath at = path.component(permitted.getSimpleName());
            if (Members.hasAny(permitted)) {
                cases.add(variantCase(type, at));
            } else if (permitted(permitted) != null) {
                addCases(type, at, cases);
            } else {
                throw at.refuse(type.text() + " is no record, and the cases of a variant are records");
            }
        }
    }

    private VariantShape.Case variantCase(ResolvedType type, JavaPath path) {
        String label = ShapeMaker.named(path, () -> Names.kebab(type.raw().getSimpleName()));
        refuseRecursion(type, path);
        open.push(type);
        try {
            return switch (ShapeMaker.named(path, () -> Members.of(type)).list().size()) {
                case 0 -> new VariantShape.Case(label, type.raw(), null, false);
                case 1 ->
                    new VariantShape.Case(
                            label, type.raw(), components(type, path).get(0).shape(), true);
                default -> new VariantShape.Case(label, type.raw(), record(type, path), false);
            };
        } finally {
            open.pop();
        }
    }

    /** A generic type's name tells its arguments too, so that two of them can stand side by side: {@code page-order}. */
    private static @Nullable String typeName(ResolvedType type) {
        return Names.typeName(type.text());
    }
}

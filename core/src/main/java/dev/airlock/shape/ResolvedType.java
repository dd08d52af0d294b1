package dev.airlock.shape;

import dev.airlock.mapping.LanguageTypes;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Java type whose type variables are resolved, with what its annotations say.
 *
 * @param raw the class
 * @param args its type arguments; of an array, the type of its elements
 * @param marks what annotations say of it
 * @param unbound the name of a type variable that nothing is known of, or {@code ?}; else null
 */
record ResolvedType(
        Class<?> raw,
        List<ResolvedType> args,
        Set<Mark> marks,
        @Nullable String unbound) {
    ResolvedType {
        args = List.copyOf(args);
        marks = Set.copyOf(marks);
    }

    static ResolvedType of(Class<?> raw, List<ResolvedType> args) {
        return new ResolvedType(raw, args, Set.of(), null);
    }

    static ResolvedType unbound(String variable) {
        return new ResolvedType(Object.class, List.of(), Set.of(), variable);
    }

    static ResolvedType arrayOf(ResolvedType element) {
        return of(element.raw.arrayType(), List.of(element));
    }

    ResolvedType with(Set<Mark> more) {
        if (more.isEmpty()) {
            return this;
        }
        Set<Mark> all = EnumSet.copyOf(more);
        all.addAll(marks);
        return new ResolvedType(raw, args, all, unbound);
    }

    /** The same type with what its language knows of it and of its arguments. */
    ResolvedType with(LanguageTypes.TypeFacts facts) {
        var known = new ArrayList<ResolvedType>();
        for (int i = 0; i < args.size(); i++) {
            known.add(
                    i < facts.arguments().size()
                            ? args.get(i).with(facts.arguments().get(i))
                            : args.get(i));
        }
        return new ResolvedType(raw, known, marks, unbound).with(Mark.of(facts));
    }

    ResolvedType notNull() {
        Set<Mark> rest = EnumSet.noneOf(Mark.class);
        marks.stream().filter(mark -> mark != Mark.NULLABLE).forEach(rest::add);
        return new ResolvedType(raw, args, rest, unbound);
    }

    boolean isNullable() {
        return marks.contains(Mark.NULLABLE);
    }

    /** The same for reflection, and so for codecs: without annotations. */
    Type toType() {
        if (raw.isArray() || args.isEmpty()) {
            return raw;
        }
        return new Applied(raw, args.stream().map(ResolvedType::toType).toList());
    }

    /** As in source, with simple names: {@code List<Order>}. */
    String text() {
        if (unbound != null) {
            return unbound;
        }
        return args.isEmpty() || raw.isArray()
                ? text(raw)
                : text(raw) + args.stream().map(ResolvedType::text).collect(Collectors.joining(", ", "<", ">"));
    }

    /** A type as in source, with simple names. */
    static String text(Type type) {
        if (type instanceof ParameterizedType applied) {
            return text(applied.getRawType())
                    + Arrays.stream(applied.getActualTypeArguments())
                            .map(ResolvedType::text)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        if (type instanceof GenericArrayType array) {
            return text(array.getGenericComponentType()) + "[]";
        }
        if (type instanceof Class<?> plain) {
            return plain.getSimpleName().isEmpty() ? plain.getName() : plain.getSimpleName();
        }
        return type.getTypeName();
    }

    /** The class of a type that this class has made. */
    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType applied ? (Class<?>) applied.getRawType() : (Class<?>) type;
    }

    /** A generic class with its arguments. Equal to the JDK's own, as its interface asks for. */
    private record Applied(Class<?> raw, List<Type> args) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return args.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ParameterizedType that
                    && raw.equals(that.getRawType())
                    && Objects.equals(getOwnerType(), that.getOwnerType())
                    && Arrays.equals(getActualTypeArguments(), that.getActualTypeArguments());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(getActualTypeArguments()) ^ Objects.hashCode(getOwnerType()) ^ raw.hashCode();
        }

        @Override
        public String toString() {
            return raw.getTypeName() + args.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
        }
    }
}

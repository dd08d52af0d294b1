package dev.airlock.shape;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Types with the type variables that they are made of known. */
final class TypeResolver {
    /** Knows no type variable. */
    static final TypeResolver NONE = new TypeResolver(Map.of());

    private final Map<TypeVariable<?>, ResolvedType> bindings;

    private TypeResolver(Map<TypeVariable<?>, ResolvedType> bindings) {
        this.bindings = bindings;
    }

    /** Knows the type variables of a type and of all its supertypes. */
    static TypeResolver within(ResolvedType owner) {
        var bindings = new HashMap<TypeVariable<?>, ResolvedType>();
        bind(owner, bindings);
        return new TypeResolver(bindings);
    }

    private static void bind(ResolvedType type, Map<TypeVariable<?>, ResolvedType> bindings) {
        TypeVariable<?>[] params = type.raw().getTypeParameters();
        for (int i = 0; i < params.length && i < type.args().size(); i++) {
            bindings.put(params[i], type.args().get(i));
        }
        TypeResolver known = new TypeResolver(bindings);
        for (AnnotatedType superinterface : type.raw().getAnnotatedInterfaces()) {
            bind(known.resolve(superinterface), bindings);
        }
        AnnotatedType superclass = type.raw().getAnnotatedSuperclass();
        if (superclass != null && superclass.getType() != Object.class) {
            bind(known.resolve(superclass), bindings);
        }
    }

    /** A subtype with its type variables known from those of a direct supertype. */
    static ResolvedType subtype(Class<?> subtype, ResolvedType supertype) {
        var bindings = new HashMap<TypeVariable<?>, ResolvedType>();
        for (Type type : subtype.getGenericInterfaces()) {
            if (type instanceof ParameterizedType applied && applied.getRawType() == supertype.raw()) {
                unify(applied, supertype, bindings);
            }
        }
        TypeResolver known = new TypeResolver(bindings);
        return ResolvedType.of(
                subtype,
                Arrays.stream(subtype.getTypeParameters()).map(known::resolve).toList());
    }

    private static void unify(Type formal, ResolvedType actual, Map<TypeVariable<?>, ResolvedType> bindings) {
        if (formal instanceof TypeVariable<?> variable) {
            bindings.put(variable, actual);
        } else if (formal instanceof ParameterizedType applied) {
            Type[] args = applied.getActualTypeArguments();
            for (int i = 0; i < args.length && i < actual.args().size(); i++) {
                unify(args[i], actual.args().get(i), bindings);
            }
        }
    }

    ResolvedType resolve(AnnotatedType type) {
        return bare(type).with(Mark.of(type.getAnnotations()));
    }

    private ResolvedType bare(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            return ResolvedType.arrayOf(resolve(array.getAnnotatedGenericComponentType()));
        }
        if (type instanceof AnnotatedParameterizedType applied) {
            return ResolvedType.of(
                    (Class<?>) ((ParameterizedType) applied.getType()).getRawType(),
                    Arrays.stream(applied.getAnnotatedActualTypeArguments())
                            .map(this::resolve)
                            .toList());
        }
        if (type instanceof AnnotatedWildcardType wildcard
                && wildcard.getAnnotatedLowerBounds().length == 0
                && !isUnbounded((WildcardType) wildcard.getType())) {
            return resolve(wildcard.getAnnotatedUpperBounds()[0]);
        }
        return resolve(type.getType());
    }

    ResolvedType resolve(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.isArray()
                    ? ResolvedType.arrayOf(resolve(plain.getComponentType()))
                    : ResolvedType.of(plain, List.of());
        }
        if (type instanceof ParameterizedType applied) {
            return ResolvedType.of(
                    (Class<?>) applied.getRawType(),
                    Arrays.stream(applied.getActualTypeArguments())
                            .map(this::resolve)
                            .toList());
        }
        if (type instanceof GenericArrayType array) {
            return ResolvedType.arrayOf(resolve(array.getGenericComponentType()));
        }
        if (type instanceof WildcardType wildcard) {
            return wildcard.getLowerBounds().length == 0 && !isUnbounded(wildcard)
                    ? resolve(wildcard.getUpperBounds()[0])
                    : ResolvedType.unbound(wildcard.getTypeName());
        }
        return Objects.requireNonNullElseGet(
                bindings.get((TypeVariable<?>) type), () -> ResolvedType.unbound(type.getTypeName()));
    }

    private static boolean isUnbounded(WildcardType wildcard) {
        return wildcard.getUpperBounds()[0] == Object.class;
    }
}

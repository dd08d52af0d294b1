package dev.airlock.json.form;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.Char;
import dev.airlock.mapping.U16;
import dev.airlock.mapping.U32;
import dev.airlock.mapping.U64;
import dev.airlock.mapping.U8;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types as the source declares them: with annotations, and with type variables that only the mapper can resolve. */
public final class WrittenTypes {
    private WrittenTypes() {}

    /** Returns whether any part of the type has an annotation of Airlock's. */
    static boolean hasMarks(AnnotatedType type) {
        return Stream.of(U8.class, U16.class, U32.class, U64.class, Char.class).anyMatch(type::isAnnotationPresent)
                || parts(type).anyMatch(WrittenTypes::hasMarks);
    }

    private static Stream<AnnotatedType> parts(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType applied) {
            return Arrays.stream(applied.getAnnotatedActualTypeArguments());
        }
        return type instanceof AnnotatedArrayType array
                ? Stream.of(array.getAnnotatedGenericComponentType())
                : Stream.empty();
    }

    /** Returns whether any part of the type is a type variable. */
    static boolean hasVariables(Type type) {
        if (type instanceof ParameterizedType applied) {
            return Arrays.stream(applied.getActualTypeArguments()).anyMatch(WrittenTypes::hasVariables);
        } else if (type instanceof GenericArrayType array) {
            return hasVariables(array.getGenericComponentType());
        }
        return type instanceof TypeVariable<?>;
    }

    /** Returns the type with its variables resolved by the mapper, which ignores Airlock's annotations. */
    static Type known(AnnotatedType written, Supplier<Type> resolved) {
        if (hasMarks(written)) {
            throw new SignatureException(written + " cannot be mapped: annotations cannot be combined with type"
                    + " variables; write a record without type parameters");
        }
        return resolved.get();
    }

    /** Returns a generic class with its type arguments. */
    public static Type applied(Class<?> raw, List<Type> args) {
        return new Applied(raw, args);
    }

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
    }
}

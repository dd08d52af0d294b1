package dev.airlock.engine;

import dev.airlock.engine.validate.DefinedType;
import dev.airlock.error.SignatureException;
import dev.airlock.type.ConcreteType;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.FieldType;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A type that a guest defines, as programs see it. */
final class GuestType extends ConcreteType {
    private final DefinedType defined;

    GuestType(DefinedType defined) {
        this.defined = defined;
    }

    /**
     * Returns a type that a program gives, if it is of a kind.
     *
     * @throws SignatureException if it is not
     */
    static GuestType of(ConcreteType type, Kind kind) {
        if (type instanceof GuestType guest && type.kind() == kind) {
            return guest;
        }
        throw new SignatureException(
                "no type of " + kind.name().toLowerCase(Locale.ROOT) + "s: " + Objects.requireNonNull(type, "type"));
    }

    DefinedType defined() {
        return defined;
    }

    @Override
    public Kind kind() {
        return switch (defined.kind()) {
            case FUNC -> Kind.FUNC;
            case STRUCT -> Kind.STRUCT;
            case ARRAY -> Kind.ARRAY;
        };
    }

    @Override
    public boolean isFinal() {
        return defined.isFinal();
    }

    @Override
    public @Nullable ConcreteType supertype() {
        DefinedType supertype = defined.supertype();
        return supertype == null ? null : new GuestType(supertype);
    }

    @Override
    public CoreFuncType function() {
        if (defined.kind() != DefinedType.Kind.FUNC) {
            throw new IllegalStateException(text() + " is no type of functions");
        }
        return ApiTypes.of(defined);
    }

    @Override
    public List<FieldType> fields() {
        if (defined.kind() == DefinedType.Kind.FUNC) {
            throw new IllegalStateException(text() + " is a type of functions");
        }
        return Stream.of(defined.first()).map(ApiTypes::stored).toList();
    }

    /** Whether two types are the same is known by their canonical forms. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GuestType type && defined == type.defined;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(defined);
    }
}

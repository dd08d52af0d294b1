package dev.airlock.engine;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType;
import dev.airlock.type.ConcreteType;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.FieldType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A type that a guest defines, as programs see it. */
final class GuestType extends ConcreteType {
    private final DefinedType defined;

    GuestType(DefinedType defined) {
        this.defined = defined;
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
        return Stream.of(defined.first()).map(GuestType::field).toList();
    }

    private static FieldType field(DefinedType.FieldType field) {
        return switch (field.code()) {
            case ValueTypes.I8 -> new FieldType(FieldType.Storage.I8, CoreValType.I32, field.mutable());
            case ValueTypes.I16 -> new FieldType(FieldType.Storage.I16, CoreValType.I32, field.mutable());
            default -> FieldType.of(ApiTypes.of(field), field.mutable());
        };
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

package dev.airlock.json.form;

import dev.airlock.shape.JavaShape;
import dev.airlock.shape.RecordShape;
import dev.airlock.shape.Shapes;
import dev.airlock.shape.VariantShape;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.TupleType;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for parts of a shape that only {@link Forms} can map: unsigned numbers, tuples, variants, results. */
public final class OwnForms implements JavaShape.Visitor<Boolean> {
    private static final Set<PrimitiveType> MARKED =
            EnumSet.of(PrimitiveType.U8, PrimitiveType.U16, PrimitiveType.U32, PrimitiveType.U64, PrimitiveType.CHAR);

    private final Mapping mapping;

    private OwnForms(Mapping mapping) {
        this.mapping = mapping;
    }

    /** Returns whether a shape has such a part. Components of records do not count: the mapper asks for their forms. */
    public static boolean in(JavaShape shape, Mapping mapping) {
        return shape.accept(new OwnForms(mapping));
    }

    private boolean in(@Nullable JavaShape shape) {
        return shape != null && shape.accept(this);
    }

    @Override
    public Boolean visitScalar(JavaShape.ScalarShape shape) {
        return MARKED.contains(shape.type());
    }

    @Override
    public Boolean visitEnum(JavaShape.EnumShape shape) {
        return false;
    }

    @Override
    public Boolean visitText(JavaShape.TextShape shape) {
        return false;
    }

    /** JSON has byte arrays as Base64, so their sign does not matter. */
    @Override
    public Boolean visitArray(JavaShape.ArrayShape shape) {
        return shape.javaType() != byte[].class
                && shape.type().element() instanceof PrimitiveType element
                && MARKED.contains(element);
    }

    @Override
    public Boolean visitList(JavaShape.ListShape shape) {
        return in(shape.element());
    }

    @Override
    public Boolean visitMap(JavaShape.MapShape shape) {
        return in(shape.key()) || in(shape.value());
    }

    @Override
    public Boolean visitRecord(RecordShape shape) {
        if (!shape.rawType().isRecord() && !mapping.mapsLanguages()) {
            return true;
        }
        return shape.type() instanceof TupleType && !mapping.isAnnotated(shape.rawType());
    }

    @Override
    public Boolean visitVariant(VariantShape shape) {
        return !mapping.isAnnotated(shape.rawType());
    }

    @Override
    public Boolean visitFlags(JavaShape.FlagsShape shape) {
        return false;
    }

    /** Mappers know null, but need a module for {@code Optional}. */
    @Override
    public Boolean visitOption(JavaShape.OptionShape shape) {
        return true;
    }

    @Override
    public Boolean visitResult(JavaShape.ResultShape shape) {
        return true;
    }

    @Override
    public Boolean visitResource(JavaShape.ResourceShape shape) {
        return false;
    }

    /** A recursive type is opaque only inside itself. */
    @Override
    public Boolean visitOpaque(JavaShape.OpaqueShape shape) {
        JavaShape whole = Shapes.payload(shape.javaType());
        return !(whole instanceof JavaShape.OpaqueShape) && in(whole);
    }
}

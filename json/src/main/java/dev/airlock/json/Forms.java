package dev.airlock.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.airlock.error.SignatureException;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.RecordShape;
import dev.airlock.shape.Shapes;
import dev.airlock.shape.VariantShape;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.TupleType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** From shapes to forms. The table in {@link JsonCodec} says what becomes of what. */
final class Forms implements JavaShape.Visitor<Form> {
    private static final Forms FORMS = new Forms();

    private Forms() {}

    /** @throws SignatureException if the shape has no form */
    static Form of(JavaShape shape) {
        return shape.accept(FORMS);
    }

    /**
     * The form of a type. What has no shape, as a {@code LocalDate} has none, is Jackson's.
     *
     * @throws SignatureException if the shape has no form
     */
    static Form of(Type type) {
        JavaShape shape = shape(type);
        return shape == null ? new LeafForm(type) : of(shape);
    }

    private static @Nullable JavaShape shape(Type type) {
        if (type instanceof JavaShape shape) {
            return shape;
        }
        try {
            return Shapes.of(type);
        } catch (SignatureException e) {
            return null;
        }
    }

    private static @Nullable Form orNothing(@Nullable JavaShape shape) {
        return shape == null ? null : of(shape);
    }

    /** Whether Jackson's annotations say how a type is mapped. */
    private static boolean isJacksons(Class<?> type) {
        return type.isAnnotationPresent(JsonTypeInfo.class) || type.isAnnotationPresent(JsonDeserialize.class);
    }

    @Override
    public Form visitScalar(JavaShape.ScalarShape shape) {
        return ScalarForms.of(shape.type(), shape.javaType());
    }

    @Override
    public Form visitEnum(JavaShape.EnumShape shape) {
        return new LeafForm(shape.javaType());
    }

    @Override
    public Form visitText(JavaShape.TextShape shape) {
        return ScalarForms.of(PrimitiveType.STRING, String.class);
    }

    @Override
    public Form visitArray(JavaShape.ArrayShape shape) {
        Class<?> component = shape.javaType().getComponentType();
        return component == null || component == byte.class || component == boolean.class
                ? new LeafForm(shape.javaType())
                : new Containers.ArrayForm(
                        ScalarForms.of((PrimitiveType) shape.type().element(), component), component);
    }

    @Override
    public Form visitList(JavaShape.ListShape shape) {
        return new Containers.ListForm(of(shape.element()));
    }

    @Override
    public Form visitMap(JavaShape.MapShape shape) {
        return new Containers.MapForm(new KeyForm(shape.key()), of(shape.value()));
    }

    @Override
    public Form visitRecord(RecordShape shape) {
        if (shape.type() instanceof TupleType && !isJacksons(shape.rawType())) {
            return new Composites.TupleForm(
                    shape, shape.components().stream().map(c -> of(c.shape())).toList());
        }
        // Within, Jackson goes by the type alone; what annotations say of a type argument would be forgotten.
        if (shape.javaType() instanceof ParameterizedType applied && !shape.equals(Shapes.of(applied))) {
            throw new SignatureException(applied.getTypeName()
                    + " has annotations before its type arguments, which are lost on the way to its components: write"
                    + " a record without type parameters");
        }
        return new LeafForm(shape.javaType());
    }

    @Override
    public Form visitVariant(VariantShape shape) {
        return isJacksons(shape.rawType())
                ? new LeafForm(shape.javaType())
                : new Composites.TaggedForm(
                        shape.cases().stream().map(Forms::variantCase).toList());
    }

    private static Composites.Case variantCase(VariantShape.Case variant) {
        JavaShape payload = variant.payload();
        if (payload == null) {
            return Composites.Case.empty(variant.label(), variant.javaClass(), variant.constructor());
        }
        return variant.wraps()
                ? Composites.Case.wrapping(
                        variant.label(), variant.javaClass(), of(payload), variant.accessor(), variant.constructor())
                : Composites.Case.itself(variant.label(), variant.javaClass(), of(payload));
    }

    @Override
    public Form visitResource(JavaShape.ResourceShape shape) {
        throw new SignatureException(shape.javaType().getTypeName() + " is a resource, and those are for components");
    }

    @Override
    public Form visitFlags(JavaShape.FlagsShape shape) {
        Class<?> flag = (Class<?>) ((ParameterizedType) shape.javaType()).getActualTypeArguments()[0];
        return new Containers.FlagsForm(new LeafForm(flag), flag);
    }

    @Override
    public Form visitOption(JavaShape.OptionShape shape) {
        if (shape.payload() instanceof JavaShape.OptionShape) {
            throw new SignatureException("an option of an option has no form: null would mean two things");
        }
        Form payload = of(shape.payload());
        return shape.nullable() ? new Containers.NullableForm(payload) : new Containers.OptionalForm(payload);
    }

    @Override
    public Form visitResult(JavaShape.ResultShape shape) {
        return new Composites.TaggedForm(Composites.Case.ofResult(orNothing(shape.ok()), orNothing(shape.err())));
    }
}

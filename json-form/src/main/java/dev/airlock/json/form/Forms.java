package dev.airlock.json.form;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.WitType;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.RecordShape;
import dev.airlock.shape.Shapes;
import dev.airlock.shape.VariantShape;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.TupleType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Makes the form of each shape. The table in docs/JSON.md lists them. */
public final class Forms implements JavaShape.Visitor<Form> {
    private final Mapping mapping;
    private final ConcurrentMap<Type, Form> recursive = new ConcurrentHashMap<>();

    /** @param mapping maps the types that have no form here */
    public Forms(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Returns the form of a shape.
     *
     * @throws SignatureException if the shape has no form
     */
    public Form of(JavaShape shape) {
        return mapping.decides(shape) ? mapping.leaf(shape.javaType()) : shape.accept(this);
    }

    /**
     * Returns the form of a type.
     *
     * @throws SignatureException if the type has no form
     */
    public Form of(Type type) {
        return type instanceof WitType wit
                ? ValueForms.of(wit.type(), mapping)
                : of(type instanceof JavaShape shape ? shape : Shapes.payload(type));
    }

    /** Returns a form like the given one, of which null is a value too. */
    public Form nullable(Form form) {
        return new Containers.NullableForm(form);
    }

    private @Nullable Form orNothing(@Nullable JavaShape shape) {
        return shape == null ? null : of(shape);
    }

    @Override
    public Form visitScalar(JavaShape.ScalarShape shape) {
        return ScalarForms.of(shape.type(), shape.javaType());
    }

    @Override
    public Form visitEnum(JavaShape.EnumShape shape) {
        return mapping.leaf(shape.javaType());
    }

    @Override
    public Form visitText(JavaShape.TextShape shape) {
        return ScalarForms.of(PrimitiveType.STRING, String.class);
    }

    @Override
    public Form visitArray(JavaShape.ArrayShape shape) {
        Class<?> component = shape.javaType().getComponentType();
        return component == null || component == byte.class || component == boolean.class
                ? mapping.leaf(shape.javaType())
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
        if (shape.type() instanceof TupleType && !mapping.isAnnotated(shape.rawType())) {
            return new Composites.TupleForm(
                    shape, shape.components().stream().map(c -> of(c.shape())).toList());
        }
        // Jackson maps the components by type alone, and would ignore the annotations of a type argument.
        if (shape.javaType() instanceof ParameterizedType applied && !shape.equals(Shapes.payload(applied))) {
            throw new SignatureException(applied.getTypeName()
                    + " has annotated type arguments, and Jackson ignores these annotations when it maps the components: write"
                    + " a record without type parameters");
        }
        return shape.rawType().isRecord() || mapping.mapsLanguages()
                ? mapping.leaf(shape.javaType())
                : new ObjectForm(
                        shape,
                        shape.components().stream().map(c -> of(c.shape())).toList());
    }

    @Override
    public Form visitVariant(VariantShape shape) {
        return mapping.isAnnotated(shape.rawType())
                ? mapping.leaf(shape.javaType())
                : new Composites.TaggedForm(
                        shape.cases().stream().map(this::variantCase).toList());
    }

    private Composites.Case variantCase(VariantShape.Case variant) {
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
        throw new SignatureException(
                shape.javaType().getTypeName() + " is a resource, and only components have resources");
    }

    @Override
    public Form visitFlags(JavaShape.FlagsShape shape) {
        Class<?> flag = (Class<?>) ((ParameterizedType) shape.javaType()).getActualTypeArguments()[0];
        return new Containers.FlagsForm(mapping.leaf(flag), flag);
    }

    @Override
    public Form visitOption(JavaShape.OptionShape shape) {
        if (shape.payload() instanceof JavaShape.OptionShape) {
            throw new SignatureException("an option of an option has no form: null would have two meanings");
        }
        Form payload = of(shape.payload());
        return shape.nullable() ? new Containers.NullableForm(payload) : new Containers.OptionalForm(payload);
    }

    @Override
    public Form visitResult(JavaShape.ResultShape shape) {
        return new Composites.TaggedForm(Composites.Case.ofResult(orNothing(shape.ok()), orNothing(shape.err())));
    }

    @Override
    public Form visitOpaque(JavaShape.OpaqueShape shape) {
        JavaShape whole = Shapes.payload(shape.javaType());
        return whole instanceof JavaShape.OpaqueShape
                ? mapping.leaf(shape.javaType())
                : recursive.computeIfAbsent(shape.javaType(), type -> new RecursiveForm(() -> of(whole)));
    }
}

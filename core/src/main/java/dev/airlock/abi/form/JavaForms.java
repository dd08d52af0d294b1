package dev.airlock.abi.form;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.mapping.Result;
import dev.airlock.shape.JavaShape;
import dev.airlock.shape.RecordShape;
import dev.airlock.shape.VariantShape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes forms of Java types. */
public final class JavaForms implements JavaShape.Visitor<Form> {
    private final Map<JavaShape, Form> made = new HashMap<>();

    /**
     * Returns the form of a shape.
     *
     * @throws SignatureException if a record cannot be reached from here
     */
    public Form of(JavaShape shape) {
        Form known = made.get(shape);
        if (known == null) {
            known = shape.accept(this);
            made.put(shape, known);
        }
        return known;
    }

    private @Nullable Form ofNullable(@Nullable JavaShape shape) {
        return shape == null ? null : of(shape);
    }

    @Override
    public Form visitScalar(JavaShape.ScalarShape shape) {
        return new Form.Scalar(shape.type(), shape.form(), shape.javaType());
    }

    @Override
    public Form visitEnum(JavaShape.EnumShape shape) {
        Object[] constants = Objects.requireNonNull(shape.javaType().getEnumConstants());
        return new Form.Coded(
                shape.type(),
                shape.javaType(),
                JavaOperations.ORDINAL,
                MethodHandles.arrayElementGetter(Object[].class).bindTo(constants),
                constants.length,
                0,
                Layout.sizeOf(shape.type()));
    }

    @Override
    public Form visitText(JavaShape.TextShape shape) {
        return new Form.Text();
    }

    @Override
    public Form visitArray(JavaShape.ArrayShape shape) {
        return new Form.Array(shape.type(), elements(shape), shape.javaType());
    }

    private static Form.Elements elements(JavaShape.ArrayShape shape) {
        if (shape.form() == BlockForm.PAYLOAD) {
            return Form.Elements.BOOLS;
        }
        return Arrays.stream(Form.Elements.values())
                .filter(elements -> elements.held() == shape.form().javaType())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Form visitList(JavaShape.ListShape shape) {
        Form element = of(shape.element());
        Integer length = shape.type().fixedLength();
        return new Form.Sequence(
                shape.type(),
                List.class,
                length == null ? -1 : length,
                JavaOperations.LIST_PARTS,
                JavaOperations.LIST_MAKE,
                element);
    }

    @Override
    public Form visitMap(JavaShape.MapShape shape) {
        Form pair = new Form.Product(
                new dev.airlock.type.TupleType(
                        List.of(shape.type().key(), shape.type().value())),
                Map.Entry.class,
                List.of(
                        new Form.Part("key", JavaOperations.ENTRY_KEY, of(shape.key())),
                        new Form.Part("value", JavaOperations.ENTRY_VALUE, of(shape.value()))),
                JavaOperations.ENTRY_MAKE);
        return new Form.Sequence(shape.type(), Map.class, -1, JavaOperations.MAP_PARTS, JavaOperations.MAP_MAKE, pair);
    }

    @Override
    public Form visitRecord(RecordShape shape) {
        List<MethodHandle> accessors = shape.accessors();
        var parts = new ArrayList<Form.Part>();
        for (int i = 0; i < accessors.size(); i++) {
            RecordShape.Component component = shape.components().get(i);
            parts.add(new Form.Part(component.javaName(), accessors.get(i), of(component.shape())));
        }
        return new Form.Product(shape.type(), shape.rawType(), parts, shape.constructor());
    }

    @Override
    public Form visitVariant(VariantShape shape) {
        List<Form.Case> cases = shape.cases().stream().map(this::variantCase).toList();
        Class<?>[] classes =
                shape.cases().stream().map(VariantShape.Case::javaClass).toArray(Class<?>[]::new);
        return new Form.Sum(shape.type(), shape.rawType(), JavaOperations.classNumber(classes), false, cases);
    }

    private Form.Case variantCase(VariantShape.Case variantCase) {
        String name = variantCase.javaClass().getSimpleName();
        if (variantCase.wraps()) {
            return new Form.Case(
                    name, ofNullable(variantCase.payload()), variantCase.accessor(), variantCase.constructor());
        } else if (variantCase.payload() == null) {
            return new Form.Case(name, null, null, variantCase.constructor());
        }
        MethodHandle same = MethodHandles.identity(variantCase.javaClass());
        return new Form.Case(name, of(variantCase.payload()), same, same);
    }

    @Override
    public Form visitFlags(JavaShape.FlagsShape shape) {
        int count = shape.constants().size();
        return new Form.Coded(
                shape.type(),
                java.util.EnumSet.class,
                JavaOperations.flagsNumber(shape.constants()),
                JavaOperations.flagsObject(shape.constants()),
                0,
                count == Integer.SIZE ? -1 : (1 << count) - 1,
                Layout.sizeOf(shape.type()));
    }

    @Override
    public Form visitOption(JavaShape.OptionShape shape) {
        Form payload = of(shape.payload());
        if (shape.nullable()) {
            MethodHandle same = MethodHandles.identity(payload.javaType());
            return new Form.Sum(
                    shape.type(),
                    shape.rawType(),
                    JavaOperations.IS_SET,
                    true,
                    List.of(
                            new Form.Case("none", null, null, MethodHandles.constant(Object.class, null)),
                            new Form.Case("some", payload, same, same)));
        }
        return new Form.Sum(
                shape.type(),
                shape.rawType(),
                JavaOperations.IS_PRESENT,
                false,
                List.of(
                        new Form.Case("none", null, null, JavaOperations.OPTIONAL_EMPTY),
                        new Form.Case("some", payload, JavaOperations.OPTIONAL_GET, JavaOperations.OPTIONAL_OF)));
    }

    @Override
    public Form visitResult(JavaShape.ResultShape shape) {
        return result(shape.type(), ofNullable(shape.ok()), ofNullable(shape.err()));
    }

    /** Returns the form of a {@link Result}, whose parts may be missing. */
    public static Form result(dev.airlock.type.ResultType type, @Nullable Form ok, @Nullable Form err) {
        return new Form.Sum(
                type,
                Result.class,
                JavaOperations.IS_ERR,
                false,
                List.of(
                        resultCase("ok", ok, JavaOperations.OK_VALUE, JavaOperations.OK_MAKE),
                        resultCase("err", err, JavaOperations.ERR_ERROR, JavaOperations.ERR_MAKE)));
    }

    private static Form.Case resultCase(String name, @Nullable Form payload, MethodHandle get, MethodHandle make) {
        return payload == null
                ? new Form.Case(name, null, null, MethodHandles.insertArguments(make, 0, (Object) null))
                : new Form.Case(name, payload, get, make);
    }

    @Override
    public Form visitResource(JavaShape.ResourceShape shape) {
        return new Form.Handle(shape.type(), shape.javaType());
    }

    @Override
    public Form visitOpaque(JavaShape.OpaqueShape shape) {
        throw new SignatureException(shape.reason());
    }
}

package dev.airlock.abi.form;

import dev.airlock.error.SignatureException;
import dev.airlock.shape.ScalarForm;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.EnumValue;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FlagsValue;
import dev.airlock.type.FutureType;
import dev.airlock.type.HandleValue;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.MapValue;
import dev.airlock.type.OptionType;
import dev.airlock.type.OptionValue;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResultType;
import dev.airlock.type.ResultValue;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.VariantType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes forms of {@link Value}s: for callers that have no Java type at hand. */
public final class ValueForms implements ValType.Visitor<Form> {
    public Form of(ValType type) {
        return type.accept(this);
    }

    /** Returns the form of a value that a caller passes, who may have mistaken the type. */
    public Form given(ValType type) {
        MethodHandle same = MethodHandles.identity(Object.class);
        return new Form.Wrapped(Value.class, of(type), ValueOperations.checked(type), same);
    }

    private @Nullable Form ofNullable(@Nullable ValType type) {
        return type == null ? null : of(type);
    }

    private static SignatureException notYet(ValType type) {
        return new SignatureException(type + " is not supported yet: values of it are for asynchronous calls");
    }

    @Override
    public Form visitPrimitive(PrimitiveType type) {
        return switch (type) {
            case BOOL -> scalar(type, ScalarForm.BOOL);
            case S8 -> scalar(type, ScalarForm.S8);
            case U8 -> scalar(type, ScalarForm.U8);
            case S16 -> scalar(type, ScalarForm.S16);
            case U16 -> scalar(type, ScalarForm.U16);
            case S32 -> scalar(type, ScalarForm.S32);
            case U32 -> scalar(type, ScalarForm.U32);
            case S64 -> scalar(type, ScalarForm.S64);
            case U64 -> scalar(type, ScalarForm.U64);
            case F32 -> scalar(type, ScalarForm.F32);
            case F64 -> scalar(type, ScalarForm.F64);
            case CHAR -> scalar(type, ScalarForm.CHAR);
            case STRING ->
                new Form.Wrapped(
                        Value.class, new Form.Text(), ValueOperations.unwrap(type), ValueOperations.wrap(type));
            case ERROR_CONTEXT -> throw notYet(type);
        };
    }

    private static Form scalar(PrimitiveType type, ScalarForm form) {
        return new Form.Wrapped(
                Value.class,
                new Form.Scalar(type, form, form.javaType()),
                ValueOperations.unwrap(type),
                ValueOperations.wrap(type));
    }

    @Override
    public Form visitList(ListType type) {
        Form.Elements elements = type.fixedLength() == null && type.element() instanceof PrimitiveType primitive
                ? elements(primitive)
                : null;
        if (elements != null) {
            Class<?> array = elements == Form.Elements.BOOLS ? boolean[].class : elements.held();
            return new Form.Wrapped(
                    Value.class,
                    new Form.Array(type, elements, array),
                    ValueOperations.array(array),
                    ValueOperations.ofArray(type, array));
        }
        Integer length = type.fixedLength();
        return new Form.Sequence(
                type,
                Value.class,
                length == null ? -1 : length,
                ValueOperations.LIST_PARTS,
                ValueOperations.listMake(type),
                of(type.element()));
    }

    private static Form.@Nullable Elements elements(PrimitiveType type) {
        return switch (type) {
            case BOOL -> Form.Elements.BOOLS;
            case S8, U8 -> Form.Elements.BYTES;
            case S16, U16 -> Form.Elements.SHORTS;
            case S32, U32 -> Form.Elements.INTS;
            case S64, U64 -> Form.Elements.LONGS;
            case F32 -> Form.Elements.FLOATS;
            case F64 -> Form.Elements.DOUBLES;
            case CHAR -> Form.Elements.CHARS;
            case STRING, ERROR_CONTEXT -> null;
        };
    }

    @Override
    public Form visitRecord(RecordType type) {
        List<String> names = type.fields().stream().map(RecordType.Field::name).toList();
        return product(type, names, ValueOperations.RECORD_PART, ValueOperations.recordMake(type));
    }

    @Override
    public Form visitTuple(TupleType type) {
        var names = new ArrayList<String>();
        for (int i = 0; i < type.elements().size(); i++) {
            names.add(Integer.toString(i));
        }
        return product(type, names, ValueOperations.TUPLE_PART, ValueOperations.tupleMake(type));
    }

    private Form product(ValType type, List<String> names, MethodHandle part, MethodHandle make) {
        var parts = new ArrayList<Form.Part>();
        for (int i = 0; i < names.size(); i++) {
            parts.add(new Form.Part(
                    names.get(i), ValueOperations.at(part, i), of(type.parts().get(i))));
        }
        return new Form.Product(type, Value.class, parts, make);
    }

    @Override
    public Form visitVariant(VariantType type) {
        var cases = new ArrayList<Form.Case>();
        for (int i = 0; i < type.cases().size(); i++) {
            VariantType.Case variantCase = type.cases().get(i);
            cases.add(valueCase(
                    variantCase.name(),
                    ofNullable(variantCase.payload()),
                    ValueOperations.VARIANT_PAYLOAD,
                    ValueOperations.variantMake(type, i)));
        }
        return new Form.Sum(type, Value.class, ValueOperations.VARIANT_NUMBER, false, cases);
    }

    private static Form.Case valueCase(String name, @Nullable Form payload, MethodHandle get, MethodHandle make) {
        return payload == null
                ? new Form.Case(name, null, null, ValueOperations.without(make))
                : new Form.Case(name, payload, get, make);
    }

    @Override
    public Form visitEnum(EnumType type) {
        return new Form.Coded(
                type,
                EnumValue.class,
                ValueOperations.ENUM_NUMBER,
                ValueOperations.enumMake(type),
                type.cases().size(),
                0,
                Layout.sizeOf(type));
    }

    @Override
    public Form visitFlags(FlagsType type) {
        int count = type.flags().size();
        return new Form.Coded(
                type,
                FlagsValue.class,
                ValueOperations.FLAGS_NUMBER,
                ValueOperations.flagsMake(type),
                0,
                count == Integer.SIZE ? -1 : (1 << count) - 1,
                Layout.sizeOf(type));
    }

    @Override
    public Form visitOption(OptionType type) {
        MethodHandle make = ValueOperations.optionMake(type);
        return new Form.Sum(
                type,
                OptionValue.class,
                ValueOperations.OPTION_NUMBER,
                false,
                List.of(
                        valueCase("none", null, ValueOperations.OPTION_PAYLOAD, make),
                        valueCase("some", of(type.payload()), ValueOperations.OPTION_PAYLOAD, make)));
    }

    @Override
    public Form visitResult(ResultType type) {
        return new Form.Sum(
                type,
                ResultValue.class,
                ValueOperations.RESULT_NUMBER,
                false,
                List.of(
                        valueCase(
                                "ok",
                                ofNullable(type.ok()),
                                ValueOperations.RESULT_PAYLOAD,
                                ValueOperations.resultMake(type, true)),
                        valueCase(
                                "err",
                                ofNullable(type.err()),
                                ValueOperations.RESULT_PAYLOAD,
                                ValueOperations.resultMake(type, false))));
    }

    @Override
    public Form visitMap(MapType type) {
        Form pair = new Form.Product(
                new TupleType(List.of(type.key(), type.value())),
                MapValue.Pair.class,
                List.of(
                        new Form.Part("key", ValueOperations.PAIR_KEY, of(type.key())),
                        new Form.Part("value", ValueOperations.PAIR_VALUE, of(type.value()))),
                ValueOperations.PAIR_MAKE);
        return new Form.Sequence(
                type, MapValue.class, -1, ValueOperations.MAP_PARTS, ValueOperations.mapMake(type), pair);
    }

    @Override
    public Form visitOwn(OwnType type) {
        return handle(type);
    }

    @Override
    public Form visitBorrow(BorrowType type) {
        return handle(type);
    }

    private static Form handle(ValType type) {
        return new Form.Wrapped(
                HandleValue.class,
                new Form.Handle(type, Object.class),
                ValueOperations.HANDLE_TARGET,
                ValueOperations.handleMake(type));
    }

    @Override
    public Form visitFuture(FutureType type) {
        throw notYet(type);
    }

    @Override
    public Form visitStream(StreamType type) {
        throw notYet(type);
    }
}

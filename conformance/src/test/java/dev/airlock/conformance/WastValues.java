package dev.airlock.conformance;

import dev.airlock.conformance.SExpression.Items;
import dev.airlock.conformance.SExpression.Text;
import dev.airlock.conformance.SExpression.Word;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.EnumValue;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FlagsValue;
import dev.airlock.type.FutureType;
import dev.airlock.type.ListType;
import dev.airlock.type.ListValue;
import dev.airlock.type.MapType;
import dev.airlock.type.MapValue;
import dev.airlock.type.OptionType;
import dev.airlock.type.OptionValue;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.RecordType;
import dev.airlock.type.RecordValue;
import dev.airlock.type.ResultType;
import dev.airlock.type.ResultValue;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.TupleValue;
import dev.airlock.type.ValType;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import dev.airlock.type.VariantType;
import dev.airlock.type.VariantValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads values as {@code .wast} files write them, such as {@code (u32.const 42)}, by the function's type. */
final class WastValues implements ValType.Visitor<Value> {
    private final String word;
    private final List<SExpression> rest;

    private WastValues(String word, List<SExpression> rest) {
        this.word = word;
        this.rest = rest;
    }

    static Value parse(SExpression expression, ValType type) {
        List<SExpression> items = ((Items) expression).items();
        return of(items, type);
    }

    /** A record's field has its value without parentheses: {@code (field "n" u32.const 7)}. */
    private static Value of(List<SExpression> items, ValType type) {
        return type.accept(new WastValues(((Word) items.get(0)).text(), items.subList(1, items.size())));
    }

    private void expect(String prefix) {
        if (!word.equals(prefix)) {
            throw new IllegalArgumentException(prefix + " is wanted, not " + word);
        }
    }

    private static String text(SExpression expression) {
        return ((Text) expression).text();
    }

    private String only() {
        return rest.get(0) instanceof Word number ? number.text() : text(rest.get(0));
    }

    @Override
    public Value visitPrimitive(PrimitiveType type) {
        expect(type == PrimitiveType.STRING ? "str.const" : type.text() + ".const");
        String given = only();
        return switch (type) {
            case BOOL -> new PrimitiveValue.Bool(given.equals("true"));
            case F32 -> new PrimitiveValue.F32(Float.parseFloat(given));
            case F64 -> new PrimitiveValue.F64(Double.parseDouble(given));
            case CHAR -> PrimitiveValue.character(given.codePointAt(0), ValuePath.root());
            case STRING -> PrimitiveValue.string(given, ValuePath.root());
            case S8, U8, S16, U16, S32, U32, S64, U64 ->
                PrimitiveValue.integer(
                        type,
                        given.startsWith("0x") ? new BigInteger(given.substring(2), 16) : new BigInteger(given),
                        ValuePath.root());
            case ERROR_CONTEXT -> throw noText(type);
        };
    }

    private List<Value> all(ValType type) {
        return rest.stream().map(item -> parse(item, type)).toList();
    }

    @Override
    public Value visitList(ListType type) {
        expect("list.const");
        return ListValue.of(type, all(type.element()));
    }

    @Override
    public Value visitRecord(RecordType type) {
        expect("record.const");
        var fields = new ArrayList<Value>();
        for (int i = 0; i < rest.size(); i++) {
            List<SExpression> field = ((Items) rest.get(i)).items();
            RecordType.Field wanted = type.fields().get(i);
            if (!text(field.get(1)).equals(wanted.name())) {
                throw new IllegalArgumentException("the field " + wanted.name() + " is wanted");
            }
            fields.add(
                    field.get(2) instanceof Items value
                            ? of(value.items(), wanted.type())
                            : of(field.subList(2, field.size()), wanted.type()));
        }
        return RecordValue.of(type, fields, ValuePath.root());
    }

    @Override
    public Value visitTuple(TupleType type) {
        expect("tuple.const");
        var elements = new ArrayList<Value>();
        for (int i = 0; i < rest.size(); i++) {
            elements.add(parse(rest.get(i), type.elements().get(i)));
        }
        return TupleValue.of(type, elements, ValuePath.root());
    }

    @Override
    public Value visitVariant(VariantType type) {
        expect("variant.const");
        String name = text(rest.get(0));
        ValType payload = type.cases().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow()
                .payload();
        return VariantValue.of(type, name, payload == null ? null : parse(rest.get(1), payload), ValuePath.root());
    }

    @Override
    public Value visitEnum(EnumType type) {
        expect("enum.const");
        return EnumValue.of(type, only(), ValuePath.root());
    }

    @Override
    public Value visitFlags(FlagsType type) {
        expect("flags.const");
        return FlagsValue.of(type, rest.stream().map(WastValues::text).toList(), ValuePath.root());
    }

    @Override
    public Value visitOption(OptionType type) {
        if (word.equals("option.none")) {
            return OptionValue.of(type, null, ValuePath.root());
        }
        expect("option.some");
        return OptionValue.of(type, parse(rest.get(0), type.payload()), ValuePath.root());
    }

    @Override
    public Value visitResult(ResultType type) {
        boolean isOk = word.equals("result.ok");
        if (!isOk) {
            expect("result.err");
        }
        ValType payload = isOk ? type.ok() : type.err();
        return ResultValue.of(type, isOk, payload == null ? null : parse(rest.get(0), payload), ValuePath.root());
    }

    @Override
    public Value visitMap(MapType type) {
        expect("list.const");
        var pair = new TupleType(List.of(type.key(), type.value()));
        return MapValue.of(
                type,
                all(pair).stream()
                        .map(TupleValue.class::cast)
                        .map(t -> new MapValue.Pair(
                                t.elements().get(0), t.elements().get(1)))
                        .toList(),
                ValuePath.root());
    }

    @Override
    public Value visitOwn(OwnType type) {
        throw noText(type);
    }

    @Override
    public Value visitBorrow(BorrowType type) {
        throw noText(type);
    }

    @Override
    public Value visitFuture(FutureType type) {
        throw noText(type);
    }

    @Override
    public Value visitStream(StreamType type) {
        throw noText(type);
    }

    private static IllegalArgumentException noText(ValType type) {
        return new IllegalArgumentException("a " + type + " has no text");
    }
}

package dev.airlock.cli;

import dev.airlock.error.ValueException;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON to values: see {@link JsonValues}. */
record JsonReading(JsonNode node, ValuePath path) implements ValType.Visitor<Value> {
    Value read(ValType type) {
        return type.accept(this);
    }

    private static Value read(ValType type, JsonNode node, ValuePath path) {
        return new JsonReading(node, path).read(type);
    }

    private ValueException wanted(String what) {
        return path.refuse(what + " is wanted, got " + kind());
    }

    private String kind() {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case MISSING -> "nothing";
        };
    }

    @Override
    public Value visitPrimitive(PrimitiveType type) {
        return switch (type) {
            case BOOL -> {
                if (!node.isBoolean()) {
                    throw wanted("true or false");
                }
                yield new PrimitiveValue.Bool(node.booleanValue());
            }
            case S8, U8, S16, U16, S32, U32, S64, U64 ->
                PrimitiveValue.integer(type, whole(type).bigIntegerValue(), path);
            case F32 -> {
                float number = (float) number().doubleValue();
                if (Float.isInfinite(number)) {
                    throw path.refuse("the number is too large for f32");
                }
                yield new PrimitiveValue.F32(number);
            }
            case F64 -> {
                double number = number().doubleValue();
                if (Double.isInfinite(number)) {
                    throw path.refuse("the number is too large for f64");
                }
                yield new PrimitiveValue.F64(number);
            }
            case CHAR -> {
                if (!whole(type).canConvertToInt()) {
                    throw path.refuse("the number is no code point");
                }
                yield PrimitiveValue.character(node.intValue(), path);
            }
            case STRING -> PrimitiveValue.string(text("a string"), path);
            case ERROR_CONTEXT -> throw path.refuse(type + " has no JSON");
        };
    }

    private JsonNode whole(PrimitiveType type) {
        if (!node.isIntegralNumber()) {
            throw node.isNumber() ? path.refuse(type + " takes whole numbers") : wanted("a whole number");
        }
        return node;
    }

    private JsonNode number() {
        if (!node.isNumber()) {
            throw wanted("a number");
        }
        return node;
    }

    private String text(String what) {
        if (!node.isString()) {
            throw wanted(what);
        }
        return node.stringValue();
    }

    @Override
    public Value visitList(ListType type) {
        boolean bytes = type.element() == PrimitiveType.U8 || type.element() == PrimitiveType.S8;
        if (bytes && node.isString()) {
            try {
                return ListValue.wrap(type, Base64.getDecoder().decode(node.stringValue()), path);
            } catch (IllegalArgumentException e) {
                throw new ValueException(path.at("the text is not Base64"), e);
            }
        }
        if (!node.isArray()) {
            throw wanted(bytes ? "Base64 or an array" : "an array");
        }
        var values = new ArrayList<Value>();
        for (JsonNode element : node) {
            values.add(read(type.element(), element, path.index(values.size())));
        }
        return ListValue.of(type, values, path);
    }

    @Override
    public Value visitRecord(RecordType type) {
        if (!node.isObject()) {
            throw wanted("an object");
        }
        var values = new ArrayList<Value>();
        var known = new HashSet<String>();
        for (RecordType.Field field : type.fields()) {
            String name = JsonValues.field(field.name());
            JsonNode found = node.get(name);
            known.add(name);
            if (found == null && !(field.type() instanceof OptionType)) {
                throw path.refuse("\"" + name + "\" is missing");
            }
            values.add(read(
                    field.type(),
                    found == null ? JsonNodeFactory.instance.nullNode() : found,
                    path.field(field.name())));
        }
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw path.refuse("there is no field \"" + name + "\"");
            }
        }
        return RecordValue.of(type, values, path);
    }

    @Override
    public Value visitTuple(TupleType type) {
        if (!node.isArray() || node.size() != type.elements().size()) {
            throw wanted("an array of " + type.elements().size());
        }
        var values = new ArrayList<Value>();
        for (JsonNode element : node) {
            values.add(read(type.elements().get(values.size()), element, path.element(values.size())));
        }
        return TupleValue.of(type, values, path);
    }

    @Override
    public Value visitVariant(VariantType type) {
        String tag = tag();
        int index = type.indexOf(tag);
        if (index < 0) {
            throw path.refuse("there is no case \"" + tag + "\"");
        }
        return VariantValue.of(type, tag, payload(tag, type.cases().get(index).payload()), path);
    }

    @Override
    public Value visitResult(ResultType type) {
        String tag = tag();
        if (!tag.equals("ok") && !tag.equals("err")) {
            throw path.refuse("\"ok\" or \"err\" is wanted, got \"" + tag + "\"");
        }
        boolean ok = tag.equals("ok");
        return ResultValue.of(type, ok, payload(tag, ok ? type.ok() : type.err()), path);
    }

    /** The case in {@code "case"} and in {@code {"case": …}}. */
    private String tag() {
        if (node.isString()) {
            return node.stringValue();
        } else if (node.isObject() && node.size() == 1) {
            return node.propertyNames().iterator().next();
        }
        throw wanted("a case, as in \"case\" or {\"case\": …},");
    }

    private @Nullable Value payload(String tag, @Nullable ValType type) {
        JsonNode payload = node.isString() ? null : node.get(tag);
        if (type == null ? payload != null : payload == null) {
            throw path.refuse("the case \"" + tag + "\" carries " + (type == null ? "nothing" : type.toString()));
        }
        return type == null || payload == null ? null : read(type, payload, path.payload(tag));
    }

    @Override
    public Value visitEnum(EnumType type) {
        return EnumValue.of(type, label(type.cases(), "a case"), path);
    }

    @Override
    public Value visitFlags(FlagsType type) {
        if (!node.isArray()) {
            throw wanted("an array of flags");
        }
        var set = new LinkedHashSet<String>();
        for (JsonNode flag : node) {
            ValuePath at = path.index(set.size());
            if (!set.add(new JsonReading(flag, at).label(type.flags(), "a flag"))) {
                throw at.refuse("the flag stands there twice");
            }
        }
        return FlagsValue.of(type, set, path);
    }

    /** The label whose constant this is. */
    private String label(List<String> labels, String what) {
        String text = text(what);
        for (String label : labels) {
            if (JsonValues.constant(label).equals(text)) {
                return label;
            }
        }
        throw path.refuse("there is no \"" + text + "\": "
                + String.join(", ", labels.stream().map(JsonValues::constant).toList()));
    }

    @Override
    public Value visitOption(OptionType type) {
        return OptionValue.of(type, node.isNull() ? null : read(type.payload(), node, path.some()), path);
    }

    @Override
    public Value visitMap(MapType type) {
        if (!node.isObject()) {
            throw wanted("an object");
        }
        var pairs = new ArrayList<MapValue.Pair>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            ValuePath pair = path.index(pairs.size());
            pairs.add(new MapValue.Pair(
                    read(type.key(), key(type.key(), entry.getKey()), pair.key()),
                    read(type.value(), entry.getValue(), pair.value())));
        }
        return MapValue.of(type, pairs, path);
    }

    /** A key as JSON would have it where it is not a key. */
    private static JsonNode key(PrimitiveType type, String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (type == PrimitiveType.BOOL && (text.equals("true") || text.equals("false"))) {
            return nodes.booleanNode(text.equals("true"));
        }
        boolean number =
                type != PrimitiveType.STRING && type != PrimitiveType.BOOL && text.matches("0|-?[1-9][0-9]{0,19}");
        return number ? nodes.numberNode(new java.math.BigInteger(text)) : nodes.stringNode(text);
    }

    @Override
    public Value visitOwn(OwnType type) {
        throw path.refuse("resources have no JSON");
    }

    @Override
    public Value visitBorrow(BorrowType type) {
        throw path.refuse("resources have no JSON");
    }

    @Override
    public Value visitFuture(FutureType type) {
        throw path.refuse("futures have no JSON");
    }

    @Override
    public Value visitStream(StreamType type) {
        throw path.refuse("streams have no JSON");
    }
}

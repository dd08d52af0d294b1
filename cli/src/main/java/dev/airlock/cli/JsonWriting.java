package dev.airlock.cli;

import dev.airlock.type.EnumValue;
import dev.airlock.type.FlagsValue;
import dev.airlock.type.HandleValue;
import dev.airlock.type.ListValue;
import dev.airlock.type.MapValue;
import dev.airlock.type.OptionValue;
import dev.airlock.type.PrimitiveValue;
import dev.airlock.type.RecordValue;
import dev.airlock.type.ResultValue;
import dev.airlock.type.TupleValue;
import dev.airlock.type.Value;
import dev.airlock.type.ValuePath;
import dev.airlock.type.VariantValue;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values to JSON: see {@link JsonValues}. */
record JsonWriting(ValuePath path) implements Value.Visitor<JsonNode>, PrimitiveValue.Visitor<JsonNode> {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    JsonNode write(Value value) {
        return value.accept((Value.Visitor<JsonNode>) this);
    }

    private static JsonNode write(Value value, ValuePath path) {
        return new JsonWriting(path).write(value);
    }

    @Override
    public JsonNode visitPrimitive(PrimitiveValue value) {
        return value.accept((PrimitiveValue.Visitor<JsonNode>) this);
    }

    @Override
    public JsonNode visitList(ListValue value) {
        if (value.array() instanceof byte[] bytes) {
            return NODES.binaryNode(bytes);
        }
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < value.size(); i++) {
            array.add(write(value.get(i), path.index(i)));
        }
        return array;
    }

    @Override
    public JsonNode visitRecord(RecordValue value) {
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < value.fields().size(); i++) {
            String name = value.type().fields().get(i).name();
            object.set(JsonValues.field(name), write(value.fields().get(i), path.field(name)));
        }
        return object;
    }

    @Override
    public JsonNode visitTuple(TupleValue value) {
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < value.elements().size(); i++) {
            array.add(write(value.elements().get(i), path.element(i)));
        }
        return array;
    }

    @Override
    public JsonNode visitVariant(VariantValue value) {
        return tagged(value.caseName(), value.payload());
    }

    @Override
    public JsonNode visitResult(ResultValue value) {
        return tagged(value.isOk() ? "ok" : "err", value.payload());
    }

    private JsonNode tagged(String tag, @Nullable Value payload) {
        if (payload == null) {
            return NODES.stringNode(tag);
        }
        ObjectNode object = NODES.objectNode();
        object.set(tag, write(payload, path.payload(tag)));
        return object;
    }

    @Override
    public JsonNode visitEnum(EnumValue value) {
        return NODES.stringNode(JsonValues.constant(value.caseName()));
    }

    @Override
    public JsonNode visitFlags(FlagsValue value) {
        ArrayNode array = NODES.arrayNode();
        value.set().forEach(flag -> array.add(JsonValues.constant(flag)));
        return array;
    }

    @Override
    public JsonNode visitOption(OptionValue value) {
        return value.payload() == null ? NODES.nullNode() : write(value.payload(), path.some());
    }

    @Override
    public JsonNode visitMap(MapValue value) {
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < value.pairs().size(); i++) {
            MapValue.Pair pair = value.pairs().get(i);
            object.set(
                    write(pair.key(), path.index(i).key()).asString(),
                    write(pair.value(), path.index(i).value()));
        }
        return object;
    }

    @Override
    public JsonNode visitHandle(HandleValue value) {
        throw path.refuse("it is a handle, which has no JSON");
    }

    @Override
    public JsonNode visitBool(PrimitiveValue.Bool value) {
        return NODES.booleanNode(value.value());
    }

    @Override
    public JsonNode visitS8(PrimitiveValue.S8 value) {
        return NODES.numberNode(value.value());
    }

    @Override
    public JsonNode visitU8(PrimitiveValue.U8 value) {
        return NODES.numberNode(value.value());
    }

    @Override
    public JsonNode visitS16(PrimitiveValue.S16 value) {
        return NODES.numberNode(value.value());
    }

    @Override
    public JsonNode visitU16(PrimitiveValue.U16 value) {
        return NODES.numberNode(value.value());
    }

    @Override
    public JsonNode visitS32(PrimitiveValue.S32 value) {
        return NODES.numberNode(value.value());
    }

    @Override
    public JsonNode visitU32(PrimitiveValue.U32 value) {
        return NODES.numberNode(Integer.toUnsignedLong(value.bits()));
    }

    @Override
    public JsonNode visitS64(PrimitiveValue.S64 value) {
        return NODES.numberNode(value.value());
    }

    @Override
    public JsonNode visitU64(PrimitiveValue.U64 value) {
        return NODES.numberNode(new BigInteger(Long.toUnsignedString(value.bits())));
    }

    @Override
    public JsonNode visitF32(PrimitiveValue.F32 value) {
        if (!Float.isFinite(value.value())) {
            throw path.refuse("JSON has no number " + value.value());
        }
        return NODES.numberNode(value.value());
    }

    @Override
    public JsonNode visitF64(PrimitiveValue.F64 value) {
        if (!Double.isFinite(value.value())) {
            throw path.refuse("JSON has no number " + value.value());
        }
        return NODES.numberNode(value.value());
    }

    @Override
    public JsonNode visitChar(PrimitiveValue.Char value) {
        return NODES.numberNode(value.codePoint());
    }

    @Override
    public JsonNode visitText(PrimitiveValue.Text value) {
        return NODES.stringNode(value.value());
    }
}

package dev.airlock.msgpack;

import dev.airlock.error.ValueException;
import dev.airlock.json.JsonCodec;
import dev.airlock.payload.PayloadCodec;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.POJONode;

/**
 * MessagePack by msgpack-core. Values are mapped as {@link JsonCodec} maps them, with the same strictness. Records are maps
 * with their names as keys; {@code byte[]} is bin.
 */
public final class MessagePackCodec implements PayloadCodec {
    private static final int MAX_DEPTH = 500;

    private final JsonCodec values = new JsonCodec();

    /**
     * Creates the codec, which is strict in both directions.
     *
     * @throws ValueException if Jackson 3 cannot run on this class path; the message says what to add
     */
    public MessagePackCodec() {}

    @Override
    public String format() {
        return "MessagePack";
    }

    @Override
    public void check(Type type) {
        values.check(type, format(), false);
    }

    @Override
    public byte[] encode(@Nullable Object value, Type type) {
        JsonNode tree = values.encodeTree(value, type);
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            pack(packer, tree);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new ValueException("it cannot be written as MessagePack: " + e.getMessage(), e);
        }
    }

    private static void pack(MessageBufferPacker packer, JsonNode node) throws IOException {
        switch (node.getNodeType()) {
            case NULL -> packer.packNil();
            case BOOLEAN -> packer.packBoolean(node.booleanValue());
            case STRING -> packer.packString(node.stringValue());
            case BINARY -> packBytes(packer, node.binaryValue());
            case NUMBER -> packNumber(packer, node);
            case ARRAY -> {
                packer.packArrayHeader(node.size());
                for (JsonNode element : node) {
                    pack(packer, element);
                }
            }
            case OBJECT -> {
                packer.packMapHeader(node.size());
                for (var field : node.properties()) {
                    packer.packString(field.getKey());
                    pack(packer, field.getValue());
                }
            }
            case POJO -> {
                // Jackson before 3.2 keeps bytes in a tree in this way.
                if (!(node instanceof POJONode pojo && pojo.getPojo() instanceof byte[] bytes)) {
                    throw new ValueException("MessagePack has nothing for " + node);
                }
                packBytes(packer, bytes);
            }
            case MISSING -> throw new ValueException("MessagePack has nothing for " + node.getNodeType());
        }
    }

    private static void packBytes(MessageBufferPacker packer, byte[] bytes) throws IOException {
        packer.packBinaryHeader(bytes.length).writePayload(bytes);
    }

    private static void packNumber(MessageBufferPacker packer, JsonNode node) throws IOException {
        if (node.isFloat()) {
            packer.packFloat(node.floatValue());
        } else if (node.isDouble()) {
            packer.packDouble(node.doubleValue());
        } else if (node.isIntegralNumber()) {
            packer.packBigInteger(node.bigIntegerValue());
        } else {
            throw new ValueException("MessagePack cannot represent the number " + node);
        }
    }

    @Override
    public @Nullable Object decode(byte[] bytes, Type type) {
        JsonNode tree;
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
            tree = unpack(unpacker, 0, bytes.length);
            if (unpacker.hasNext()) {
                throw new ValueException("there are bytes after the value, from byte " + unpacker.getTotalReadBytes());
            }
        } catch (IOException | MessagePackException e) {
            throw new ValueException("it is not MessagePack: " + e.getMessage(), e);
        }
        return values.decodeTree(tree, type);
    }

    private static JsonNode unpack(MessageUnpacker in, int depth, int size) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new ValueException("values are nested deeper than " + MAX_DEPTH);
        }
        PayloadCodec.heedInterrupt();
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (in.getNextFormat().getValueType()) {
            case NIL -> {
                in.unpackNil();
                yield nodes.nullNode();
            }
            case BOOLEAN -> nodes.booleanNode(in.unpackBoolean());
            case INTEGER -> integer(in.unpackBigInteger());
            case FLOAT -> nodes.numberNode(in.unpackDouble());
            case STRING -> nodes.stringNode(in.unpackString());
            case BINARY -> nodes.binaryNode(in.readPayload(fitting(in, in.unpackBinaryHeader(), size)));
            case ARRAY -> {
                var array = nodes.arrayNode();
                for (int left = in.unpackArrayHeader(); left > 0; left--) {
                    array.add(unpack(in, depth + 1, size));
                }
                yield array;
            }
            case MAP -> {
                var map = nodes.objectNode();
                for (int left = in.unpackMapHeader(); left > 0; left--) {
                    String key = in.unpackString();
                    if (map.has(key)) {
                        throw new ValueException(key + ": the key occurs twice in one map");
                    }
                    map.set(key, unpack(in, depth + 1, size));
                }
                yield map;
            }
            case EXTENSION -> throw new ValueException("MessagePack extension types are not supported");
        };
    }

    /** A header may announce up to 2 GiB. Allocates memory only for bytes that are present. */
    private static int fitting(MessageUnpacker in, int length, int size) {
        long left = size - in.getTotalReadBytes();
        if (length > left) {
            throw new ValueException("it is not MessagePack: " + length + " bytes are announced at byte "
                    + in.getTotalReadBytes() + ", and " + left + " are left");
        }
        return length;
    }

    private static JsonNode integer(java.math.BigInteger value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        int bits = value.bitLength();
        return bits < 32
                ? nodes.numberNode(value.intValue())
                : bits < 64 ? nodes.numberNode(value.longValue()) : nodes.numberNode(value);
    }
}

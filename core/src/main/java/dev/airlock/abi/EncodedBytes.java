package dev.airlock.abi;

import dev.airlock.error.ValueException;
import dev.airlock.memory.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of a Java value that goes into a guest as a string or as bytes. */
public final class EncodedBytes {
    private EncodedBytes() {}

    public static byte[] encodeUtf8(@Nullable String value, String name) {
        try {
            return Text.encode(Scalars.notNull(value, name), StandardCharsets.UTF_8);
        } catch (ValueException e) {
            throw String.valueOf(e.getMessage()).startsWith(name)
                    ? e
                    : new ValueException(name + ": " + e.getMessage(), e);
        }
    }

    public static byte[] encodeUtf16(@Nullable String value, String name) {
        try {
            return Text.encode(Scalars.notNull(value, name), StandardCharsets.UTF_16LE);
        } catch (ValueException e) {
            throw String.valueOf(e.getMessage()).startsWith(name)
                    ? e
                    : new ValueException(name + ": " + e.getMessage(), e);
        }
    }

    public static byte[] encodeBytes(@Nullable Object value, String name) {
        Object given = Scalars.notNull(value, name);
        if (given instanceof byte[] bytes) {
            return bytes;
        } else if (given instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        } else if (given instanceof InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException | RuntimeException e) {
                throw new ValueException(name + ": the stream cannot be read: " + e.getMessage(), e);
            }
        }
        throw new ValueException(name + ": no bytes, but a " + given.getClass().getName());
    }
}

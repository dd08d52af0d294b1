package dev.airlock.abi;

import dev.airlock.error.ValueException;
import java.lang.reflect.Type;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Java values to the bytes of a payload and back. Found by {@link ServiceLoader}; {@code airlock-json} has the one for
 * JSON.
 *
 * <p>Implementations are thread-safe, and strict both ways: a value that does not fit, a component that is missing and
 * one that nobody asked for are all a {@link ValueException} whose message starts with the path to the place.
 */
public interface PayloadCodec {
    /** What the bytes are, as in {@code "JSON"}: errors name it. */
    String format();

    /**
     * Writes a value.
     *
     * @param type its static type: records, lists, maps, what the format knows
     * @throws ValueException if it cannot be written
     */
    byte[] encode(@Nullable Object value, Type type);

    /**
     * Reads a value, which has to take up all of the bytes.
     *
     * @throws ValueException if the bytes are not of the format, or do not fit the type
     */
    @Nullable
    Object decode(byte[] bytes, Type type);

    /** The format that most guests take. */
    String JSON = "JSON";

    /**
     * The codec that is installed for a format.
     *
     * @param near whose class loader is asked first; a codec is often found beside the types it is to read
     * @param format as {@link #format} says it
     * @throws ValueException if there is none
     */
    static PayloadCodec installed(Class<?> near, String format) {
        return Stream.of(near.getClassLoader(), PayloadCodec.class.getClassLoader())
                .flatMap(loader -> ServiceLoader.load(PayloadCodec.class, loader).stream())
                .map(ServiceLoader.Provider::get)
                .filter(codec -> codec.format().equals(format))
                .findFirst()
                .orElseThrow(() -> new ValueException("values cannot cross as " + format
                        + " since no codec for it is on the class path: add dev.airlock:airlock-"
                        + (format.equals(JSON)
                                ? "json"
                                : format.equals("MessagePack") ? "msgpack" : "… that has one")));
    }
}

package dev.airlock.payload;

import dev.airlock.error.ValueException;
import dev.airlock.mapping.WitType;
import dev.airlock.memory.Interruption;
import dev.airlock.shape.JavaShape;
import java.lang.reflect.Type;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Java values to the bytes of a payload and back. Found by {@link ServiceLoader}; {@code airlock-json} has the one for
 * JSON.
 *
 * <p>Implementations are thread-safe, and strict both ways: a value that does not fit, a component that is missing and
 * an unknown one are all a {@link ValueException} whose message starts with the path to the place.
 */
public interface PayloadCodec {
    /**
     * What the bytes are, as in {@code "JSON"}: errors name it.
     *
     * @return what the bytes are, as in {@code "JSON"}
     */
    String format();

    /**
     * Looks at a type before the first value of it crosses, when a function is bound.
     *
     * @param type as it is given to the other methods
     * @throws dev.airlock.error.SignatureException if a part of it has no form in the format; the message says which
     */
    default void check(Type type) {}

    /**
     * Writes a value.
     *
     * @param value the value
     * @param type its static type: a {@link JavaShape}, which knows what annotations say; where there is none, as for a
     *     program's payload that has no WIT type, a type of Java. In a call by a signature it is a {@link WitType}, and the
     *     value is a {@link dev.airlock.type.Value} of it, to be written as the Java types that stand for that type are
     * @return the bytes
     * @throws ValueException if it cannot be written
     */
    byte[] encode(@Nullable Object value, Type type);

    /**
     * Reads a value, which has to take up all of the bytes. It asks {@link #heedInterrupt} now and then, since there may be
     * so many that it takes seconds.
     *
     * @param bytes the bytes
     * @param type as for {@link #encode}
     * @return a value, which has to take up all of the bytes
     * @throws ValueException if the bytes are not of the format, or do not fit the type
     */
    @Nullable
    Object decode(byte[] bytes, Type type);

    /**
     * For codecs, while they read: a call of a guest whose time is over is interrupted.
     *
     * @throws dev.airlock.error.Trap if this thread was interrupted
     */
    static void heedInterrupt() {
        Interruption.check();
    }

    /** The format that most guests take. */
    String JSON = "JSON";

    /**
     * Returns the codec that is installed for a format. If there are several, the first on the class path that can run counts.
     *
     * @param near whose class loader is asked first; a codec is often found beside the types it is to read
     * @param format as {@link #format} says it
     * @return the codec that is installed for a format
     * @throws ValueException if there is none, or none that can run; the message says what to add
     */
    static PayloadCodec installed(Class<?> near, String format) {
        return InstalledCodecs.find(near, format);
    }
}

package dev.airlock.payload;

import dev.airlock.error.ValueException;
import dev.airlock.mapping.WitType;
import dev.airlock.memory.Interruption;
import dev.airlock.shape.JavaShape;
import java.lang.reflect.Type;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Converts Java values to the bytes of a payload and back. Airlock finds codecs by {@link ServiceLoader};
 * {@code airlock-json} has the one for JSON.
 *
 * <p>Implementations are thread-safe, and strict in both directions: they throw a {@link ValueException} for a value that
 * does not fit its type, for a missing component of a record and for an unknown one. Its message starts with the path to
 * the value.
 */
public interface PayloadCodec {
    /**
     * Returns the name of the format, which errors show and {@link #installed} looks for.
     *
     * @return the name, such as {@code "JSON"}
     */
    String format();

    /**
     * Checks a type when a function is bound, before the first value is converted. Accepts every type unless overridden.
     *
     * @param type as for {@link #encode}
     * @throws dev.airlock.error.SignatureException if a part of the type has no form in the format; the message says which
     */
    default void check(Type type) {}

    /**
     * Writes a value.
     *
     * @param value the value
     * @param type the static type of the value. It is a {@link JavaShape}, which includes the annotations, if there is one;
     *     a type of Java if there is none, as for a program's payload without a WIT type; and a {@link WitType} in a call by
     *     a signature. In the last case the value is a {@link dev.airlock.type.Value}, to be written as the Java types for
     *     that WIT type are
     * @return the bytes
     * @throws ValueException if it cannot be written
     */
    byte[] encode(@Nullable Object value, Type type);

    /**
     * Reads one value, which must take up all of the bytes. An implementation calls {@link #heedInterrupt} regularly, since
     * a guest may return so many bytes that reading them takes seconds.
     *
     * @param bytes the bytes
     * @param type as for {@link #encode}
     * @return the value; may be null
     * @throws ValueException if the bytes are not of the format, do not fit the type, or go on after the value
     */
    @Nullable
    Object decode(byte[] bytes, Type type);

    /**
     * Throws if this thread was interrupted. Codecs call it while they read, so that a call past its deadline can end.
     *
     * @throws dev.airlock.error.Trap if this thread was interrupted
     */
    static void heedInterrupt() {
        Interruption.check();
    }

    /** The {@linkplain #format() name} of the JSON format, which most guests take. */
    String JSON = "JSON";

    /**
     * Returns the codec that is installed for a format. If several are installed, returns the first one that can run.
     *
     * @param near a class whose loader is asked first, before Airlock's; a codec is often installed beside the types it reads
     * @param format the name that {@link #format} returns
     * @return the codec
     * @throws ValueException if no codec is installed or none can run; the message says what to add
     */
    static PayloadCodec installed(Class<?> near, String format) {
        return InstalledCodecs.find(near, format);
    }
}

package dev.airlock.binding;

import dev.airlock.convention.Convention;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.BlockForm;
import dev.airlock.payload.PayloadCodec;
import dev.airlock.shape.Carrier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the codec for what crosses as a payload. */
final class Payloads {
    /** One codec for all that is bound near a class, since what crosses alike is made once. By format. */
    private static final ClassValue<Map<String, PayloadCodec>> INSTALLED = new ClassValue<>() {
        @Override
        protected Map<String, PayloadCodec> computeValue(Class<?> near) {
            return new ConcurrentHashMap<>();
        }
    };

    private Payloads() {}

    /** The codec that is installed for a format. */
    private static PayloadCodec installed(Class<?> near, String format) {
        return INSTALLED.get(near).computeIfAbsent(format, made -> PayloadCodec.installed(near, made));
    }

    /**
     * The codec of the convention, or else the one that is installed; null if nothing crosses as a payload.
     *
     * @param near whose class loader may have a codec: see {@link PayloadCodec#installed}
     * @param view what is used of the codec
     */
    static @Nullable PayloadCodec codec(
            Convention convention,
            List<Carrier> params,
            @Nullable Carrier result,
            Class<?> near,
            UnaryOperator<PayloadCodec> view) {
        List<Type> types = Stream.concat(params.stream(), Stream.ofNullable(result))
                .filter(c -> c instanceof Carrier.Block block && block.form() == BlockForm.PAYLOAD)
                .map(c -> ((Carrier.Block) c).type())
                .toList();
        if (types.isEmpty()) {
            return null;
        }
        String format = Objects.requireNonNullElse(convention.payload(), "nothing");
        PayloadCodec codec = view.apply(convention.payloadCodec().orElseGet(() -> installed(near, format)));
        if (!codec.format().equals(convention.payload())) {
            throw new SignatureException("the convention " + convention.name() + " carries values as "
                    + Objects.requireNonNullElse(convention.payload(), "nothing")
                    + ", and the codec that is installed makes "
                    + codec.format());
        }
        types.forEach(codec::check);
        return convention.payloadLimit() == Integer.MAX_VALUE
                ? codec
                : new Limited(codec, convention.payloadLimit(), convention.name());
    }

    /** A codec for guests whose payloads have to stay small. */
    private record Limited(PayloadCodec codec, int limit, String convention) implements PayloadCodec {
        @Override
        public String format() {
            return codec.format();
        }

        @Override
        public byte[] encode(@Nullable Object value, Type type) {
            return checked(codec.encode(value, type));
        }

        @Override
        public @Nullable Object decode(byte[] bytes, Type type) {
            return codec.decode(checked(bytes), type);
        }

        private byte[] checked(byte[] payload) {
            if (payload.length > limit) {
                throw new ValueException("a payload of " + payload.length + " bytes is too large: the convention "
                        + convention + " has " + limit + " at the most");
            }
            return payload;
        }
    }
}

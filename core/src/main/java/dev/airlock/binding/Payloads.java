package dev.airlock.binding;

import dev.airlock.abi.BlockForm;
import dev.airlock.abi.Carrier;
import dev.airlock.abi.PayloadCodec;
import dev.airlock.convention.Convention;
import dev.airlock.error.SignatureException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the codec for what crosses as a payload. */
final class Payloads {
    private Payloads() {}

    /** The codec, or null where nothing crosses as a payload. */
    static @Nullable PayloadCodec codec(
            Convention convention, List<Carrier> params, @Nullable Carrier result, Class<?> near) {
        boolean any = Stream.concat(params.stream(), Stream.ofNullable(result))
                .anyMatch(c -> c instanceof Carrier.Block block && block.form() == BlockForm.PAYLOAD);
        if (!any) {
            return null;
        }
        PayloadCodec codec = PayloadCodec.installed(near);
        if (!codec.format().equals(convention.payload())) {
            throw new SignatureException("the convention " + convention.name() + " carries values as "
                    + Objects.requireNonNullElse(convention.payload(), "nothing")
                    + ", and the codec that is installed makes "
                    + codec.format());
        }
        return codec;
    }
}

package dev.airlock.json.form;

import dev.airlock.error.ValueException;
import dev.airlock.payload.PayloadCodec;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A codec that is found on the class path. It names no class of Jackson, so that it can be loaded on every class path and can
 * report which part of Jackson is missing.
 */
public abstract class InstalledCodec implements PayloadCodec {
    private final PayloadCodec codec;

    /**
     * Makes the codec and uses it once, since Jackson loads some of its classes only when it uses them.
     *
     * @param unusable makes the exception that reports what is missing
     * @throws ValueException if Jackson cannot run on this class path
     */
    protected InstalledCodec(Supplier<PayloadCodec> maker, Function<LinkageError, ValueException> unusable) {
        try {
            codec = maker.get();
            codec.decode(codec.encode(new Probe(1, List.of("a")), Probe.class), Probe.class);
        } catch (LinkageError e) {
            throw unusable.apply(e);
        }
    }

    private record Probe(int number, List<String> texts) {}

    @Override
    public final String format() {
        return JSON;
    }

    @Override
    public final void check(Type type) {
        codec.check(type);
    }

    @Override
    public final byte[] encode(@Nullable Object value, Type type) {
        return codec.encode(value, type);
    }

    @Override
    public final @Nullable Object decode(byte[] bytes, Type type) {
        return codec.decode(bytes, type);
    }
}

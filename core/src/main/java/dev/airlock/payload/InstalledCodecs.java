package dev.airlock.payload;

import dev.airlock.error.ValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for the codecs on the class path. */
final class InstalledCodecs {
    private InstalledCodecs() {}

    static PayloadCodec find(Class<?> near, String format) {
        var failures = new ArrayList<ValueException>();
        return Stream.of(near.getClassLoader(), PayloadCodec.class.getClassLoader())
                .flatMap(loader -> ServiceLoader.load(PayloadCodec.class, loader).stream())
                .flatMap(provider -> usable(provider, failures))
                .filter(codec -> codec.format().equals(format))
                .findFirst()
                .orElseThrow(() -> failures.isEmpty() ? none(format) : unusable(failures));
    }

    /**
     * Returns the provider's codec, or nothing if its constructor throws because it cannot run on this class path. Keeps the
     * exception, which becomes the error if no other codec can run.
     */
    private static Stream<PayloadCodec> usable(
            ServiceLoader.Provider<PayloadCodec> provider, List<ValueException> failures) {
        try {
            return Stream.of(provider.get());
        } catch (ServiceConfigurationError e) {
            if (e.getCause() instanceof ValueException refusal) {
                failures.add(refusal);
                return Stream.empty();
            }
            throw e;
        }
    }

    private static ValueException unusable(List<ValueException> failures) {
        return new ValueException(
                failures.stream().map(Throwable::getMessage).distinct().collect(Collectors.joining("\n")),
                failures.get(0));
    }

    private static ValueException none(String format) {
        return new ValueException("values cannot cross as " + format
                + " since no codec for it is on the class path: add dev.airlock:airlock-"
                + (format.equals(PayloadCodec.JSON)
                        ? "json"
                        : format.equals("MessagePack") ? "msgpack" : "… that has one"));
    }
}

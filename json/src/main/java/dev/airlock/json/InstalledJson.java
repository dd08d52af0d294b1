package dev.airlock.json;

import dev.airlock.json.form.InstalledCodec;

/** The {@link JsonCodec} that {@link java.util.ServiceLoader} finds. */
public final class InstalledJson extends InstalledCodec {
    /**
     * Creates the codec.
     *
     * @throws dev.airlock.error.ValueException if Jackson 3 cannot run on this class path; the message says what to add
     */
    public InstalledJson() {
        super(() -> new JsonCodec(), e -> JacksonVersions.unusable(e));
    }
}

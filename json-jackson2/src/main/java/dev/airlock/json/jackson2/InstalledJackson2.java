package dev.airlock.json.jackson2;

import dev.airlock.json.form.InstalledCodec;

/** The {@link Jackson2Codec} that Airlock finds on the class path. */
public final class InstalledJackson2 extends InstalledCodec {
    /**
     * Creates the codec.
     *
     * @throws dev.airlock.error.ValueException if Jackson 2 cannot run on this class path; the message says what to add
     */
    public InstalledJackson2() {
        super(() -> new Jackson2Codec(), e -> JacksonVersions.unusable(e));
    }
}

package dev.airlock.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.payload.PayloadCodec;
import org.junit.jupiter.api.Test;

class JsonCodecTest extends StrictnessContract {
    JsonCodecTest() {
        super(new JsonCodec());
    }

    @Test
    void itIsFoundByTheServiceLoader() {
        assertThat(PayloadCodec.installed(JsonCodecTest.class, "JSON")).isInstanceOf(InstalledJson.class);
    }
}

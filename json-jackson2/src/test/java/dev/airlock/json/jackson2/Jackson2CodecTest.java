package dev.airlock.json.jackson2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.json.StrictnessContract;
import dev.airlock.payload.PayloadCodec;
import org.junit.jupiter.api.Test;

class Jackson2CodecTest extends StrictnessContract {
    Jackson2CodecTest() {
        super(new Jackson2Codec());
    }

    @Test
    void itIsFoundOnTheClassPath() {
        assertThat(PayloadCodec.installed(Jackson2CodecTest.class, "JSON")).isInstanceOf(InstalledJackson2.class);
    }
}

package dev.airlock.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class JsonOwnMapperTest extends OwnMapperContract {
    JsonOwnMapperTest() {
        super(
                JsonCodec.of(JsonMapper.builder()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build()),
                JsonCodec.of(JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build()),
                JsonCodec.of(JsonCodec.strict()
                        .rebuild()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build()));
    }

    @Test
    void theMapperIsNotChanged() {
        JsonMapper mapper = JsonMapper.builder().build();
        JsonCodec.of(mapper);
        assertThat(mapper.registeredModules()).isEmpty();
    }

    @Test
    void aMapperForAnotherFormatIsRefused() {
        class Lines extends JsonFactory {
            @Override
            public String getFormatName() {
                return "lines";
            }
        }
        assertThatThrownBy(() -> JsonCodec.of(new ObjectMapper(new Lines())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a mapper for JSON, got one for lines");
        var any = JsonCodec.of(new ObjectMapper());
        assertThat(any.encode(Map.of("a", 1), Map.class)).isEqualTo("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }
}

package dev.airlock.json.jackson2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.airlock.json.OwnMapperContract;
import org.junit.jupiter.api.Test;

class Jackson2OwnMapperTest extends OwnMapperContract {
    Jackson2OwnMapperTest() {
        super(
                Jackson2Codec.of(new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)),
                Jackson2Codec.of(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)),
                Jackson2Codec.of(tolerant()));
    }

    private static JsonMapper tolerant() {
        JsonMapper mapper = Jackson2Codec.strict();
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return mapper;
    }

    @Test
    void theMapperIsNotChanged() {
        var mapper = new ObjectMapper();
        Jackson2Codec.of(mapper);
        assertThat(mapper.getRegisteredModuleIds()).isEmpty();
    }

    @Test
    void aMapperForAnotherFormatIsRefused() {
        class Lines extends JsonFactory {
            @Override
            public String getFormatName() {
                return "lines";
            }
        }
        assertThatThrownBy(() -> Jackson2Codec.of(new ObjectMapper(new Lines())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a mapper for JSON, got one for lines");
    }
}

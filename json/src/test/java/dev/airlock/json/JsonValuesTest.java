package dev.airlock.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.mapping.WitType;
import dev.airlock.wit.Wave;
import dev.airlock.wit.WitSignatures;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class JsonValuesTest extends ValuesContract {
    JsonValuesTest() {
        super(new JsonCodec());
    }

    @Test
    void aCustomMapperDecidesMemberNamesAndUnknownMembers() {
        var codec = JsonCodec.of(JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build());
        var type = new WitType(WitSignatures.parse("record person { first-name: string } f: func(p: person)")
                .types()
                .get("person"));
        var ada = Wave.parse(type.type(), "{first-name: \"Ada\"}");
        assertThat(new String(codec.encode(ada, type), StandardCharsets.UTF_8)).isEqualTo("{\"first_name\":\"Ada\"}");
        assertThat(codec.decode(
                        "{\"more\":[1,{\"x\":[]}],\"first_name\":\"Ada\",\"last\":null}"
                                .getBytes(StandardCharsets.UTF_8),
                        type))
                .isEqualTo(ada);
    }
}

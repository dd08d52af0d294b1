package dev.airlock.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tests long payloads, and payloads beyond the limit. */
class LongPayloadTest {
    record Request(String name, int num) {}

    record Names(List<String> names) {}

    interface Kit {
        Names repeat(Request request);
    }

    private static Guest kit(long payloadBytes) {
        return Airlock.open(Path.of(System.getProperty("airlock.guests", "../guests"), "rust", "kit.wasm"))
                .unknownImportsAsTraps()
                .limits(Limits.defaults().payloadBytes(payloadBytes));
    }

    @Test
    void aGuestsPayloadHasALimit() {
        var names = new Names(List.of("Ada", "Ada"));
        int length = "{\"names\":[\"Ada\",\"Ada\"]}".length();
        try (Guest guest = kit(length)) {
            assertThat(guest.as(Kit.class).repeat(new Request("Ada", 2))).isEqualTo(names);
        }
        try (Guest guest = kit(length - 1)) {
            Kit kit = guest.as(Kit.class);
            assertThatThrownBy(() -> kit.repeat(new Request("Ada", 2)))
                    .isInstanceOfSatisfying(
                            LimitException.class, e -> assertThat(e.kind()).isEqualTo(LimitException.Kind.PAYLOAD))
                    .hasMessage("over the limit of " + (length - 1) + " bytes of an encoded value: the guest asked for "
                            + length);
            assertThatThrownBy(() -> kit.repeat(new Request("Ada", 1)))
                    .isInstanceOf(InstanceStateException.class)
                    .hasMessageContaining("it was cut off before: over the limit");
        }
    }

    private final JsonCodec codec = new JsonCodec();

    private static void isInterrupted(Runnable decoding) {
        Thread.currentThread().interrupt();
        Throwable thrown = catchThrowable(decoding::run);
        assertThat(Thread.interrupted()).as("the flag stays").isTrue();
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INTERRUPTED));
    }

    /** The interrupt comes between elements, in white space, and in the middle of a string. */
    @ParameterizedTest
    @ValueSource(strings = {"\"a\",", " ", "a"})
    void anInterruptEndsReadingText(String unit) {
        String many = unit.repeat(100_000);
        String json = unit.equals("a") ? "{\"names\":[\"" + many + "\"]}" : "{\"names\":[" + many + "\"b\"]}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Names names = (Names) codec.decode(bytes, Names.class);
        assertThat(names).isNotNull();
        assertThat(names.names()).isNotEmpty();
        isInterrupted(() -> codec.decode(bytes, Names.class));
    }

    @Test
    void anInterruptEndsReadingATree() {
        var tree = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 2_000; i++) {
            tree.put("n" + i, i);
        }
        assertThat((Map<?, ?>) codec.decodeTree(tree, Map.class)).hasSize(2_000);
        isInterrupted(() -> codec.decodeTree(tree, Map.class));
    }

    @Test
    void longPayloadsReportTheSamePlaceOfAMistake() {
        String many = "{\"names\":[" + "\"a\",".repeat(49_000);
        assertThatThrownBy(() -> codec.decode((many + "7]}").getBytes(StandardCharsets.UTF_8), Names.class))
                .hasMessage("names[49000]: expected a string, got a number");
        assertThatThrownBy(() -> codec.decode((many + "x").getBytes(StandardCharsets.UTF_8), Names.class))
                .hasMessageMatching(".*, at byte " + many.length());
    }
}

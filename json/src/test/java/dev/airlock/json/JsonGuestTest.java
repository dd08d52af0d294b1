package dev.airlock.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.error.SignatureException;
import dev.airlock.error.ValueException;
import dev.airlock.mapping.GuestName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;

/** Tests that programs and core modules take the same types as JSON. */
@Tag("slow")
class JsonGuestTest {
    /** A bean, which Jackson maps by its getters and setters. */
    public static class Request {
        private String name = "";
        private int num;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getNum() {
            return num;
        }

        public void setNum(int num) {
            this.num = num;
        }
    }

    public static class Names {
        private Set<String> names = Set.of();

        public Set<String> getNames() {
            return names;
        }

        public void setNames(Set<String> names) {
            this.names = names;
        }
    }

    record Event(Instant at, Set<UUID> ids) {}

    interface Repeat {
        Names repeat(Request request);
    }

    interface RepeatMap {
        Map<String, Object> repeat(Map<String, Object> request);
    }

    /** The guest returns the text that it gets. */
    interface Echo {
        @GuestName("echo")
        Instant instant(Instant instant);

        @GuestName("echo")
        Event event(Event event);

        @GuestName("echo")
        Map<String, Object> anything(Map<String, Object> anything);

        @GuestName("echo")
        Request bean(Request bean);

        @GuestName("echo")
        Object object(Object object);

        @GuestName("echo")
        Instant wrong(String text);

        @GuestName("ask")
        String ask(Instant question);
    }

    static class Host {
        final List<String> logged = new ArrayList<>();

        void log(String message) {
            logged.add(message);
        }

        Instant answer(Instant question) {
            return question.plusSeconds(1);
        }
    }

    private static Request request() {
        var request = new Request();
        request.setName("Rust");
        request.setNum(3);
        return request;
    }

    private static Path guest(String... path) {
        return Path.of(System.getProperty("airlock.guests", "../guests"), path);
    }

    @Test
    void aProgramTakesBeansAndMaps() {
        try (Guest guest = Airlock.open(guest("rust", "repeat.wasm"))) {
            assertThat(guest.as(Repeat.class).repeat(request()).getNames()).containsExactly("Rust");
            assertThat(guest.as(RepeatMap.class).repeat(Map.of("name", "a", "num", 2)))
                    .isEqualTo(Map.of("names", Collections.nCopies(2, "a")));
        }
    }

    @Test
    void aCoreModuleTakesTheSame() {
        for (String file : List.of("rust", "c", "go")) {
            try (Guest guest = Airlock.open(guest(file, "kit.wasm")).imports("env", new Host())) {
                Echo echo = guest.as(Echo.class);
                Instant now = Instant.parse("2026-11-30T12:00:00.5Z");
                assertThat(echo.instant(now)).isEqualTo(now);
                var event = new Event(now, Set.of(new UUID(1, 2)));
                assertThat(echo.event(event)).isEqualTo(event);
                Map<String, Object> anything = Map.of("a", List.of(1, "b"), "c", Map.of("d", true));
                assertThat(echo.anything(anything)).isEqualTo(anything);
                assertThat(echo.bean(request()).getName()).isEqualTo("Rust");
                assertThat(echo.object(anything)).isEqualTo(anything);
                assertThat(echo.ask(now)).isEqualTo("You said: \"2026-11-30T12:00:01.500Z\"");
                assertThatThrownBy(() -> echo.wrong("no JSON"))
                        .isInstanceOf(ValueException.class)
                        .hasMessageContaining("no");
            }
        }
    }

    interface Later {
        Stream<String> echo(String text);
    }

    interface Numbers {
        Instant add(Instant a, Instant b);
    }

    @Test
    void typesThatCannotCrossAreRefusedOnBinding() {
        try (Guest guest = Airlock.open(guest("c", "kit.wasm")).imports("env", new Host())) {
            assertThatThrownBy(() -> guest.as(Later.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("streams are not supported yet");
            assertThatThrownBy(() -> guest.as(Numbers.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("b: java.time.Instant has no WIT type: a long or a String can carry it")
                    .hasMessageContaining("result: java.time.Instant has no WIT type: a long or a String can carry it");
        }
    }

    record Named(String name) {}

    record Empty() {}

    interface Tolerant {
        @GuestName("echo")
        Named named(Map<String, Object> more);

        @GuestName("repeat")
        Empty repeat(Map<String, Object> request);
    }

    interface TolerantProgram {
        Empty repeat(Map<String, Object> request);
    }

    @Test
    void aCustomCodecServesCoreModulesAndPrograms() {
        var tolerant = JsonCodec.of(JsonCodec.strict()
                .rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
        Map<String, Object> request = Map.of("name", "a", "num", 2);
        try (Guest guest = Airlock.open(guest("c", "kit.wasm")).imports("env", new Host())) {
            assertThatThrownBy(() -> guest.as(Tolerant.class).named(request))
                    .isInstanceOf(ValueException.class)
                    .hasMessageContaining("num");
            Tolerant bound = guest.payloads(tolerant).as(Tolerant.class);
            assertThat(bound.named(request)).isEqualTo(new Named("a"));
            assertThat(bound.repeat(request)).isEqualTo(new Empty());
            assertThatThrownBy(() -> bound.named(Map.of("num", 1))).hasMessageContaining("name");
        }
        try (Guest guest = Airlock.open(guest("rust", "repeat.wasm"))) {
            assertThatThrownBy(() -> guest.as(TolerantProgram.class).repeat(request))
                    .hasMessageContaining("names");
            assertThat(guest.payloads(tolerant).as(TolerantProgram.class).repeat(request))
                    .isEqualTo(new Empty());
        }
    }
}

package dev.airlock.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.mapping.GuestName;
import dev.airlock.mapping.U8;
import dev.airlock.payload.PayloadCodec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON calls of real guests. Each module under {@code platforms} runs it on the class path that a platform's BOM makes. */
class PlatformTest {
    record Request(String name, int num) {}

    record Names(List<String> names) {}

    interface Repeat {
        Names repeat(Request request);
    }

    sealed interface Figure {}

    record Circle(double radius) implements Figure {}

    record Order(
            @JsonProperty("unit_price") @U8 int unitPrice,
            Instant at,
            List<Figure> figures,
            Map<String, Object> more) {}

    interface Echo {
        @GuestName("echo")
        Order order(Order order);

        @GuestName("echo")
        String text(String text);
    }

    @Test
    void theClassPathIsThePlatforms() throws ReflectiveOperationException {
        String databind = System.getProperty("airlock.platform.databind", "");
        String jackson = databind.startsWith("2.") ? "com.fasterxml.jackson" : "tools.jackson";
        Object version = Class.forName(jackson + ".databind.cfg.PackageVersion")
                .getField("VERSION")
                .get(null);
        assertEquals(databind, version.toString());
        assertEquals(
                System.getProperty("airlock.platform.annotations"),
                JsonProperty.class.getPackage().getImplementationVersion());
        String codec = PayloadCodec.installed(PlatformTest.class, PayloadCodec.JSON)
                .getClass()
                .getSimpleName();
        assertEquals(databind.startsWith("2.") ? "InstalledJackson2" : "InstalledJson", codec);
    }

    @Test
    void aProgramIsCalled() {
        try (Guest guest = Airlock.open(guest("rust", "repeat.wasm"))) {
            assertEquals(new Names(List.of("a", "a")), guest.as(Repeat.class).repeat(new Request("a", 2)));
        }
    }

    @Test
    void aCoreModuleIsCalled() {
        try (Guest guest = Airlock.open(guest("c", "kit.wasm")).imports("env", new Host())) {
            Echo echo = guest.as(Echo.class);
            var order = new Order(200, Instant.EPOCH, List.of(new Circle(1.5)), Map.of("a", Arrays.asList(1, null)));
            assertEquals(order, echo.order(order));
        }
    }

    /** What the guest imports. */
    static class Host {
        void log(String message) {}

        String answer(String question) {
            return question;
        }
    }

    private static Path guest(String folder, String file) {
        return Path.of(System.getProperty("airlock.guests", "../guests"), folder, file);
    }
}

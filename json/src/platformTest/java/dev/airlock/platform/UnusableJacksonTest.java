package dev.airlock.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.error.ValueException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The first use of JSON on a class path whose Jackson 3 cannot run. */
class UnusableJacksonTest {
    @Test
    void theErrorSaysWhatToAdd() {
        String annotations = System.getProperty("airlock.platform.annotations", "");
        Path repeat = Path.of(System.getProperty("airlock.guests", "../guests"), "rust", "repeat.wasm");
        try (Guest guest = Airlock.open(repeat)) {
            String message =
                    String.valueOf(assertThrows(ValueException.class, () -> guest.as(PlatformTest.Repeat.class))
                            .getMessage());
            String[] words = {
                "airlock-json cannot run with the Jackson on this class path: ",
                "jackson-databind 3.1.8 needs com.fasterxml.jackson.core:jackson-annotations 2.21 or later",
                "the class path has " + annotations + " (jackson-annotations-" + annotations + ".jar)",
                "add version 2.21 to dependencyManagement",
                "or replace dev.airlock:airlock-json by dev.airlock:airlock-json-jackson2"
            };
            for (String word : words) {
                assertTrue(message.contains(word), message);
            }
            // The same again: nothing half-made is kept.
            assertEquals(
                    message,
                    assertThrows(ValueException.class, () -> guest.as(PlatformTest.Repeat.class))
                            .getMessage());
        }
    }
}

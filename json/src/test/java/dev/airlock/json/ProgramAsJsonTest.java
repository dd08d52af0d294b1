package dev.airlock.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.error.ProgramException;
import dev.airlock.error.ValueException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProgramAsJsonTest {
    private static Guest guest;

    record Request(String name, int num) {}

    record Names(List<String> names) {}

    interface Repeat {
        Names repeat(Request request);
    }

    @BeforeAll
    static void open() {
        guest = Airlock.open(Path.of(System.getProperty("airlock.guests", "../guests"), "rust", "repeat.wasm"));
    }

    @AfterAll
    static void close() {
        guest.close();
    }

    @Test
    void aRecordGoesInAndARecordComesOut() {
        assertThat(guest.as(Repeat.class).repeat(new Request("Rust", 10)))
                .isEqualTo(new Names(Collections.nCopies(10, "Rust")));
        assertThat(guest.as(Repeat.class).repeat(new Request("Grüße, 世界 🦀", 2)).names())
                .containsExactly("Grüße, 世界 🦀", "Grüße, 世界 🦀");
        assertThat(guest.as(Repeat.class).repeat(new Request("", 0)).names()).isEmpty();
    }

    @Test
    void oneInterfaceServesManyCalls() {
        Repeat repeat = guest.as(Repeat.class);
        for (int i = 0; i < 50; i++) {
            assertThat(repeat.repeat(new Request("x", i)).names()).hasSize(i);
        }
    }

    record Wrong(String name, String num) {}

    interface WrongInput {
        Names repeat(Wrong request);
    }

    @Test
    void invalidInputGivesTheGuestsExitCodeAndMessage() {
        assertThatThrownBy(() -> guest.as(WrongInput.class).repeat(new Wrong("Rust", "ten")))
                .isInstanceOf(ProgramException.class)
                .hasMessageStartingWith("repeat.wasm failed; exit code 1; stderr: ")
                .hasMessageContaining("invalid type: string \"ten\", expected i32");
    }

    record Count(int names) {}

    interface WrongOutput {
        Count repeat(Request request);
    }

    record More(List<String> names, int count) {}

    interface MissingOutput {
        More repeat(Request request);
    }

    @Test
    void unreadableResultsAreReportedWithPathAndType() {
        assertThatThrownBy(() -> guest.as(WrongOutput.class).repeat(new Request("Rust", 1)))
                .isInstanceOf(ProgramException.class)
                .hasMessageStartingWith("the output of repeat.wasm cannot be read as ")
                .hasMessageContaining("Count: names: ")
                .hasCauseInstanceOf(ValueException.class);
        assertThatThrownBy(() -> guest.as(MissingOutput.class).repeat(new Request("Rust", 1)))
                .isInstanceOf(ProgramException.class)
                .hasMessageContaining("count");
    }

    interface Raw {
        String repeat(String json);
    }

    @Test
    void stringsCrossAsTheyAre() {
        assertThat(guest.as(Raw.class).repeat("{\"name\":\"a\",\"num\":1}").strip())
                .isEqualTo("{\"names\":[\"a\"]}");
    }

    interface NotJson {
        Names args(Request request);
    }

    @Test
    void invalidJsonIsReportedWithTheGuestsStderr() {
        try (Guest echo = Airlock.open(Path.of(System.getProperty("airlock.guests", "../guests"), "c", "echo.wasm"))) {
            assertThatThrownBy(() -> echo.as(NotJson.class).args(new Request("a", 1)))
                    .isInstanceOf(ProgramException.class)
                    .hasMessageContaining("stderr: ");
        }
    }
}

package dev.airlock.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One interface, many guests. */
class KitTest {
    record Request(String name, int num) {}

    record Names(List<String> names) {}

    interface Kit {
        String greet(String name);

        String echo(String text);

        int count(String text);

        byte[] reverse(byte[] bytes);

        long sum(long[] values);

        double[] scale(double[] values, double by);

        Names repeat(Request request);

        void shout(String text);

        String ask(String question);

        int add(int a, int b);
    }

    static class Host {
        final List<String> logged = new ArrayList<>();

        void log(String message) {
            logged.add(message);
        }

        String answer(String question) {
            return question.toUpperCase(java.util.Locale.ROOT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust", "c", "assemblyscript", "go", "zig"})
    void oneInterfaceFiveLanguages(String language) {
        var host = new Host();
        try (Guest guest =
                Airlock.open(Path.of(System.getProperty("airlock.guests", "../guests"), language, "kit.wasm"))) {
            System.out.println(language + ": " + guest.detection());
            Kit kit = guest.imports("env", host)
                    .linking(linker -> linker.function("env", "abort", (int a, int b, int c, int d) -> {}))
                    .as(Kit.class);
            assertThat(kit.add(2, 40)).isEqualTo(42);
            for (String name : List.of("", "Ada", "Grüße, 世界 🦀", "x".repeat(1 << 20))) {
                assertThat(kit.greet(name)).isEqualTo("Hello, " + name + "!");
                assertThat(kit.echo(name)).isEqualTo(name);
                assertThat(kit.count(name)).isEqualTo(name.codePointCount(0, name.length()));
            }
            assertThat(kit.reverse(new byte[] {1, 2, 3})).containsExactly(3, 2, 1);
            assertThat(kit.reverse(new byte[0])).isEmpty();
            assertThat(kit.sum(new long[] {1, 2, Long.MAX_VALUE})).isEqualTo(Long.MIN_VALUE + 2);
            assertThat(kit.scale(new double[] {1, -2.5}, 2)).containsExactly(2, -5);
            assertThat(kit.repeat(new Request("é", 2))).isEqualTo(new Names(List.of("é", "é")));
            kit.shout("hey");
            assertThat(host.logged).containsExactly("hey!");
            assertThat(kit.ask("why")).isEqualTo("You said: WHY");
        }
    }
}

package dev.airlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** Tests what is shown only on terminals. {@code LauncherIT} uses a real one. */
class TerminalsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void onlyTerminalsShowColour() {
        Terminals both = Terminals.of("12", Map.of());
        assertThat(both.colourOfOutput()).isEqualTo(Ansi.ON);
        assertThat(both.colourOfErrors()).isEqualTo(Ansi.ON);
        Terminals one = Terminals.of("1", Map.of());
        assertThat(one.colourOfOutput()).isEqualTo(Ansi.ON);
        assertThat(one.colourOfErrors()).isEqualTo(Ansi.OFF);
        assertThat(Terminals.of("", Map.of())).isEqualTo(new Terminals(false, false, true));
    }

    @Test
    void colourCanBeSwitchedOff() {
        assertThat(Terminals.of("12", Map.of("NO_COLOR", "1")).colourOfOutput()).isEqualTo(Ansi.OFF);
        assertThat(Terminals.of("12", Map.of("NO_COLOR", "")).colourOfOutput()).isEqualTo(Ansi.ON);
        assertThat(Terminals.of("12", Map.of("TERM", "dumb")).colourOfErrors()).isEqualTo(Ansi.OFF);
    }

    @Test
    void helpAndErrorsHaveColourOnATerminal() {
        var streams = new Streams(out, err, Terminals.of("12", Map.of()));
        assertThat(Main.execute(streams, "inspekt")).isEqualTo(2);
        assertThat(err.toString()).contains("\u001b[").contains("airlock:");
        assertThat(Main.execute(streams, "--help")).isZero();
        assertThat(out.toString()).contains("\u001b[");
        out.getBuffer().setLength(0);
        assertThat(Main.execute(new Streams(out, err, Terminals.of("2", Map.of())), "--help"))
                .isZero();
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void progressIsOneLineThatIsErased() {
        var clock = new AtomicLong();
        var progress = new Progress(new PrintWriter(err), clock::get);
        progress.compiled("kit.wasm", 0, 5000);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(400));
        progress.compiled("kit.wasm", 100, 5000);
        assertThat(err.toString()).as("not before half a second").isEmpty();
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
        progress.compiled("kit.wasm", 1200, 5000);
        progress.compiled("kit.wasm", 1300, 5000);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
        progress.compiled("kit.wasm", 4999, 5000);
        progress.compiled("kit.wasm", 5000, 5000);
        assertThat(err.toString())
                .isEqualTo("\r\u001b[Kcompiling kit.wasm: 1,200 of 5,000 functions, 0 s"
                        + "\r\u001b[Kcompiling kit.wasm: 4,999 of 5,000 functions, 2 s"
                        + "\r\u001b[K");
    }

    @Test
    void namesCannotDriveTheTerminal() {
        var clock = new AtomicLong();
        var progress = new Progress(new PrintWriter(err), clock::get);
        String name = "\u001b[2J" + "x".repeat(500);
        progress.compiled(name, 0, 9);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        progress.compiled(name, 5, 9);
        assertThat(err.toString()).hasSizeLessThan(80).contains("\\u{1b}[2Jxxx").doesNotContain("\u001b[2J");
    }

    @Test
    void aShortCompilationShowsNothing() {
        var clock = new AtomicLong();
        var progress = new Progress(new PrintWriter(err), clock::get);
        progress.compiled("kit.wasm", 0, 9);
        progress.compiled("kit.wasm", 5, 9);
        progress.compiled("kit.wasm", 9, 9);
        assertThat(err.toString()).isEmpty();
    }
}

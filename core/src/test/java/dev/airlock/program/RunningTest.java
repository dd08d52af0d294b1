package dev.airlock.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.engine.Engine;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunningTest {
    private final Program echo = Program.of(Guests.module("c/echo"));

    private Running start(String... args) {
        return echo.invocation().args(args).start();
    }

    private static void write(Running running, String text) throws IOException {
        running.stdin().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Running running, int length) throws IOException {
        return new String(running.stdout().readNBytes(length), StandardCharsets.UTF_8);
    }

    @Test
    void inputComesBackWhileTheProgramRuns() throws Exception {
        try (Running cat = start("cat")) {
            for (int round = 0; round < 20; round++) {
                String line = "round " + round + "\n";
                write(cat, line);
                assertThat(read(cat, line.length())).isEqualTo(line);
                assertThat(cat.isAlive()).isTrue();
            }
            cat.stdin().close();
            assertThat(cat.stdout().read()).as("the end").isEqualTo(-1);
            assertThat(cat.join()).isZero();
            assertThat(cat.isAlive()).isFalse();
            assertThat(cat.join()).as("as often as wanted").isZero();
        }
    }

    @Test
    void standardErrorHasASeparatePipe() throws Exception {
        try (Running program = start("stderr")) {
            write(program, "aside");
            assertThat(new String(program.stderr().readNBytes(5), StandardCharsets.UTF_8))
                    .isEqualTo("aside");
            program.stdin().close();
            assertThat(program.join()).isZero();
            assertThat(program.stdout().readAllBytes()).isEmpty();
        }
    }

    @Test
    void anExitCodeIsTheResultOfJoin() throws Exception {
        try (Running program = start("exit", "42")) {
            assertThat(program.join()).isEqualTo(42);
        }
    }

    @Test
    void joiningMayEndBeforeTheProgramDoes() throws Exception {
        try (Running cat = start("cat")) {
            assertThat(cat.join(Duration.ofMillis(20))).isEmpty();
            assertThat(cat.join(Duration.ZERO)).isEmpty();
            assertThat(cat.join(Duration.ofSeconds(-1))).isEmpty();
            assertThat(cat.isAlive()).isTrue();
            cat.stdin().close();
            assertThat(cat.join(Duration.ofSeconds(Long.MAX_VALUE))).hasValue(0);
            assertThat(cat.join(Duration.ZERO)).hasValue(0);
        }
        try (Running trap = start("trap")) {
            assertThatThrownBy(() -> trap.join(Duration.ofSeconds(30))).isInstanceOf(Trap.class);
        }
        try (Running cat = start("cat")) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> cat.join(Duration.ofSeconds(30))).isInstanceOf(InterruptedException.class);
            assertThat(cat.isAlive()).isTrue();
        }
    }

    @Test
    void theEndIsAFutureToo() throws Exception {
        try (Running cat = start("cat")) {
            CompletableFuture<Integer> exit = cat.onExit();
            CompletableFuture<String> seen = exit.thenApply(code -> code + ", alive: " + cat.isAlive());
            assertThat(exit).isNotDone();
            assertThat(cat.onExit().cancel(true))
                    .as("one that another asked for")
                    .isTrue();
            assertThat(cat.onExit().complete(99)).isTrue();
            cat.stdin().close();
            assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo("0, alive: false");
            assertThat(cat.join()).isZero();
            assertThat(cat.onExit()).isCompletedWithValue(0);
        }
        try (Running exit = start("exit", "42")) {
            assertThat(exit.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(42);
        }
    }

    @Test
    void aFailureIsInTheFuture() {
        try (Running trap = start("trap")) {
            assertThatThrownBy(() -> trap.onExit().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(Trap.class);
        }
    }

    @Test
    void itCanBeClosedFromWhatItsEndStarts() throws Exception {
        Running cat = start("cat");
        CompletableFuture<Void> closed = cat.onExit().thenRun(cat::close);
        cat.stdin().close();
        closed.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aHostFunctionOfTheProgramMayCloseIt() throws Exception {
        var started = new CompletableFuture<Running>();
        Program program = Program.of(
                Guests.module("wat/unmet"),
                linker -> linker.unknownImportsAsTraps()
                        .function("env", "missing", (int x) -> started.join().close()));
        started.complete(program.invocation().start());
        Running running = started.join();
        assertThat(running.onExit().handle((code, failure) -> "ended").get(30, TimeUnit.SECONDS))
                .isEqualTo("ended");
        assertThatThrownBy(() -> running.stdin().write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void outputCanBeReadAfterTheEnd() throws Exception {
        try (Running program = start("args", "x")) {
            assertThat(program.join()).isZero();
            assertThat(program.stdout().readAllBytes()).asString().isEqualTo("echo.wasm\nargs\nx\n");
            assertThat(program.stderr().readAllBytes()).isEmpty();
        }
    }

    @Test
    void closingEndsAProgramThatWaitsForInput() throws Exception {
        Running cat = start("cat");
        write(cat, "x");
        assertThat(read(cat, 1)).isEqualTo("x");
        cat.close();
        assertThat(cat.isAlive()).isFalse();
        cat.close();
    }

    @Test
    void closingEndsAProgramWhoseOutputIsNotRead() throws Exception {
        Running flood = start("flood", "1000000000");
        assertThat(read(flood, 5)).isEqualTo("xxxxx");
        flood.close();
        assertThat(flood.isAlive()).isFalse();
    }

    @Test
    void closingEndsALoopWithoutEnd() {
        byte[] module = HexFormat.ofDelimiter(" ")
                .parseHex("00 61 73 6d 01 00 00 00 01 04 01 60 00 00 03 02 01 00 07 0a 01 06 5f 73"
                        + " 74 61 72 74 00 00 0a 09 01 07 00 03 40 0c 00 0b 0b");
        Program endless = Program.of(Engine.create().compile("endless.wasm", module));
        Running running = endless.invocation().start();
        assertThat(running.isAlive()).isTrue();
        running.close();
        assertThat(running.isAlive()).isFalse();
        assertThatThrownBy(running::join)
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INTERRUPTED));
    }

    @Test
    void closingKeepsTheInterruptOfTheClosingThread() {
        Running cat = start("cat");
        Thread.currentThread().interrupt();
        cat.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cat.isAlive()).isFalse();
    }

    @Test
    void joiningCanBeInterruptedAndTheProgramGoesOn() throws Exception {
        try (Running cat = start("cat")) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(cat::join).isInstanceOf(InterruptedException.class);
            write(cat, "still here");
            assertThat(read(cat, 10)).isEqualTo("still here");
        }
    }

    @Test
    void aReaderThatIsGoneIsAnErrorOfTheProgram() throws Exception {
        try (Running flood = start("flood", "1000000000")) {
            assertThat(read(flood, 5)).isEqualTo("xxxxx");
            flood.stdout().close();
            assertThat(flood.join()).isEqualTo(1);
            assertThat(flood.stderr().readAllBytes()).asString().startsWith("write: ");
        }
    }

    @Test
    void writingToAProgramThatHasEndedFails() throws Exception {
        try (Running program = start("exit", "0")) {
            assertThat(program.join()).isZero();
            assertThatThrownBy(() -> program.stdin().write(1))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the reader of this pipe has closed it");
        }
    }

    @Test
    void aTrapIsThrownByJoin() throws Exception {
        try (Running program = start("trap")) {
            assertThatThrownBy(program::join)
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNREACHABLE))
                    .hasMessageEndingWith("of echo.wasm");
            assertThat(program.stdout().read()).as("its pipes have ended").isEqualTo(-1);
            assertThat(program.stderr().read()).isEqualTo(-1);
            assertThat(program.isAlive()).isFalse();
        }
    }

    @Test
    void joinThrowsAFailureToStart(@TempDir Path folder) {
        try (Running program = echo.invocation()
                .args("cat")
                .preopenedDir(folder.resolve("none"), "/data")
                .start()) {
            assertThatThrownBy(program::join)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("there is no folder");
        }
    }

    @Test
    void muchComesThroughBothWays() throws Exception {
        byte[] large = new byte[2 << 20];
        new Random(9).nextBytes(large);
        try (Running cat = start("cat")) {
            var writer = new Thread(() -> {
                try (OutputStream stdin = cat.stdin()) {
                    stdin.write(large);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.start();
            assertThat(cat.stdout().readAllBytes()).isEqualTo(large);
            writer.join();
            assertThat(cat.join()).isZero();
        }
    }

    @Test
    void aTextReaderOnTopWorksLineByLine() throws Exception {
        try (Running cat = start("cat");
                var lines = new BufferedReader(new InputStreamReader(cat.stdout(), StandardCharsets.UTF_8))) {
            for (String line : List.of("first", "", "ü€😀")) {
                write(cat, line + "\n");
                assertThat(lines.readLine()).isEqualTo(line);
            }
        }
    }

    @Test
    void itsThreadIsADaemonNamedAfterIt() throws Exception {
        var name = new AtomicReference<Thread>();
        Program program = Program.of(Guests.module("c/echo"), linker -> name.set(Thread.currentThread()));
        try (Running running = program.invocation().args("exit", "0").start()) {
            running.join();
        }
        assertThat(name.get().getName()).isEqualTo("airlock echo.wasm");
        assertThat(name.get().isDaemon()).isTrue();
    }

    @Test
    void severalRunAtOnceApart() throws Exception {
        try (Running one = start("cat");
                Running other = start("cat")) {
            write(one, "one");
            write(other, "two");
            assertThat(read(other, 3)).isEqualTo("two");
            assertThat(read(one, 3)).isEqualTo("one");
        }
    }

    @Test
    void oneInvocationStartedTwiceGivesTwoPrograms() throws Exception {
        for (int round = 0; round < 50; round++) {
            Invocation cat = echo.invocation().args("cat");
            try (Running one = cat.start();
                    Running other = cat.start()) {
                write(one, "one");
                write(other, "two");
                one.stdin().close();
                other.stdin().close();
                assertThat(one.stdout().readAllBytes()).asString().isEqualTo("one");
                assertThat(other.stdout().readAllBytes()).asString().isEqualTo("two");
            }
        }
    }

    @Test
    void settingsAfterTheStartApplyToTheNextRun() throws Exception {
        for (int round = 0; round < 50; round++) {
            Invocation invocation = echo.invocation().args("args");
            try (Running running = invocation.start()) {
                invocation.args("later");
                assertThat(running.stdout().readAllBytes()).asString().isEqualTo("echo.wasm\nargs\n");
            }
        }
    }
}

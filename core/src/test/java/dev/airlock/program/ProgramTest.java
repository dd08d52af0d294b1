package dev.airlock.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Module;
import dev.airlock.error.LimitException;
import dev.airlock.error.LinkException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.Limits;
import dev.airlock.wasi.Input;
import dev.airlock.wasi.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
    private final Program echo = Program.of(Guests.module("c/echo"));
    private final Program repeat = Program.of(Guests.module("rust/repeat"));

    @Test
    void aModuleWithoutAnEntryIsNoProgram() {
        assertThatThrownBy(() -> Program.of(Guests.module("wat/numbers")))
                .isInstanceOf(SignatureException.class)
                .hasMessage("numbers.wasm is no program: it exports no function _start without parameters and results;"
                        + " a library is instantiated, and its functions are called");
        assertThatThrownBy(() -> Program.of(Guests.module("c/return-string")))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith("return-string.wasm is no program");
        assertThatThrownBy(() -> Program.of(Guests.module("c/echo"), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("imports");
    }

    @Test
    void aProgramKnowsItsModule() {
        assertThat(echo.name()).isEqualTo(Guests.module("c/echo").name());
        assertThat(echo).hasToString("program echo.wasm");
    }

    @Test
    void theProgramsNameComesFirstAmongTheArguments() {
        ProgramResult result = echo.invocation().args("args").run();
        assertThat(result.stdoutText()).isEqualTo("echo.wasm\nargs\n");
        assertThat(result.stderrText()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void argumentsAddUp() {
        assertThat(echo.invocation()
                        .args("args", "", "ü€😀")
                        .args(List.of("more", " "))
                        .args()
                        .run()
                        .stdoutText())
                .isEqualTo("echo.wasm\nargs\n\nü€😀\nmore\n \n");
    }

    @Test
    void argumentsWithANulAreRefused() {
        assertThatThrownBy(() -> echo.invocation().args("a\0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an argument has a NUL character in it");
    }

    @Test
    void theEnvironmentIsEmptyUnlessGiven() {
        assertThat(echo.invocation().args("env").run().stdoutText()).isEmpty();
        assertThat(echo.invocation()
                        .args("env")
                        .env("B", "b")
                        .env("A", "ü")
                        .run()
                        .stdoutText())
                .isEqualTo("A=ü\nB=b\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 42, 255, 256, -1, Integer.MIN_VALUE})
    void anExitCodeIsData(int code) {
        ProgramResult result =
                echo.invocation().args("exit", String.valueOf(code)).run();
        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result)
                .hasToString("exit code " + Integer.toUnsignedString(code) + ", 0 bytes on stdout, 0 on stderr");
    }

    @Test
    void theEnvironmentOfThisProcessCanBeInherited() {
        ProgramResult result = echo.invocation()
                .env("PATH", "replaced by the next line")
                .inheritEnv()
                .env("AIRLOCK_TEST", "added")
                .args("env")
                .run();
        var expected = new TreeMap<>(System.getenv());
        expected.put("AIRLOCK_TEST", "added");
        assertThat(result.stdoutText().split("\\n")).hasSizeGreaterThan(1);
        expected.forEach((name, value) -> assertThat(result.stdoutText()).contains(name + "=" + value));
    }

    @Test
    void aProgramThatReturnsExitsWithNought() {
        assertThat(echo.invocation().args("cat").run().exitCode()).isZero();
        assertThat(Program.of(Guests.module("wat/command")).invocation().run().exitCode())
                .as("a program that has no WASI at all")
                .isZero();
    }

    @Test
    void standardErrorIsKeptApart() {
        ProgramResult result =
                echo.invocation().args("stderr").stdin("to the other side").run();
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderrText()).isEqualTo("to the other side");
        ProgramResult usage = echo.invocation().run();
        assertThat(usage.exitCode()).isEqualTo(2);
        assertThat(usage.stdoutText()).isEmpty();
        assertThat(usage.stderrText()).startsWith("usage: echo cat | args");
    }

    @Test
    void standardInputComesFromBytesTextStreamsAndFiles(@TempDir Path folder) throws IOException {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(echo.invocation().args("cat").stdin(all).run().stdout()).isEqualTo(all);
        assertThat(echo.invocation().args("cat").stdin("ü€😀\0\n").run().stdoutText())
                .isEqualTo("ü€😀\0\n");
        assertThat(echo.invocation()
                        .args("cat")
                        .stdin(Input.stream(new ByteArrayInputStream(all)))
                        .run()
                        .stdout())
                .isEqualTo(all);
        Path file = Files.write(folder.resolve("in"), all);
        assertThat(echo.invocation().args("cat").stdin(Input.file(file)).run().stdout())
                .isEqualTo(all);
        assertThat(echo.invocation().args("cat").stdin(Input.empty()).run().stdout())
                .isEmpty();
        assertThat(echo.invocation().args("cat").run().stdout())
                .as("as if by default")
                .isEmpty();
    }

    @Test
    void aLargeInputComesThroughWhole() {
        byte[] large = new byte[5 << 20];
        new Random(5).nextBytes(large);
        assertThat(echo.invocation().args("cat").stdin(large).run().stdout()).isEqualTo(large);
    }

    /** Gives one byte at a time. */
    private static final class Dripping extends InputStream {
        private final InputStream in;

        Dripping(byte[] bytes) {
            in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, Math.min(length, 1));
        }
    }

    @Test
    void anInputThatDripsComesThroughWhole() {
        byte[] text = "one byte at a time".getBytes(StandardCharsets.UTF_8);
        assertThat(echo.invocation()
                        .args("cat")
                        .stdin(Input.stream(new Dripping(text)))
                        .run()
                        .stdout())
                .isEqualTo(text);
    }

    @Test
    void aStreamIsNotReadAheadOfTheProgram() throws IOException {
        var stream = new ByteArrayInputStream("left alone".getBytes(StandardCharsets.UTF_8));
        assertThat(echo.invocation()
                        .args("args")
                        .stdin(Input.stream(stream))
                        .run()
                        .exitCode())
                .isZero();
        assertThat(stream.readAllBytes()).asString().isEqualTo("left alone");
    }

    @Test
    void outputsGoWhereTheyAreTold(@TempDir Path folder) {
        var stream = new ByteArrayOutputStream();
        ProgramResult toStream = echo.invocation()
                .args("cat")
                .stdin("abc")
                .stdout(Output.stream(stream))
                .run();
        assertThat(stream).hasToString("abc");
        assertThat(toStream.stdout()).as("not kept as well").isEmpty();

        Path file = folder.resolve("out");
        echo.invocation().args("cat").stdin("abc").stdout(Output.file(file)).run();
        assertThat(file).hasContent("abc");

        var lines = new ArrayList<String>();
        ProgramResult toLines = echo.invocation()
                .args("stderr")
                .stdin("a\r\n\nb")
                .stderr(Output.lines(lines::add))
                .run();
        assertThat(lines).containsExactly("a", "", "b");
        assertThat(toLines.stderr()).isEmpty();

        ProgramResult nowhere = echo.invocation()
                .args("flood", "1000000")
                .stdout(Output.discard())
                .run();
        assertThat(nowhere.exitCode()).isZero();
        assertThat(nowhere.stdout()).isEmpty();
    }

    @Test
    void theLimitOfTheOutputMayBeMetAndNotPassed() {
        ProgramResult met = echo.invocation()
                .args("flood", "10000")
                .limits(Limits.defaults().outputBytes(10_000))
                .run();
        assertThat(met.stdout()).hasSize(10_000).containsOnly('x');
        assertThatThrownBy(() -> echo.invocation()
                        .args("flood", "10001")
                        .limits(Limits.defaults().outputBytes(10_000))
                        .run())
                .isInstanceOfSatisfying(LimitException.class, e -> {
                    assertThat(e.limit()).isEqualTo("bytes on stdout");
                    assertThat(e.value()).isEqualTo(10_000);
                    assertThat(e.asked()).isEqualTo(10_001);
                })
                .hasMessage("over the limit of 10000 bytes on stdout: the guest asked for 10001");
        assertThat(echo.invocation()
                        .args("cat")
                        .limits(Limits.defaults().outputBytes(0))
                        .run()
                        .stdout())
                .isEmpty();
    }

    @Test
    void theLimitOfTheOutputHoldsWhereverItGoes() {
        var kept = new ByteArrayOutputStream();
        assertThatThrownBy(() -> echo.invocation()
                        .args("flood", "10001")
                        .stdout(Output.stream(kept))
                        .limits(Limits.defaults().outputBytes(10_000))
                        .run())
                .isInstanceOfSatisfying(
                        LimitException.class, e -> assertThat(e.kind()).isEqualTo(LimitException.Kind.OUTPUT));
        assertThat(kept.size()).as("what was within it has come through").isEqualTo(10_000);
    }

    @Test
    void standardErrorHasTheSameLimit() {
        assertThatThrownBy(() -> echo.invocation()
                        .args("stderr")
                        .stdin("12345")
                        .limits(Limits.defaults().outputBytes(4))
                        .run())
                .isInstanceOf(LimitException.class)
                .hasMessage("over the limit of 4 bytes on stderr: the guest asked for 5");
    }

    @Test
    void theUsualLimitIsSixteenMebibytes() {
        long limit = Invocation.KEPT_OUTPUT_LIMIT;
        assertThat(limit).isEqualTo(16 << 20);
        assertThat(echo.invocation().args("flood", String.valueOf(limit)).run().stdout())
                .hasSize((int) limit);
        assertThatThrownBy(() -> echo.invocation()
                        .args("flood", String.valueOf(limit + 1))
                        .run())
                .isInstanceOf(LimitException.class)
                .hasMessageStartingWith("over the limit of 16777216 bytes on stdout: the guest asked for ");
    }

    @Test
    void aLimitIsNotNegative() {
        assertThatThrownBy(() -> echo.invocation().limits(Limits.defaults().outputBytes(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a limit is not negative: -1");
    }

    @Test
    void aFolderIsReadAndWritten(@TempDir Path folder) throws IOException {
        assertThat(echo.invocation()
                        .args("write", "/w/file", "text")
                        .preopenedDir(folder, "/w")
                        .run()
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("file")).hasContent("text");
        assertThat(echo.invocation()
                        .args("read", "/w/file")
                        .preopenedDir(folder, "/w")
                        .run()
                        .stdoutText())
                .isEqualTo("text");
        ProgramResult without = echo.invocation().args("read", "/w/file").run();
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.stdout()).isEmpty();
        assertThat(without.stderrText()).startsWith("/w/file: ");
        assertThatThrownBy(() -> echo.invocation()
                        .args("cat")
                        .preopenedDir(folder.resolve("none"), "/w")
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no folder " + folder.resolve("none"));
    }

    @Test
    void aTrapIsThrown() {
        assertThatThrownBy(() -> echo.invocation().args("trap").run())
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNREACHABLE))
                .hasMessageStartingWith("unreachable, in ")
                .hasMessageEndingWith(" of echo.wasm")
                .hasMessageContaining("_start");
    }

    @Test
    void importsBesidesWasiAreMissingOrGiven() {
        byte[] module = HexFormat.ofDelimiter(" ")
                .parseHex("00 61 73 6d 01 00 00 00 01 04 01 60 00 00 02 07 01 01 6d 01 66 00 00 03"
                        + " 02 01 00 07 0a 01 06 5f 73 74 61 72 74 00 01 0a 06 01 04 00 10 00 0b");
        Module needy = Engine.create().compile("needy.wasm", module);
        assertThatThrownBy(() -> Program.of(needy).invocation().run())
                .isInstanceOf(LinkException.class)
                .hasMessage("needy.wasm: 1 import cannot be linked\n  m.f is not defined: it has to be func ()");
        var calls = new AtomicInteger();
        var linkers = new AtomicInteger();
        Program given = Program.of(needy, linker -> {
            linkers.incrementAndGet();
            linker.function("m", "f", (Runnable) calls::incrementAndGet);
        });
        given.invocation().run();
        given.invocation().run();
        assertThat(calls).hasValue(2);
        assertThat(linkers).hasValue(2);
    }

    @Test
    void eachRunHasAFreshInstance() {
        var runs = new ArrayList<Integer>();
        // memory[0] = memory[0] + 1; f(memory[0])
        byte[] module = HexFormat.ofDelimiter(" ")
                .parseHex("00 61 73 6d 01 00 00 00 01 08 02 60 01 7f 00 60 00 00 02 07 01 01 6d 01"
                        + " 66 00 00 03 02 01 01 05 03 01 00 01 07 0a 01 06 5f 73 74 61 72 74 00 01"
                        + " 0a 18 01 16 00 41 00 41 00 28 02 00 41 01 6a 36 02 00 41 00 28 02 00 10"
                        + " 00 0b");
        Program counting = Program.of(
                Engine.create().compile("counting.wasm", module),
                linker -> linker.function("m", "f", (IntConsumer) runs::add));
        Invocation invocation = counting.invocation();
        invocation.run();
        invocation.run();
        counting.invocation().run();
        assertThat(runs).containsExactly(1, 1, 1);
    }

    @Test
    void anInvocationRunsAsOftenAsWanted() {
        Invocation invocation = echo.invocation().args("cat").stdin("again");
        for (int i = 0; i < 3; i++) {
            assertThat(invocation.run().stdoutText()).isEqualTo("again");
        }
        invocation.stdin("other").limits(Limits.defaults().outputBytes(4));
        assertThatThrownBy(invocation::run).isInstanceOf(LimitException.class);
        assertThat(invocation.limits(Limits.defaults().outputBytes(5)).run().stdoutText())
                .isEqualTo("other");
    }

    @Test
    void aFailedRunLeavesTheProgramWell() {
        assertThat(echo.invocation().args("exit", "3").run().exitCode()).isEqualTo(3);
        assertThatThrownBy(() -> echo.invocation().args("trap").run()).isInstanceOf(Trap.class);
        assertThat(echo.invocation().args("cat").stdin("x").run().stdoutText()).isEqualTo("x");
    }

    @Test
    void manyThreadsRunOneProgram() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String mine = "run " + i;
                tasks.add(() -> {
                    ProgramResult copied =
                            echo.invocation().args("cat").stdin(mine).run();
                    ProgramResult names = repeat.invocation()
                            .stdin("{\"name\":\"" + mine + "\",\"num\":1}")
                            .run();
                    return copied.stdoutText() + names.stdoutText();
                });
            }
            List<Future<String>> results = pool.invokeAll(tasks, 60, TimeUnit.SECONDS);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo("run " + i + "{\"names\":[\"run " + i + "\"]}\n");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aRustProgramAnswersAndReportsErrors() {
        ProgramResult good =
                repeat.invocation().stdin("{\"name\":\"ü\",\"num\":3}").run();
        assertThat(good.stdoutText()).isEqualTo("{\"names\":[\"ü\",\"ü\",\"ü\"]}\n");
        ProgramResult bad = repeat.invocation().stdin("{\"name\":1}").run();
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.stdout()).isEmpty();
        assertThat(bad.stderrText()).startsWith("repeat: ").endsWith("\n");
    }

    @Test
    void nullsAreRefusedAtOnce() {
        assertThatThrownBy(() -> echo.invocation().stdin((Input) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("input");
        assertThatThrownBy(() -> echo.invocation().stdout(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("output");
        assertThatThrownBy(() -> echo.invocation().stderr(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("output");
    }
}

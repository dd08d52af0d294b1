package dev.airlock.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.engine.Engine;
import dev.airlock.error.ProgramException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.ValueException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProgramFunctionTest {
    private static final String GOOD = "{\"name\":\"Ada\",\"num\":2}";
    private static final String ANSWER = "{\"names\":[\"Ada\",\"Ada\"]}\n";

    private final Program repeat = Program.of(Guests.module("rust/repeat"));
    private final Program echo = Program.of(Guests.module("c/echo"));

    private interface TextToText {
        String call(String json);
    }

    private interface BytesToBytes {
        byte[] call(byte[] json);
    }

    private interface StreamToText {
        String call(InputStream json);
    }

    private interface TextToNothing {
        void call(String json);
    }

    private interface TextToResult {
        ProgramResult call(String json);
    }

    private interface NothingToResult {
        ProgramResult call();
    }

    @Test
    void textBytesAndStreamsGoInAndTextAndBytesComeOut() {
        assertThat(repeat.as(TextToText.class).call(GOOD)).isEqualTo(ANSWER);
        assertThat(repeat.as(BytesToBytes.class).call(GOOD.getBytes(StandardCharsets.UTF_8)))
                .asString()
                .isEqualTo(ANSWER);
        assertThat(repeat.as(StreamToText.class).call(new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(ANSWER);
    }

    @Test
    void aParameterMayBeAKindOfStream() {
        interface Narrow {
            String call(ByteArrayInputStream json);
        }
        assertThat(repeat.as(Narrow.class).call(new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(ANSWER);
    }

    @Test
    void withoutAResultOnlySuccessCounts() {
        repeat.as(TextToNothing.class).call(GOOD);
        assertThatThrownBy(() -> repeat.as(TextToNothing.class).call("{"))
                .isInstanceOf(ProgramException.class)
                .hasMessageStartingWith("repeat.wasm failed; exit code 1; stderr: repeat: ");
    }

    @Test
    void withoutAParameterTheInputIsEmpty() {
        ProgramResult result = repeat.as(NothingToResult.class).call();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stderrText()).contains("EOF while parsing");
        assertThat(echo.as(NothingToResult.class).call().stderrText()).startsWith("usage: ");
    }

    @Test
    void aRunnableIsAProgramWithoutInputAndOutput() {
        Program.of(Guests.module("wat/command")).as(Runnable.class).run();
        Runnable usage = echo.as(Runnable.class);
        assertThatThrownBy(usage::run)
                .isInstanceOf(ProgramException.class)
                .hasMessageStartingWith("echo.wasm failed; exit code 2; stderr: usage: ");
    }

    @Test
    void aResultGivesAllThereIsAndNoFailure() {
        ProgramResult result = repeat.as(TextToResult.class).call("{");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderrText()).startsWith("repeat: ");
    }

    @Test
    void anExitCodeOtherThanNoughtIsAnExceptionWithWhatWasSaid() {
        assertThatThrownBy(() -> repeat.as(TextToText.class).call("{\"name\":\"x\",\"num\":-1}"))
                .isInstanceOfSatisfying(ProgramException.class, e -> {
                    assertThat(e.exitCode()).isEqualTo(1);
                    assertThat(e.stderr()).isEqualTo("repeat: num must not be negative\n");
                })
                .hasMessage("repeat.wasm failed; exit code 1; stderr: repeat: num must not be negative");
    }

    @Test
    void anOutputThatIsNoTextIsAnException() {
        byte[] module = HexFormat.ofDelimiter(" ")
                .parseHex("00 61 73 6d 01 00 00 00 01 04 01 60 00 00 03 02 01 00 07 0a 01 06 5f 73"
                        + " 74 61 72 74 00 00 0a 04 01 02 00 0b");
        assertThat(Program.of(Engine.create().compile("silent.wasm", module))
                        .as(TextToText.class)
                        .call("x"))
                .isEmpty();
        Program illFormed = writing((byte) 0xff);
        assertThatThrownBy(() -> illFormed.as(TextToText.class).call(""))
                .isInstanceOf(ProgramException.class)
                .hasMessage("the output of writing.wasm cannot be read as java.lang.String:"
                        + " it is not well-formed UTF-8; exit code 0; nothing on stderr");
        assertThat(illFormed.as(BytesToBytes.class).call(new byte[0])).containsExactly(0xff);
        assertThat(writing((byte) 'k').as(TextToText.class).call("")).isEqualTo("k");
    }

    /** Writes one byte to stdout: fd_write(1, an iovec at 0 of one byte at 8, 1, 12). */
    private static Program writing(byte value) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        bytes.writeBytes(new byte[] {1, 12, 2, 0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f, 0x60, 0, 0});
        byte[] host = "wasi_snapshot_preview1".getBytes(StandardCharsets.US_ASCII);
        byte[] name = "fd_write".getBytes(StandardCharsets.US_ASCII);
        bytes.writeBytes(new byte[] {2, (byte) (host.length + name.length + 5), 1, (byte) host.length});
        bytes.writeBytes(host);
        bytes.write(name.length);
        bytes.writeBytes(name);
        bytes.writeBytes(new byte[] {0, 0, 3, 2, 1, 1, 5, 3, 1, 0, 1, 7, 10, 1, 6});
        bytes.writeBytes("_start".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {0, 1});
        bytes.writeBytes(new byte[] {10, 15, 1, 13, 0, 0x41, 1, 0x41, 0, 0x41, 1, 0x41, 12, 0x10, 0, 0x1a, 0x0b});
        bytes.writeBytes(new byte[] {11, 15, 1, 0, 0x41, 0, 0x0b, 9, 8, 0, 0, 0, 1, 0, 0, 0, value});
        return Program.of(Engine.create().compile("writing.wasm", bytes.toByteArray()));
    }

    @Test
    void aTrapAndALimitStayWhatTheyAre() {
        Program trapping = Program.of(Guests.module("wat/command"), linker -> {
            throw new IllegalStateException("mine");
        });
        assertThatThrownBy(() -> trapping.as(Runnable.class).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("mine");
        byte[] module = HexFormat.ofDelimiter(" ")
                .parseHex("00 61 73 6d 01 00 00 00 01 04 01 60 00 00 03 02 01 00 07 0a 01 06 5f 73"
                        + " 74 61 72 74 00 00 0a 05 01 03 00 00 0b");
        assertThatThrownBy(() -> Program.of(Engine.create().compile("bad.wasm", module))
                        .as(Runnable.class)
                        .run())
                .isInstanceOf(Trap.class)
                .hasMessage("unreachable, in _start of bad.wasm");
    }

    // What cannot stand for a program.

    private interface Two {
        String one(String json);

        String two(String json);
    }

    private interface None {}

    private interface TwoParameters {
        String call(String one, String two);
    }

    @Test
    void severalAbstractMethodsAreRefusedWithTheirNames() {
        assertThatThrownBy(() -> repeat.as(Two.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith(Two.class.getName()
                        + " cannot stand for repeat.wasm: a program is one function, so the interface has to have one"
                        + " abstract method, not 2\n")
                .hasMessageContaining("Two.one(java.lang.String)")
                .hasMessageContaining("Two.two(java.lang.String)");
        assertThatThrownBy(() -> repeat.as(None.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageEndingWith("one abstract method, not 0");
    }

    @Test
    void twoParametersAreRefused() {
        assertThatThrownBy(() -> repeat.as(TwoParameters.class))
                .isInstanceOf(SignatureException.class)
                .hasMessage(TwoParameters.class.getName() + ".call cannot stand for repeat.wasm: a program has one"
                        + " standard input, so the method has to have one parameter at the most, not 2");
    }

    @Test
    void aTypeThatIsNoInterfaceIsRefused() {
        assertThatThrownBy(() -> repeat.as(String.class))
                .isInstanceOf(SignatureException.class)
                .hasMessage("java.lang.String is no interface");
    }

    private sealed interface Closed permits Permitted {
        String call(String json);
    }

    private static final class Permitted implements Closed {
        @Override
        public String call(String json) {
            return json;
        }
    }

    @Test
    void aSealedInterfaceIsRefused() {
        assertThatThrownBy(() -> repeat.as(Closed.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("sealed");
    }

    record Request(String name, int num) {}

    private interface Typed {
        String call(Request request);
    }

    private interface TypedResult {
        List<String> call();
    }

    @Test
    void aTypeThatNeedsACodecIsRefusedWithAdviceWhereThereIsNone() {
        String advice = "values cannot cross as JSON since no codec for it is on the class path:"
                + " add dev.airlock:airlock-json";
        assertThatThrownBy(() -> repeat.as(Typed.class))
                .isInstanceOf(ValueException.class)
                .hasMessage(advice);
        assertThatThrownBy(() -> repeat.as(TypedResult.class))
                .isInstanceOf(ValueException.class)
                .hasMessage(advice);
        assertThatThrownBy(() -> repeat.as(Supplier.class))
                .isInstanceOf(ValueException.class)
                .hasMessage(advice);
    }

    // What a proxy is besides.

    private interface WithDefaults {
        String call(String json);

        default String ada(int times) {
            return call("{\"name\":\"Ada\",\"num\":" + times + "}");
        }

        default String twice() {
            return ada(1) + ada(2);
        }

        static String help() {
            return "help";
        }
    }

    @Test
    void defaultMethodsWork() {
        WithDefaults withDefaults = repeat.as(WithDefaults.class);
        assertThat(withDefaults.ada(2)).isEqualTo(ANSWER);
        assertThat(withDefaults.twice()).isEqualTo("{\"names\":[\"Ada\"]}\n" + ANSWER);
        assertThat(WithDefaults.help()).isEqualTo("help");
    }

    private interface Inheriting extends WithDefaults {
        @Override
        default String twice() {
            return "only " + WithDefaults.super.ada(1);
        }
    }

    @Test
    void inheritedAndOverriddenDefaultMethodsWork() {
        assertThat(repeat.as(Inheriting.class).ada(2)).isEqualTo(ANSWER);
        assertThat(repeat.as(Inheriting.class).twice()).isEqualTo("only {\"names\":[\"Ada\"]}\n");
    }

    private interface JsonFunction extends Function<String, String> {
        @Override
        String apply(String json);
    }

    @Test
    void anInterfaceThatNarrowsAGenericOneWorks() {
        JsonFunction function = repeat.as(JsonFunction.class);
        assertThat(function.apply(GOOD)).isEqualTo(ANSWER);
        Function<String, String> wide = function;
        assertThat(wide.apply(GOOD)).isEqualTo(ANSWER);
    }

    @Test
    void defaultMethodsOfTheJdksInterfacesWork() {
        assertThat(repeat.as(JsonFunction.class).andThen(String::strip).apply(GOOD))
                .isEqualTo(ANSWER.strip());
    }

    @Test
    void aDefaultMethodThrowsWhatItThrows() {
        interface Throwing {
            String call(String json) throws IOException;

            default String fail() throws IOException {
                throw new IOException("mine");
            }
        }
        assertThatThrownBy(() -> repeat.as(Throwing.class).fail())
                .isInstanceOf(IOException.class)
                .hasMessage("mine");
    }

    @Test
    void methodsOfObjectAreNoProgram() {
        TextToText one = repeat.as(TextToText.class);
        TextToText other = repeat.as(TextToText.class);
        assertThat(one.equals(one)).isTrue();
        assertThat(one.equals(other)).isFalse();
        assertThat(one.equals(null)).isFalse();
        assertThat(one.hashCode()).isEqualTo(System.identityHashCode(one));
        assertThat(one).hasToString("TextToText by program repeat.wasm");
    }

    private interface Comparing {
        String call(String json);

        @Override
        boolean equals(Object other);

        @Override
        String toString();
    }

    @Test
    void methodsOfObjectThatAnInterfaceNamesDoNotCount() {
        Comparing comparing = repeat.as(Comparing.class);
        assertThat(comparing.call(GOOD)).isEqualTo(ANSWER);
        assertThat(comparing.equals(comparing)).isTrue();
        assertThat(comparing).hasToString("Comparing by program repeat.wasm");
    }

    @Test
    void aNullArgumentIsNamed() {
        assertThatThrownBy(() -> repeat.as(TextToText.class).call(null))
                .isInstanceOf(ValueException.class)
                .hasMessage("json: null, where repeat.wasm needs a String");
        assertThatThrownBy(() -> repeat.as(BytesToBytes.class).call(null))
                .isInstanceOf(ValueException.class)
                .hasMessage("json: null, where repeat.wasm needs a byte[]");
        assertThatThrownBy(() -> repeat.as(StreamToText.class).call(null))
                .isInstanceOf(ValueException.class)
                .hasMessage("json: null, where repeat.wasm needs a InputStream");
    }

    @Test
    void oneFunctionServesManyThreads() throws Exception {
        TextToText call = repeat.as(TextToText.class);
        var pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String json = "{\"name\":\"" + i + "\",\"num\":1}";
                tasks.add(() -> call.call(json));
            }
            List<Future<String>> results = pool.invokeAll(tasks, 60, TimeUnit.SECONDS);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo("{\"names\":[\"" + i + "\"]}\n");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aGuestIsBoundTheSameWay() {
        try (Guest guest = Airlock.open(Guests.file("rust/repeat"))) {
            assertThat(guest.as(TextToText.class).call(GOOD)).isEqualTo(ANSWER);
            assertThat(guest.program().invocation().stdin(GOOD).run().stdoutText())
                    .isEqualTo(ANSWER);
            assertThat(guest).hasToString("guest repeat.wasm");
        }
        try (Guest library = Airlock.open("numbers.wasm", Guests.bytes("wat/numbers"))) {
            assertThatThrownBy(() -> library.as(TextToText.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessage(TextToText.class.getName() + " does not fit numbers.wasm\n"
                            + "  TextToText.call: the guest exports no function call, Call; it exports add, add64, addf32,"
                            + " addf64, swap, many, nothing, id32, id64, idf32, idf64");
            assertThatThrownBy(library::program).isInstanceOf(SignatureException.class);
        }
    }

    @Test
    void onlyTheEndOfALongStandardErrorIsInTheMessage() {
        String text = "x".repeat(5000) + "the end";
        var e = new ProgramException("it failed", 1, text, null);
        assertThat(e.getMessage())
                .startsWith("it failed; exit code 1; stderr: …xxx")
                .endsWith("the end");
        assertThat(e.getMessage()).hasSizeLessThan(2100);
        assertThat(e.stderr()).isEqualTo(text);
    }
}

package dev.airlock.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.engine.Caller;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Snapshot;
import dev.airlock.error.Trap;
import dev.airlock.program.ProgramResult;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntBinaryOperator;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FlightEventsTest {
    @TempDir
    Path folder;

    interface Greeter {
        String greet(String name);
    }

    /** What the kit imports; nothing of it is called here. */
    static final class Host {
        String answer(String question) {
            return question + "!";
        }

        void log(String message) {}
    }

    private interface Body {
        void run() throws Exception;
    }

    private List<RecordedEvent> record(String event, Body body) throws Exception {
        Path file = folder.resolve("events.jfr");
        try (var recording = new Recording()) {
            recording.enable("dev.airlock." + event);
            recording.start();
            body.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private static AbstractListAssert<?, ?, Tuple, ?> assertThatCrossings(List<RecordedEvent> events) {
        return assertThat(events)
                .allSatisfy(e -> {
                    assertThat(e.getEventType().getName()).isEqualTo("dev.airlock.Crossing");
                    assertThat(e.getThread()).isNotNull();
                    assertThat(e.getDuration()).isGreaterThan(Duration.ZERO);
                })
                .extracting(e -> tuple(
                        e.getString("guest"),
                        e.getString("function"),
                        e.getString("direction"),
                        e.getLong("bytesIn"),
                        e.getLong("bytesOut")));
    }

    /** The name goes in with 3 bytes, the answer comes out with 11. */
    @Test
    void boundCallsTellWhatIsLoweredAndLifted() throws Exception {
        try (Guest guest = Airlock.open(Guests.file("rust/kit"))) {
            Greeter greeter = guest.imports("env", new Host()).as(Greeter.class);
            assertThat(greeter.greet("Bob")).isEqualTo("Hello, Bob!");
            List<RecordedEvent> events = record("Crossing", () -> {
                greeter.greet("Ada");
                greeter.greet("Grace Hopper");
            });
            assertThatCrossings(events)
                    .containsExactly(
                            tuple("kit.wasm", "greet", "in", 3L, 11L), tuple("kit.wasm", "greet", "in", 12L, 20L));
        }
    }

    @Test
    void rawCallsTellOfNoBytes() throws Exception {
        IntBinaryOperator add = Guests.instance("wat/numbers").function("add", IntBinaryOperator.class);
        assertThatCrossings(record(
                        "Crossing", () -> assertThat(add.applyAsInt(2, 3)).isEqualTo(5)))
                .containsExactly(tuple("numbers.wasm", "add", "in", 0L, 0L));
    }

    /** Events come when calls end: inner ones first. What each moves is its own. */
    @Test
    void callsOfTheHostTellWhatTheHostReadsAndWrites() throws Exception {
        byte[] input = "straight".getBytes(StandardCharsets.UTF_8);
        Linker linker = new Linker()
                .function("host", "get_input_size", () -> input.length)
                .function("host", "get_input", (Caller caller, int offset) -> {
                    caller.memory().write(offset, input);
                })
                .function("host", "set_output", (Caller caller, int offset, int length) -> {
                    assertThat(caller.memory().readString(offset, length)).isEqualTo("STRAIGHT");
                });
        Instance instance = linker.instantiate(Guests.module("rust/host-buffer"));
        Runnable run = instance.function("run", Runnable.class);
        assertThatCrossings(record("Crossing", run::run))
                .containsExactly(
                        tuple("host-buffer.wasm", "host.get_input_size", "out", 0L, 0L),
                        tuple("host-buffer.wasm", "host.get_input", "out", 8L, 0L),
                        tuple("host-buffer.wasm", "host.set_output", "out", 0L, 8L),
                        tuple("host-buffer.wasm", "run", "in", 0L, 0L));
    }

    /** Eight bytes say where the three are that are written, and four go back that say how many. */
    @Test
    void programsTellOfTheirCallsToWasi() throws Exception {
        List<RecordedEvent> events = record("Crossing", () -> {
            ProgramResult result = Airlock.open(Guests.file("c/echo"))
                    .program()
                    .invocation()
                    .args("cat")
                    .stdin("abc".getBytes(StandardCharsets.UTF_8))
                    .run();
            assertThat(result.stdoutText()).isEqualTo("abc");
        });
        assertThatCrossings(events).contains(tuple("echo.wasm", "wasi_snapshot_preview1.fd_write", "out", 4L, 8L + 3L));
        assertThat(events.get(events.size() - 1).getString("function")).isEqualTo("_start");
    }

    @Test
    void callsThatTrapAreToldToo() throws Exception {
        Runnable trapping = Guests.instance("wat/traps").function("unreachable", Runnable.class);
        assertThatCrossings(record(
                        "Crossing", () -> assertThatThrownBy(trapping::run).isInstanceOf(Trap.class)))
                .containsExactly(tuple("traps.wasm", "unreachable", "in", 0L, 0L));
    }

    interface KitApi {
        String greet(String name);

        String ask(String question);
    }

    /** Of the results, 8 bytes say where the text is. */
    @Test
    void componentsTellOfTheirCalls() throws Exception {
        try (Guest guest = Airlock.open(Guests.file("components/c/kit"))) {
            KitApi kit = guest.unknownImportsAsTraps()
                    .imports("demo:kit/host", new Host())
                    .as(KitApi.class);
            List<RecordedEvent> events = record("Crossing", () -> {
                assertThat(kit.greet("Ada")).isEqualTo("Hello, Ada!");
                assertThat(kit.ask("why")).isEqualTo("You said: why!");
            });
            assertThatCrossings(events)
                    .containsExactly(
                            tuple("kit.wasm", "demo:kit/api#greet", "in", 3L, 8L + 11L),
                            tuple("kit.wasm", "demo:kit/host#answer", "out", 8L + 4L, 3L),
                            tuple("kit.wasm", "demo:kit/api#ask", "in", 3L, 8L + 14L));
        }
    }

    interface Chain {
        String text(String text);
    }

    /** Host, first, middle, last, in UTF-8 and UTF-16. Each answer is 8 bytes that say where the text is, read and written. */
    @Test
    void componentsTellOfCallsToEachOther() throws Exception {
        try (Guest guest = Airlock.open(Guests.file("components/wat/linked"))) {
            Chain chain = guest.as(Chain.class);
            List<RecordedEvent> events =
                    record("Crossing", () -> assertThat(chain.text("abc")).isEqualTo("abc"));
            assertThatCrossings(events)
                    .containsExactly(
                            tuple("linked.wasm", "next#text", "across", 3L + 8L + 6L, 6L + 8L + 3L),
                            tuple("linked.wasm", "next#text", "across", 6L + 8L + 3L, 3L + 8L + 6L),
                            tuple("linked.wasm", "test:corners/linked#text", "in", 3L, 8L + 3L));
        }
    }

    /** Two bytes that lie far apart are two pieces to put back. */
    @Test
    void resetsTellOfWhatTheyPutBack() throws Exception {
        var linker = new Linker();
        Snapshot snapshot = linker.instantiate(Guests.module("wat/memory")).snapshot();
        try (Instance instance = linker.instantiate(snapshot)) {
            List<RecordedEvent> events = record("Reset", () -> {
                instance.memory().writeByte(3, (byte) 1);
                instance.memory().writeByte(60_000, (byte) 1);
                instance.reset();
                instance.reset();
            });
            assertThat(events)
                    .allSatisfy(e -> {
                        assertThat(e.getThread()).isNotNull();
                        assertThat(e.getDuration()).isGreaterThan(Duration.ZERO);
                    })
                    .extracting(e -> e.getEventType().getName(), e -> e.getString("guest"), e -> e.getLong("bytes"))
                    .containsExactly(
                            tuple("dev.airlock.Reset", "memory.wasm", 1_024L),
                            tuple("dev.airlock.Reset", "memory.wasm", 0L));
        }
    }

    @Test
    void componentsAreInstancesToo() throws Exception {
        List<RecordedEvent> events = record("Instantiation", () -> {
            try (Guest guest = Airlock.open(Guests.file("components/c/kit"))) {
                KitApi kit = guest.unknownImportsAsTraps().as(KitApi.class);
                assertThat(kit).isNotNull();
            }
        });
        assertThat(events)
                .extracting(e -> e.getString("guest"), e -> e.getLong("memoryBytes"))
                .containsExactly(tuple("kit.wasm", 131_072L));
    }

    @Test
    void instantiationsTellOfTheirMemory() throws Exception {
        List<RecordedEvent> events = record("Instantiation", () -> Guests.instance("wat/memory"));
        assertThat(events)
                .extracting(e -> e.getString("guest"), e -> e.getBoolean("fromSnapshot"), e -> e.getLong("memoryBytes"))
                .containsExactly(tuple("memory.wasm", false, 65_536L));
    }

    @Test
    void noEventsAreRecordedByDefault() throws Exception {
        Path file = folder.resolve("none.jfr");
        try (var recording = new Recording()) {
            recording.start();
            Guests.instance("wat/numbers")
                    .function("add", IntBinaryOperator.class)
                    .applyAsInt(1, 2);
            var linker = new Linker();
            try (Instance instance = linker.instantiate(
                    linker.instantiate(Guests.module("wat/numbers")).snapshot())) {
                instance.reset();
            }
            recording.stop();
            recording.dump(file);
        }
        assertThat(RecordingFile.readAllEvents(file))
                .extracting(e -> e.getEventType().getName())
                .noneMatch(name -> name.startsWith("dev.airlock."));
    }

    /** A process of its own, whose JVM has no flight recorder at all. */
    @Test
    void aJvmWithoutAFlightRecorderRunsGuests() throws Exception {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base,java.logging",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutRecorder.class.getName(),
                        Guests.file("rust/kit").toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(said.toString()))
                .start();
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        assertThat(said).content().isEqualToIgnoringNewLines("false Hello, Ada!");
    }

    /** Run by the test above. */
    static final class WithoutRecorder {
        private WithoutRecorder() {}

        public static void main(String[] args) {
            try (Guest guest = Airlock.open(Path.of(args[0]))) {
                String answer =
                        guest.imports("env", new Host()).as(Greeter.class).greet("Ada");
                boolean present = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
                System.out.println(present + " " + answer);
            }
        }
    }
}

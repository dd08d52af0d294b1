package dev.airlock.doc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.CoreGuestInstance;
import dev.airlock.Guest;
import dev.airlock.engine.Engine;
import dev.airlock.limit.CompileLimits;
import dev.airlock.limit.Limits;
import dev.airlock.mapping.U8;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import dev.airlock.wasi.WasiCtx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Provokes each message of docs/TROUBLESHOOTING.md with a real guest, and compares it with what the page quotes. */
@Tag("slow")
class TroubleshootingTest {
    private static final Path GUESTS = Documents.root().resolve("guests");
    private static final Pattern ENTRY =
            Pattern.compile("^### ([^\n]+)\n\n```\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    interface Greeter {
        String greet(String name);
    }

    interface Misspelt {
        String great(String name);
    }

    interface TooMany {
        String greet(String name, String title, String suffix);
    }

    record Request(String name, int num) {}

    record Names(List<String> names) {}

    record Other(List<String> people) {}

    interface Repeat {
        Names repeat(Request request);
    }

    interface WrongAnswer {
        Other repeat(Request request);
    }

    interface Small {
        Names repeat(SmallRequest request);
    }

    record SmallRequest(String name, @U8 int num) {}

    interface Throwing {
        String greet(String name) throws IOException;
    }

    interface Later {
        CompletableFuture<String> greet(String name);
    }

    static class Host {
        void log(String message) {}

        String answer(String question) {
            return question;
        }
    }

    static class Stranger {
        void shout(String message) {}
    }

    private static byte[] bytes(String guest) throws IOException {
        return Files.readAllBytes(GUESTS.resolve(guest));
    }

    static class FullDisk {
        void log() {
            throw new IllegalStateException("the disk is full");
        }
    }

    /** Returns a module of these sections. */
    private static byte[] module(String sections) {
        return HexFormat.of().parseHex("0061736d01000000" + sections);
    }

    private static CoreGuest runaway(Engine engine, Limits limits) {
        return Airlock.openModule(engine, GUESTS.resolve("wat/runaway.wasm"))
                .unknownImportsAsTraps()
                .limits(limits);
    }

    private static CoreGuest kit() {
        return Airlock.openModule(GUESTS.resolve("c/kit.wasm")).imports("env", new Host());
    }

    /** Maps the page's headings to what provokes their message. */
    private static Map<String, ThrowingCallable> provocations() {
        Map<String, ThrowingCallable> all = new LinkedHashMap<>();
        all.put(
                "The file is not WebAssembly",
                () -> Airlock.open("guest.wasm", "text".getBytes(StandardCharsets.UTF_8)));
        all.put("The file does not exist", () -> Airlock.open(Path.of("no.wasm")));
        all.put("The file is incomplete", () -> Airlock.open("guest.wasm", Arrays.copyOf(bytes("c/kit.wasm"), 2_000)));
        all.put("The file is a component", () -> Airlock.openModule(GUESTS.resolve("components/c/kit.wasm")));
        all.put("The file is a core module", () -> Airlock.openComponent(GUESTS.resolve("c/kit.wasm")));
        all.put(
                "The guest needs a proposal that is not supported",
                () -> Airlock.open("guest.wasm", module("0107026000017f5d0003020100")));
        all.put(
                "The engine refuses garbage collection",
                () -> Airlock.open(Engine.builder().wasmGc(false).build(), GUESTS.resolve("gc/hoarder.wasm")));
        all.put(
                "Compiling takes too much",
                () -> Airlock.open(
                        Engine.builder()
                                .compileLimits(CompileLimits.defaults().codeBytes(1_000))
                                .build(),
                        GUESTS.resolve("c/kit.wasm")));
        all.put(
                "The guest recursed too deeply",
                () -> runaway(Engine.create(), Limits.defaults()).call("deep", Integer.MAX_VALUE));
        all.put(
                "The guest ran out of fuel",
                () -> runaway(
                                Engine.builder().fuel(true).build(),
                                Limits.defaults().fuel(1_000_000))
                        .call("spin"));
        all.put(
                "Fuel is not counted",
                () -> runaway(Engine.create(), Limits.defaults().fuel(1_000_000))
                        .call("spin"));
        // One function, run, that throws an exception without values.
        all.put(
                "The guest threw an exception",
                () -> Airlock.openModule(
                                "throws.wasm",
                                module("01040160000003020100" + "0d03010000" + "0707010372756e0000"
                                        + "0a0601040008000b"))
                        .call("run"));
        // One function, run, that calls env.log.
        all.put(
                "A host function threw an exception",
                () -> Airlock.openModule(
                                "host.wasm",
                                module("010401600000" + "020b0103656e76036c6f670000" + "03020100" + "0707010372756e0001"
                                        + "0a0601040010000b"))
                        .imports("env", new FullDisk())
                        .call("run"));
        all.put(
                "Imports are not defined",
                () -> Airlock.open(GUESTS.resolve("c/kit.wasm")).as(Greeter.class));
        all.put(
                "The name of the imports is misspelt",
                () -> Airlock.open(GUESTS.resolve("c/kit.wasm")).imports("evn", new Host()));
        all.put(
                "The host object has no method for any import",
                () -> Airlock.open(GUESTS.resolve("c/kit.wasm")).imports("env", new Stranger()));
        all.put("The guest exports no such function", () -> kit().as(Misspelt.class));
        all.put("The method does not fit the function", () -> kit().as(TooMany.class));
        all.put(
                "The component needs WASI 0.2",
                () -> Airlock.open(GUESTS.resolve("components/wat/needs-wasi.wasm"))
                        .instance());
        all.put(
                "A component gets a WASI context",
                () -> Airlock.open(GUESTS.resolve("components/c/kit.wasm"))
                        .wasi(WasiCtx.builder().build()));
        all.put(
                "The output of a program does not fit the result type",
                () -> Airlock.open(GUESTS.resolve("rust/repeat.wasm"))
                        .as(WrongAnswer.class)
                        .repeat(new Request("Ada", 2)));
        all.put(
                "A number is out of range",
                () -> Airlock.open(GUESTS.resolve("rust/repeat.wasm"))
                        .as(Small.class)
                        .repeat(new SmallRequest("Ada", 300)));
        all.put("A value is null", () -> kit().as(Greeter.class).greet(null));
        all.put(
                "The program failed",
                () -> Airlock.open("rust.wasm", bytes("rust/repeat.wasm"))
                        .program()
                        .as(Greeter.class)
                        .greet("Ada"));
        all.put(
                "A pool of programs",
                () -> Airlock.open(GUESTS.resolve("rust/repeat.wasm")).pooled(PoolOptions.size(1)));
        all.put("A library is run as a program", () -> kit().program());
        all.put("A method of a core module throws a checked exception", () -> kit().as(Throwing.class));
        all.put("A method returns a future", () -> kit().as(Later.class));
        all.put(
                "An argument of a dynamic call does not fit",
                () -> kit().call("greet: func(name: string) -> string", 5));
        all.put("A signature is not WIT", () -> kit().call("greet: func(name string) -> string", "Ada"));
        all.put(
                "The guest needs more memory",
                () -> kit().limits(Limits.defaults().memoryBytes(65_536)).as(Greeter.class));
        all.put(
                "The guest trapped",
                () -> Airlock.openModule(GUESTS.resolve("c/crash.wasm")).call("outside", 100_000_000));
        all.put("The instance cannot be entered after a trap", TroubleshootingTest::callAfterTrap);
        all.put(
                "The call took too long",
                () -> Airlock.openModule(GUESTS.resolve("c/crash.wasm"))
                        .limits(Limits.defaults().timeout(Duration.ofMillis(50)))
                        .call("spin", 1));
        all.put("No instance of the pool was free", TroubleshootingTest::emptyPool);
        all.put("A second thread calls the instance", TroubleshootingTest::secondThread);
        all.put("The guest is closed", () -> {
            Guest guest = kit();
            Greeter greeter = guest.as(Greeter.class);
            guest.close();
            greeter.greet("Ada");
        });
        return all;
    }

    private static void callAfterTrap() {
        try (CoreGuestInstance instance =
                Airlock.openModule(GUESTS.resolve("c/crash.wasm")).instance()) {
            assertThat(catchThrowable(() -> instance.call("outside", 100_000_000)))
                    .isNotNull();
            instance.call("divide", 1, 2);
        }
    }

    private static void emptyPool() throws Exception {
        try (Pool pool = kit().pooled(PoolOptions.size(1).maxWait(Duration.ofMillis(20)))) {
            Greeter greeter = pool.as(Greeter.class);
            pool.with(Greeter.class, borrowed -> greeter.greet("Ada"));
        }
    }

    private static void secondThread() throws Throwable {
        Greeter[] holder = new Greeter[1];
        Throwable[] thrown = new Throwable[1];
        Host host = new Host() {
            @Override
            void log(String message) {
                Thread other = new Thread(() -> thrown[0] = catchThrowable(() -> holder[0].greet("Ada")));
                other.start();
                try {
                    other.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        Guest guest = Airlock.open(GUESTS.resolve("c/kit.wasm")).imports("env", host);
        interfaceOf(guest, holder).shout("Ada");
        throw thrown[0];
    }

    interface Shouter extends Greeter {
        void shout(String text);
    }

    private static Shouter interfaceOf(Guest guest, Greeter[] holder) {
        Shouter shouter = guest.as(Shouter.class);
        holder[0] = shouter;
        return shouter;
    }

    @TestFactory
    Stream<DynamicTest> everyMessageStillReadsSo() throws IOException {
        Map<String, String> quoted = entries();
        return provocations().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Throwable thrown = catchThrowable(entry.getValue());
                    assertThat(thrown).as("nothing was thrown").isNotNull();
                    assertThat(String.valueOf(thrown.getMessage()))
                            .matches(Pattern.compile(pattern(quoted.getOrDefault(entry.getKey(), "")), Pattern.DOTALL));
                }));
    }

    @Test
    void thePageHasTheseEntriesAndNoOthers() throws IOException {
        assertThat(entries().keySet())
                .containsExactlyInAnyOrderElementsOf(provocations().keySet());
    }

    private static Map<String, String> entries() throws IOException {
        Matcher entries = ENTRY.matcher(Files.readString(Documents.root().resolve("docs/TROUBLESHOOTING.md")));
        return entries.results()
                .collect(Collectors.toMap(
                        found -> found.group(1),
                        found -> found.group(2).stripTrailing(),
                        (a, b) -> a,
                        LinkedHashMap::new));
    }

    /** An ellipsis stands for any text. */
    private static String pattern(String quoted) {
        return Stream.of(quoted.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }
}

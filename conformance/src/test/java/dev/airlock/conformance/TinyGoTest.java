package dev.airlock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.convention.Convention;
import dev.airlock.engine.Caller;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.memory.Memory;
import dev.airlock.program.Program;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls modules built by TinyGo, with offsets and lengths passed by hand. */
class TinyGoTest {
    private final Engine engine = Engine.create();
    private final List<String> logged = new ArrayList<>();
    private Path folder;

    private interface PtrLen {
        void call(int ptr, int len);
    }

    private interface PtrLenToPacked {
        long call(int ptr, int len);
    }

    @BeforeEach
    void find() {
        folder = Suites.folder("airlock.tinygo");
    }

    private Instance instance(String file) {
        Linker linker = new Linker().function("env", "log", (Caller caller, int ptr, int len) -> {
            logged.add(caller.memory().readString(ptr, len));
        });
        WasiPreview1.addTo(linker, WasiCtx.builder().build());
        return linker.instantiate(engine.compile(folder.resolve(file)));
    }

    @Test
    void addWorksAfterInitialization() {
        IntBinaryOperator add = instance("tinygo-add.wasm").function("add", IntBinaryOperator.class);
        assertThat(add.applyAsInt(2, 40)).isEqualTo(42);
        assertThat(add.applyAsInt(Integer.MAX_VALUE, 1)).isEqualTo(Integer.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ada", "Grüße, 世界 🦀"})
    void greetingPacksPointerAndLengthInOneI64(String name) {
        Instance guest = instance("tinygo-greet.wasm");
        Memory memory = guest.memory();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int ptr = guest.function("malloc", IntUnaryOperator.class).applyAsInt(Math.max(1, bytes.length));
        memory.write(ptr, bytes);

        long packed = guest.function("greeting", PtrLenToPacked.class).call(ptr, bytes.length);

        int answer = (int) (packed >>> 32);
        int length = (int) packed;
        assertThat(memory.readString(answer, length)).isEqualTo("Hello, " + name + "!");
        IntConsumer free = guest.function("free", IntConsumer.class);
        free.accept(answer);
        free.accept(ptr);
    }

    @Test
    void greetPassesItsStringToTheHost() {
        Instance guest = instance("tinygo-greet.wasm");
        byte[] bytes = "wazero".getBytes(StandardCharsets.UTF_8);
        int ptr = guest.function("malloc", IntUnaryOperator.class).applyAsInt(bytes.length);
        guest.memory().write(ptr, bytes);
        guest.function("greet", PtrLen.class).call(ptr, bytes.length);
        assertThat(logged).containsExactly("wasm >> Hello, wazero!");
    }

    @Test
    void aLongNameGrowsTheGuestsMemoryAndReturnsComplete() {
        Instance guest = instance("tinygo-greet.wasm");
        String name = "é".repeat(500_000);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        Memory memory = guest.memory();
        int ptr = guest.function("malloc", IntUnaryOperator.class).applyAsInt(bytes.length);
        memory.write(ptr, bytes);
        long before = memory.dataSize();
        long packed = guest.function("greeting", PtrLenToPacked.class).call(ptr, bytes.length);
        assertThat(memory.dataSize()).isGreaterThanOrEqualTo(before);
        assertThat(memory.readString((int) (packed >>> 32), (int) packed)).isEqualTo("Hello, " + name + "!");
    }

    private interface Greeting {
        void greet(String name);

        String greeting(String name);
    }

    private final class Host {
        @SuppressWarnings("unused") // the guest calls it
        void log(String message) {
            logged.add(message);
        }
    }

    @Test
    void anInterfaceBindsToThem() {
        try (CoreGuest guest = Airlock.openModule(folder.resolve("tinygo-greet.wasm"))) {
            Greeting greeting = guest.imports("env", new Host()).as(Greeting.class);
            for (String name : List.of("", "Ada", "Grüße, 世界 🦀", "x".repeat(200_000))) {
                assertThat(greeting.greeting(name)).isEqualTo("Hello, " + name + "!");
            }
            greeting.greet("Ada");
            assertThat(logged).containsExactly("wasm >> Hello, Ada!");
            assertThat(guest.detection().convention()).contains(Convention.tinygo());
        }
    }

    @Test
    void catPrintsTheFilesThatItsArgumentsName(@TempDir Path files) throws IOException {
        Files.writeString(files.resolve("test.txt"), "greet filesystem\n");
        var result = Program.of(engine.compile(folder.resolve("tinygo-cat.wasm")))
                .invocation()
                .args("/test.txt")
                .preopenedDir(files, "/")
                .run();
        assertThat(result.stdoutText()).isEqualTo("greet filesystem\n");
        assertThat(result.exitCode()).isZero();
    }
}

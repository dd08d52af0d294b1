package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Engine;
import dev.airlock.error.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AirlockTest {
    interface Greeter {
        String greet(String name);
    }

    @TempDir
    Path folder;

    private static void assertGreets(Guest opened) {
        try (Guest guest = opened.unknownImportsAsTraps()) {
            assertThat(guest.as(Greeter.class).greet("Ada")).isEqualTo("Hello, Ada!");
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void aCoreModuleIsCompiledByTheEngineThatIsGiven() throws IOException {
        assertGreets(Airlock.open(Engine.withCodeCache(folder), Guests.file("c/kit")));
        assertThat(entries()).hasSize(1);
        assertGreets(Airlock.open(Engine.withCodeCache(folder), "kit.wasm", Guests.bytes("c/kit")));
        assertThat(entries()).as("the same bytes, however they come").hasSize(1);
    }

    @Test
    void soIsEachCoreModuleOfAComponent() throws IOException {
        assertGreets(Airlock.open(Engine.withCodeCache(folder), Guests.file("components/c/kit")));
        assertThat(entries()).as("the guest, the shim and the fix-up").hasSize(3);
        assertGreets(Airlock.open(Engine.withCodeCache(folder), "kit.wasm", Guests.bytes("components/c/kit")));
        assertThat(entries()).hasSize(3);
    }

    @Test
    void whatIsNoGuestIsRefusedByItsName() {
        Engine engine = Engine.create();
        assertThatThrownBy(() -> Airlock.open(engine, "note.txt", "a note".getBytes()))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("note.txt, byte 0: not WebAssembly");
        assertThatThrownBy(() -> Airlock.open(engine, folder.resolve("none.wasm")))
                .isInstanceOf(ModuleException.class)
                .hasMessageEndingWith("none.wasm: no such file");
        assertThatThrownBy(() -> Airlock.open(engine, folder))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("it is a folder");
    }
}

package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Engine;
import dev.airlock.error.ModuleException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
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
    void aFileThatIsNoGuestIsRefusedByItsName() {
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

    @Test
    void everySourceGivesTheSameGuest() throws IOException {
        Engine engine = Engine.withCodeCache(folder);
        byte[] module = Guests.bytes("c/kit");
        byte[] component = Guests.bytes("components/c/kit");
        for (byte[] bytes : List.of(module, component)) {
            assertGreets(Airlock.open("kit.wasm", new ByteArrayInputStream(bytes)));
            assertGreets(Airlock.open(engine, "kit.wasm", new ByteArrayInputStream(bytes)));
            assertGreets(Airlock.open("kit.wasm", bytes));
        }
        assertGreets(Airlock.openModule(Guests.file("c/kit")));
        assertGreets(Airlock.openModule(engine, Guests.file("c/kit")));
        assertGreets(Airlock.openModule("kit.wasm", module));
        assertGreets(Airlock.openModule(engine, "kit.wasm", module));
        assertGreets(Airlock.openModule("kit.wasm", new ByteArrayInputStream(module)));
        assertGreets(Airlock.openModule(engine, "kit.wasm", new ByteArrayInputStream(module)));
        assertGreets(Airlock.openComponent(Guests.file("components/c/kit")));
        assertGreets(Airlock.openComponent(engine, Guests.file("components/c/kit")));
        assertGreets(Airlock.openComponent("kit.wasm", component));
        assertGreets(Airlock.openComponent(engine, "kit.wasm", component));
        assertGreets(Airlock.openComponent("kit.wasm", new ByteArrayInputStream(component)));
        assertGreets(Airlock.openComponent(engine, "kit.wasm", new ByteArrayInputStream(component)));
    }

    /** A class of a class path that the test writes, with a guest beside it. */
    private Class<?> near(String guest) throws Exception {
        Path root = folder.resolve("classes");
        Path of = root.resolve("dev/airlock/AirlockTest$Near.class");
        Files.createDirectories(of.getParent());
        try (InputStream in = AirlockTest.class.getResourceAsStream("AirlockTest$Near.class")) {
            Files.write(of, in.readAllBytes());
        }
        Files.write(of.resolveSibling("kit.wasm"), Guests.bytes(guest));
        Files.write(root.resolve("top.wasm"), Guests.bytes(guest));
        return Class.forName(
                "dev.airlock.AirlockTest$Near",
                false,
                new URLClassLoader(new URL[] {root.toUri().toURL()}, null));
    }

    static class Near {}

    @Test
    void aResourceOfTheClassPathIsAGuestToo() throws Exception {
        Engine engine = Engine.create();
        Class<?> near = near("c/kit");
        assertGreets(Airlock.open(near, "kit.wasm"));
        assertGreets(Airlock.open(engine, near, "/top.wasm"));
        assertGreets(Airlock.openModule(near, "/dev/airlock/kit.wasm"));
        assertGreets(Airlock.openModule(engine, near, "kit.wasm"));
        assertThat(Airlock.open(near, "/dev/airlock/kit.wasm").name()).isEqualTo("kit.wasm");
        assertThatThrownBy(() -> Airlock.open(near, "kitt.wasm"))
                .isInstanceOf(ModuleException.class)
                .hasMessage("kitt.wasm: no such resource, as seen from dev.airlock.AirlockTest$Near:"
                        + " a name is relative to dev.airlock, unless it starts with \"/\"; a resource in another Java"
                        + " module has to be in a package that is open");
        Class<?> component = near("components/c/kit");
        assertGreets(Airlock.openComponent(component, "kit.wasm"));
        assertGreets(Airlock.openComponent(engine, component, "kit.wasm"));
    }

    @Test
    void theOtherKindIsRefusedAndTheErrorSaysWhatTheFileIs() {
        assertThatThrownBy(() -> Airlock.openModule(Guests.file("components/c/kit")))
                .isInstanceOf(ModuleException.class)
                .hasMessage("kit.wasm, byte 6: this is a component, not a core module: Airlock.openComponent opens it,"
                        + " and Airlock.open either kind");
        assertThatThrownBy(() -> Airlock.openComponent(Guests.file("c/kit")))
                .isInstanceOf(ModuleException.class)
                .hasMessage("kit.wasm, byte 6: this is a core module, not a component: Airlock.openModule opens it,"
                        + " and Airlock.open either kind");
        assertThatThrownBy(() -> Airlock.openComponent(Guests.file("c/echo")))
                .hasMessageContaining("this is a core module, a program, not a component");
        assertThatThrownBy(() -> Airlock.openComponent("note.txt", "a note".getBytes()))
                .hasMessageStartingWith("note.txt, byte 0: not WebAssembly");
    }

    @Test
    void aStreamThatCannotBeReadIsRefused() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        assertThatThrownBy(() -> Airlock.open("kit.wasm", broken))
                .isInstanceOf(ModuleException.class)
                .hasMessage("kit.wasm: cannot be read: the disk is gone")
                .hasCauseInstanceOf(IOException.class);
    }
}

package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.engine.Instance;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.Limits;
import dev.airlock.program.ProgramResult;
import dev.airlock.wasi.Input;
import dev.airlock.wasi.Output;
import dev.airlock.wasi.WasiCtx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestTest {
    private interface Echo {
        String run(String input);
    }

    private interface Quiet {
        void run();
    }

    private interface Whole {
        ProgramResult run();
    }

    /** Adds pages to a memory, and says how many there were. */
    interface Growing {
        int grow(int pages);
    }

    private static Guest state(String file) {
        return Airlock.open(Guests.file(file)).unknownImportsAsTraps();
    }

    private static CoreGuest echo(WasiCtx.Builder ctx) {
        return Airlock.openModule(Guests.file("c/echo")).wasi(ctx.build());
    }

    // A program has all that its context gives.

    @Test
    void aProgramsInterfaceGetsArgumentsEnvironmentAndFolders(@TempDir Path folder) throws Exception {
        assertThat(echo(WasiCtx.builder().args("args", "a", "b")).as(Echo.class).run(""))
                .isEqualTo("echo.wasm\nargs\na\nb\n");
        assertThat(echo(WasiCtx.builder().programName("me").args("args"))
                        .as(Echo.class)
                        .run(""))
                .isEqualTo("me\nargs\n");
        assertThat(echo(WasiCtx.builder().args("env").env("WHO", "Ada"))
                        .as(Echo.class)
                        .run(""))
                .isEqualTo("WHO=Ada\n");
        Files.writeString(folder.resolve("note.txt"), "a note");
        assertThat(echo(WasiCtx.builder().args("read", "/data/note.txt").preopenedDir(folder, "/data"))
                        .as(Echo.class)
                        .run(""))
                .isEqualTo("a note");
    }

    @Test
    void aProgramsInterfaceTakesTheStreamsThatItHasAValueForAndLeavesTheOthersToTheContext() {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        WasiCtx.Builder ctx = WasiCtx.builder()
                .args("cat")
                .stdin(Input.text("from the context"))
                .stdout(Output.stream(out))
                .stderr(Output.stream(err));
        assertThat(echo(ctx).as(Echo.class).run("from the interface")).isEqualTo("from the interface");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        echo(ctx).as(Quiet.class).run();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("from the context");
        assertThat(echo(ctx).as(Whole.class).run().stdout())
                .as("it went elsewhere")
                .isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("from the contextfrom the context");
        assertThat(echo(WasiCtx.builder().args("cat").stdin(Input.text("kept")))
                        .as(Whole.class)
                        .run()
                        .stdoutText())
                .isEqualTo("kept");
        ctx = WasiCtx.builder().args("stderr").stdin(Input.text("an error")).stderr(Output.stream(err));
        echo(ctx).as(Quiet.class).run();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("an error");
    }

    @Test
    void anInvocationStartsWithTheContextAndAddsToIt() {
        var program = echo(WasiCtx.builder().args("args", "one").env("A", "1")).program();
        assertThat(program.invocation().args("two").run().stdoutText()).isEqualTo("echo.wasm\nargs\none\ntwo\n");
        assertThat(program.invocation().programName("you").run().stdoutText()).isEqualTo("you\nargs\none\n");
        assertThat(program.invocation().run().stdoutText())
                .as("no invocation sees another")
                .isEqualTo("echo.wasm\nargs\none\n");
        var out = new ByteArrayOutputStream();
        ProgramResult result =
                program.invocation().wasi(ctx -> ctx.stdout(Output.stream(out))).run();
        assertThat(result.stdout()).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("echo.wasm\nargs\none\n");
    }

    private static String arguments(CoreGuest guest) {
        try (CoreGuestInstance opened = guest.instance()) {
            Instance instance = opened.instance();
            int length = instance.function("load", IntSupplier.class).getAsInt();
            return new String(instance.memory().read(1024, length), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aLibraryHasTheSameArgumentsAsAProgram() {
        CoreGuest library = Airlock.openModule(Guests.file("wat/arguments"));
        assertThat(arguments(library)).isEqualTo("arguments.wasm\0");
        assertThat(arguments(library.wasi(WasiCtx.builder().args("a", "b").build())))
                .isEqualTo("arguments.wasm\0a\0b\0");
        assertThat(arguments(library.wasi(WasiCtx.builder()
                        .args(List.of("a"))
                        .programName("me")
                        .arg("b")
                        .build())))
                .isEqualTo("me\0a\0b\0");
    }

    // Instances of one's own.

    @ParameterizedTest
    @ValueSource(strings = {"wat/state", "components/wat/state"})
    void anInstanceIsCapturedAndGoesBack(String file) {
        try (Guest guest = state(file)) {
            GuestInstance first = guest.instance();
            Growing growing = first.as(Growing.class);
            int start = growing.grow(2);
            assertThat(first.bind(Growing.class).grow(0)).as("the same state").isEqualTo(start + 2);
            assertThatThrownBy(first::reset)
                    .isInstanceOf(InstanceStateException.class)
                    .hasMessageContaining("it was not made of a snapshot");
            GuestSnapshot snapshot = first.snapshot();
            assertThat(growing.grow(1)).isEqualTo(start + 2);
            first.close();
            assertThatThrownBy(() -> growing.grow(0)).isInstanceOf(InstanceStateException.class);

            GuestInstance second = guest.instance(snapshot);
            Growing again = second.as(Growing.class);
            assertThat(again.grow(5)).isEqualTo(start + 2);
            assertThat(again.grow(0)).isEqualTo(start + 7);
            second.reset();
            assertThat(again.grow(0)).isEqualTo(start + 2);
            assertThat(guest.instance().as(Growing.class).grow(0))
                    .as("an instance of its own")
                    .isEqualTo(start);
            guest.close();
            assertThatThrownBy(() -> again.grow(0))
                    .as("closed with its guest")
                    .isInstanceOf(InstanceStateException.class);
            assertThatThrownBy(guest::instance)
                    .isInstanceOf(InstanceStateException.class)
                    .hasMessage("the guest state.wasm is closed");
            assertThatThrownBy(() -> guest.instance(snapshot)).isInstanceOf(InstanceStateException.class);
        }
    }

    @Test
    void aSnapshotOfAnotherGuestIsRefused() {
        Guest module = state("wat/state");
        Guest component = state("components/wat/state");
        GuestSnapshot ofModule = module.instance().snapshot();
        GuestSnapshot ofComponent = component.instance().snapshot();
        assertThatThrownBy(() -> module.instance(ofComponent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("this snapshot of an instance of state.wasm was not made of module state.wasm");
        assertThatThrownBy(() -> component.instance(ofModule)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state("wat/state").instance(ofModule))
                .as("the same file, opened again")
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(module.limits(Limits.defaults())
                        .instance(ofModule)
                        .as(Growing.class)
                        .grow(0))
                .as("the guest, with other limits")
                .isPositive();
    }

    private interface Loads {
        int load();
    }

    @Test
    void anInstanceThatCannotBeBoundIsLeftToItsOwner() {
        try (GuestInstance instance = Airlock.open(Guests.file("wat/arguments")).instance()) {
            assertThatThrownBy(() -> instance.as(Growing.class)).isInstanceOf(SignatureException.class);
            assertThat(instance.as(Loads.class).load()).isEqualTo(15);
        }
    }

    @Test
    void aCoreModuleHasNoResources() {
        assertThatThrownBy(() -> Airlock.open(Guests.file("wat/imports")).imports("env", new Object(), String.class))
                .isInstanceOf(SignatureException.class)
                .hasMessage("imports.wasm is a core module, and a core module has no resources:"
                        + " leave out java.lang.String");
    }
}

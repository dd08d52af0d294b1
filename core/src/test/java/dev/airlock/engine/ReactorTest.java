package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.ExitException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class ReactorTest {
    @Test
    void initializeRunsOnceBeforeTheFirstCall() {
        Instance instance = Guests.instance("wat/initialize");
        IntSupplier count = instance.function("count", IntSupplier.class);
        assertThat(count.getAsInt()).isEqualTo(1);
        assertThat(count.getAsInt()).as("and not at each call").isEqualTo(1);
        assertThat(instance.function("count").call()).containsExactly(1);
    }

    @Test
    void initializeRunsForEachInstance() {
        assertThat(Guests.instance("wat/initialize").function("count").call()).containsExactly(1);
        assertThat(Guests.instance("wat/initialize").function("count").call()).containsExactly(1);
    }

    @Test
    void initializeCanStillBeCalled() {
        Instance instance = Guests.instance("wat/initialize");
        instance.function("_initialize").call();
        assertThat(instance.function("count").call()).containsExactly(2);
    }

    @Test
    void aReactorOfAToolchainIsReadyWhenItIsMade() {
        Instance instance = Guests.instance("c/return-string");
        int pointer = (int) instance.function("malloc").call(16)[0];
        assertThat(pointer).isNotZero();
        assertThat(instance.function("live").call()).containsExactly(1);
        instance.function("free").call(pointer);
        assertThat(instance.function("live").call()).containsExactly(0);
    }

    @Test
    void theStartFunctionRunsAtInstantiation() {
        Instance instance = Guests.instance("wat/start");
        assertThat(instance.memory().readInt(0)).as("before any call").isEqualTo(7);
        assertThat(instance.function("value").call()).containsExactly(7);
        instance.memory().writeInt(0, 1);
        assertThat(instance.function("value").call()).as("and never again").containsExactly(1);
    }

    @Test
    void theEntryOfACommandRunsOnlyWhenItIsCalled() {
        Instance instance = Guests.instance("wat/command");
        Global runs = instance.global("runs");
        assertThat(runs.getInt()).as("after instantiation").isZero();
        instance.function("_start").call();
        assertThat(runs.getInt()).isEqualTo(1);
        instance.function("_start", Runnable.class).run();
        assertThat(runs.getInt()).isEqualTo(2);
    }

    /** {@code counter} counts what runs: the start function, _initialize and _start, in tens, hundreds and thousands. */
    private static Module withEntries(boolean start, String... entries) {
        var exports = new ArrayList<Object>(List.of(entries.length + 1, "counter", 3, 0));
        List<String> known = List.of("start", "_initialize", "_start");
        for (String entry : entries) {
            exports.addAll(List.of(entry, 0, known.indexOf(entry)));
        }
        byte[] none = new byte[0];
        return Engine.create()
                .compile(
                        "entries.wasm",
                        Binary.module(
                                Binary.section(1, 1, 0x60, 0, 0),
                                Binary.section(3, 3, 0, 0, 0),
                                Binary.section(6, 1, 0x7f, 1, 0x41, 0, 0x0b),
                                Binary.section(7, exports.toArray()),
                                start ? Binary.section(8, 0) : none,
                                Binary.section(10, 3, adds(1), adds(8), adds(32))));
    }

    /** A function body: counter = counter * 2 + n. */
    private static byte[] adds(int n) {
        return new byte[] {12, 0, 0x23, 0, 0x41, 2, 0x6c, 0x41, (byte) n, 0x6a, 0x24, 0, 0x0b};
    }

    @Test
    void theStartFunctionRunsBeforeInitialize() {
        Instance instance = new Linker().instantiate(withEntries(true, "_initialize"));
        assertThat(instance.global("counter").getInt())
                .as("(0 * 2 + 1) * 2 + 8")
                .isEqualTo(10);
    }

    @Test
    void aCommandsInitializeIsNotRun() {
        Instance instance = new Linker().instantiate(withEntries(true, "_initialize", "_start"));
        assertThat(instance.global("counter").getInt()).isEqualTo(1);
        instance.function("_start").call();
        assertThat(instance.global("counter").getInt()).isEqualTo(34);
    }

    /** A reactor, or a start function, whose code is one unreachable. */
    private static Module trapping(boolean start) {
        byte[] entry = start ? Binary.section(8, 0) : Binary.section(7, 1, "_initialize", 0, 0);
        return Engine.create()
                .compile(
                        "bad.wasm",
                        Binary.module(
                                Binary.section(1, 1, 0x60, 0, 0),
                                Binary.section(3, 1, 0),
                                entry,
                                Binary.section(10, 1, 3, 0, 0, 0x0b)));
    }

    @Test
    void aTrapInInitializeIsThrownByInstantiate() {
        assertThatThrownBy(() -> new Linker().instantiate(trapping(false)))
                .isInstanceOf(Trap.class)
                .hasMessage("unreachable, in _initialize of bad.wasm");
    }

    @Test
    void aTrapInTheStartFunctionIsThrownByInstantiate() {
        assertThatThrownBy(() -> new Linker().instantiate(trapping(true)))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNREACHABLE))
                .hasMessageStartingWith("unreachable, in ")
                .hasMessageEndingWith("bad.wasm");
    }

    @Test
    void aTrapInTheStartFunctionNamesIt() {
        assertThatThrownBy(() -> new Linker().instantiate(trapping(true)))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.guestFrames()).containsExactly("func[0]"))
                .hasMessage("unreachable, in func[0] of bad.wasm");
    }

    /** A start function that calls the host's env.go. */
    private static final Module CALLING_AT_START = Engine.create()
            .compile(
                    "early.wasm",
                    Binary.module(
                            Binary.section(1, 1, 0x60, 0, 0),
                            Binary.section(2, 1, "env", "go", 0, 0),
                            Binary.section(3, 1, 0),
                            Binary.section(5, 1, 0, 1),
                            Binary.section(7, 1, "memory", 2, 0),
                            Binary.section(8, 1),
                            Binary.section(10, 1, 4, 0, 0x10, 0, 0x0b)));

    @Test
    void aHostFunctionIsCalledFromTheStartFunctionAlready() {
        Instance instance = new Linker()
                .function("env", "go", (Caller caller) -> caller.memory().writeInt(0, 99))
                .instantiate(CALLING_AT_START);
        assertThat(instance.memory().readInt(0)).isEqualTo(99);
    }

    @Test
    void anExitOnTheWayIsAnExit() {
        assertThatThrownBy(() -> new Linker()
                        .function("env", "go", (Runnable) () -> {
                            throw new ExitException(3);
                        })
                        .instantiate(CALLING_AT_START))
                .isInstanceOfSatisfying(
                        ExitException.class, e -> assertThat(e.exitCode()).isEqualTo(3));
    }

    @Test
    void whatAHostFunctionThrowsOnTheWayIsTheCause() {
        var cause = new IllegalStateException("too early");
        assertThatThrownBy(() -> new Linker()
                        .function("env", "go", (Runnable) () -> {
                            throw cause;
                        })
                        .instantiate(CALLING_AT_START))
                .isInstanceOf(Trap.class)
                .hasCause(cause)
                .hasMessageStartingWith("host function env.go threw IllegalStateException: too early");
    }
}

package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.error.InstanceStateException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.WasmException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Exceptions of guests and of hosts on their way through each other. */
class ExceptionTest {
    /**
     * A tag "e" (i32). {@code throws} throws 42 with it; {@code calls} calls the host; {@code catches} does so too, and returns
     * what an exception with the tag carries, or 1 if none came.
     */
    private static final Module MODULE = Engine.create()
            .compile(
                    "exceptions.wasm",
                    Binary.module(
                            Binary.section(1, 3, 0x60, 1, 0x7f, 0, 0x60, 0, 0, 0x60, 0, 1, 0x7f),
                            Binary.section(2, 1, "env", "host", 0, 1),
                            Binary.section(3, 3, 1, 2, 1),
                            Binary.section(13, 1, 0, 0),
                            Binary.section(7, 4, "throws", 0, 1, "catches", 0, 2, "calls", 0, 3, "e", 4, 0),
                            Binary.section(
                                    10, 3, 6, 0, 0x41, 42, 0x08, 0, 0x0b, // i32.const 42, throw
                                    16, 0, 0x02, 0x7f, 0x1f, 0x40, 1, 0, 0, 0, // block, try_table, catch to the block
                                    0x10, 0, 0x0b, 0x41, 1, 0x0b, 0x0b, // call host, end, i32.const 1, end
                                    4, 0, 0x10, 0, 0x0b)));

    /** Imports "throws" and the tag "e": {@code catches} calls it and returns what is thrown, {@code calls} does not catch. */
    private static final Module IMPORTER = Engine.create()
            .compile(
                    "importer.wasm",
                    Binary.module(
                            Binary.section(1, 3, 0x60, 1, 0x7f, 0, 0x60, 0, 0, 0x60, 0, 1, 0x7f),
                            Binary.section(2, 2, "env", "throws", 0, 1, "env", "e", 4, 0, 0),
                            Binary.section(3, 2, 2, 1),
                            Binary.section(7, 2, "catches", 0, 1, "calls", 0, 2),
                            Binary.section(
                                    10, 2, 16, 0, 0x02, 0x7f, 0x1f, 0x40, 1, 0, 0,
                                    0, // block, try_table, catch to the block
                                    0x10, 0, 0x0b, 0x41, 1, 0x0b, 0x0b, // call throws, end, i32.const 1, end
                                    4, 0, 0x10, 0, 0x0b)));

    private interface Host {
        void call(Caller caller) throws Exception;
    }

    private static Instance instance(Host host) {
        return new Linker().function("env", "host", Host.class, host).instantiate(MODULE);
    }

    @Test
    void anExceptionThatLeavesTheOutermostCallIsATrap() {
        Instance guest = instance(caller -> {});
        Trap trap =
                catchThrowableOfType(Trap.class, () -> guest.function("throws").call());
        assertThat(trap.code()).isEqualTo(TrapCode.UNCAUGHT_EXCEPTION);
        assertThat(trap).hasMessageStartingWith("uncaught exception with tag e, in ");
        assertThatThrownBy(() -> guest.function("throws").call()).isInstanceOf(InstanceStateException.class);
    }

    @Test
    void aHostFunctionCatchesWhatAGuestFunctionThrows() {
        var caught = new AtomicReference<WasmException>();
        Instance guest = instance(caller -> {
            try {
                caller.function("throws").call();
            } catch (WasmException e) {
                caught.set(e);
            }
        });
        assertThat(guest.function("catches").call()).containsExactly(1);
        assertThat(caught.get().values()).containsExactly(42);
        assertThat(guest.tag("e").isOf(caught.get())).isTrue();
        Instance other = instance(caller -> {});
        assertThat(other.tag("e").isOf(caught.get()))
                .as("the tag of another instance")
                .isFalse();
        assertThat(guest.function("catches").call()).as("the guest goes on").containsExactly(1);
    }

    @Test
    void anExceptionPassesThroughAHostFunction() {
        Instance guest = instance(caller -> caller.function("throws").call());
        assertThat(guest.function("catches").call()).containsExactly(42);
        assertThat(guest.function("catches").call()).containsExactly(42);
        assertThatThrownBy(() -> guest.function("calls").call())
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNCAUGHT_EXCEPTION));
    }

    @Test
    void aHostFunctionThrowsAnExceptionOfTheGuest() {
        Instance guest = instance(caller -> {
            throw caller.instance().tag("e").exception(5);
        });
        assertThat(guest.function("catches").call()).containsExactly(5);
        Tag tag = guest.tag("e");
        assertThat(tag.type()).hasToString("tag (i32)");
        assertThatThrownBy(() -> tag.exception())
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("carries 1 values, not 0");
        assertThatThrownBy(() -> tag.exception("five"))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("value 1 of an exception has to be i32, not String");
    }

    @Test
    void aTrapIsNotCaughtByTheGuest() {
        Instance guest = instance(caller -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> guest.function("catches").call())
                .isInstanceOf(Trap.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    /** So do emscripten's setjmp, and its C++ exceptions without those of WebAssembly. */
    @Test
    void theGuestGoesOnIfAHostFunctionCatchesWhatAHostFunctionFurtherInThrew() {
        var depth = new int[1];
        Instance guest = instance(caller -> {
            if (depth[0]++ > 0) {
                throw new IllegalStateException("longjmp");
            }
            Trap thrown = catchThrowableOfType(
                    Trap.class, () -> caller.function("calls").call());
            assertThat(thrown).hasRootCauseMessage("longjmp");
        });
        assertThat(guest.function("catches").call()).containsExactly(1);
        depth[0] = 0;
        assertThat(guest.function("catches").call()).containsExactly(1);
        assertThatThrownBy(() -> guest.function("calls").call()).isInstanceOf(Trap.class);
        assertThatThrownBy(() -> guest.function("calls").call()).isInstanceOf(InstanceStateException.class);
    }

    @Test
    void anotherGuestCatchesWhatOneThrows() {
        Instance thrower = instance(caller -> {});
        Instance catcher = new Linker()
                .function(
                        "env",
                        "host",
                        Host.class,
                        caller -> thrower.function("throws").call())
                .instantiate(MODULE);
        assertThatThrownBy(() -> catcher.function("catches").call())
                .as("through a host function the outermost call of the thrower is left")
                .isInstanceOf(Trap.class);
    }

    @Test
    void anInstanceCatchesWhatAFunctionThatItImportsThrows() {
        Instance thrower = instance(caller -> {});
        Instance catcher = new Linker().instance("env", thrower).instantiate(IMPORTER);
        assertThat(catcher.function("catches").call()).containsExactly(42);
        assertThat(catcher.function("catches").call()).containsExactly(42);
        assertThat(thrower.function("catches").call()).containsExactly(1);
    }

    @Test
    void theInstanceThatThrewGoesOnWhereItsCallerIsLost() {
        Instance thrower = instance(caller -> {});
        Instance passing = new Linker().instance("env", thrower).instantiate(IMPORTER);
        assertThatThrownBy(() -> passing.function("calls").call())
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNCAUGHT_EXCEPTION));
        assertThatThrownBy(() -> passing.function("catches").call()).isInstanceOf(InstanceStateException.class);
        assertThat(thrower.function("catches").call())
                .as("to the thrower it was an exception that its caller may catch")
                .containsExactly(1);
    }

    @Test
    void theTagOfAnotherInstanceIsNotCaught() {
        Instance thrower = instance(caller -> {});
        Instance catcher = new Linker()
                .instance("env", thrower)
                .tag("env", "e", instance(caller -> {}).tag("e"))
                .instantiate(IMPORTER);
        assertThatThrownBy(() -> catcher.function("catches").call())
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.UNCAUGHT_EXCEPTION));
    }

    @Test
    void anExceptionThatAHostFunctionKeptAndThrowsAgainIsTheSame() {
        var seen = new AtomicReference<WasmException>();
        var depth = new int[1];
        Instance guest = instance(caller -> {
            if (depth[0]++ > 0) {
                throw seen.get();
            }
            try {
                caller.function("throws").call();
            } catch (WasmException e) {
                seen.set(e);
            }
            assertThatThrownBy(() -> caller.function("calls").call()).isSameAs(seen.get());
            throw seen.get();
        });
        assertThat(guest.function("catches").call()).containsExactly(42);
    }
}

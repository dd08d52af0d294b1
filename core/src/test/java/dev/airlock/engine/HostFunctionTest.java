package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.Guests;
import dev.airlock.error.ExitException;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.MemoryAccessException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class HostFunctionTest {
    private final Module callback = Guests.module("wat/callback");

    private Linker linker() {
        return new Linker().function("wasi_snapshot_preview1", "proc_exit", (IntConsumer) code -> {
            throw new ExitException(code);
        });
    }

    private Instance withCallback(IntUnaryOperator body) {
        return linker().function("env", "callback", body).instantiate(callback);
    }

    @Test
    void aLambdaIsCalledWithItsTypes() {
        Instance instance = withCallback(x -> x * 2);
        assertThat(instance.function("call", IntUnaryOperator.class).applyAsInt(21))
                .isEqualTo(42);
        assertThat(instance.function("twice").call(10)).containsExactly(40);
    }

    @Test
    void theCallerIsTheWayToTheGuestsMemory() {
        Instance instance = linker().function("env", "callback", (Caller caller, int offset) -> {
                    caller.memory().writeInt(offset, 0x01020304);
                    return caller.memory().readUnsignedByte(offset);
                })
                .instantiate(callback);
        assertThat(instance.function("call").call(64)).containsExactly(4);
        assertThat(instance.memory().read(64, 4)).containsExactly(4, 3, 2, 1);
    }

    @Test
    void theCallerCanBeCalledBack() {
        Instance instance = linker().function(
                        "env",
                        "callback",
                        (Caller caller, int n) ->
                                n == 0 ? 0 : n + (int) caller.function("call").call(n - 1)[0])
                .instantiate(callback);
        assertThat(instance.function("call").call(10)).containsExactly(55);
    }

    static class Annotated {
        private final List<String> calls = new ArrayList<>();

        @HostFunction("callback")
        private int answer(Caller caller, int value) {
            calls.add(caller.instance().module().name() + " " + value);
            return value + 1;
        }

        @HostFunction
        void unrelated(long a, float b, double c) {}

        int notMarked(String nothing) {
            return 0;
        }
    }

    @Test
    void markedMethodsOfAnObjectBecomeFunctions() {
        var host = new Annotated();
        Instance instance = linker().functions("env", host).instantiate(callback);
        assertThat(instance.function("call").call(1)).containsExactly(2);
        assertThat(host.calls).containsExactly("callback.wasm 1");
        assertThatThrownBy(() -> linker().functions("env", new Object()))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("no method that is marked @HostFunction");
    }

    static class Inherited extends Annotated {
        @HostFunction
        @Override
        void unrelated(long a, float b, double c) {}
    }

    static class Twice {
        @HostFunction("callback")
        int one(int value) {
            return value;
        }

        @HostFunction("callback")
        int two(int value) {
            return value;
        }
    }

    @Test
    void twoMethodsOfOneNameAreRefused() {
        assertThat(linker().functions("env", new Inherited()).instantiate(callback))
                .isNotNull();
        assertThatThrownBy(() -> linker().functions("env", new Twice()))
                .isInstanceOf(SignatureException.class)
                .hasMessageStartingWith("dev.airlock.engine.HostFunctionTest$Twice has two methods that are marked as"
                        + " env.callback: ")
                .hasMessageContaining("Twice.one(int)")
                .hasMessageContaining("Twice.two(int)");
    }

    @Test
    void rawFunctionsTakeTheirTypeFromData() {
        var type = new CoreFuncType(List.of(CoreValType.I32), List.of(CoreValType.I32));
        Instance instance = linker().function("env", "callback", type, (caller, args) -> new long[] {args[0] - 1})
                .instantiate(callback);
        assertThat(instance.function("call").call(1)).containsExactly(0);
        Instance wrong = linker().function("env", "callback", type, (caller, args) -> new long[0])
                .instantiate(callback);
        assertThatThrownBy(() -> wrong.function("call").call(1))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("host function env.callback threw")
                .hasMessageContaining("it gave 0 results, not 1");
    }

    private interface Throwing {
        int call(int value) throws Exception;
    }

    @Test
    void whatAHostFunctionThrowsIsTheCauseOfTheTrap() {
        var cause = new IOException("no more paper");
        Instance instance = linker().function("env", "callback", Throwing.class, value -> {
                    throw cause;
                })
                .instantiate(callback);
        Trap trap = catchThrowableOfType(
                Trap.class, () -> instance.function("twice").call(1));
        assertThat(trap.code()).isEqualTo(TrapCode.HOST_FUNCTION);
        assertThat(trap)
                .hasCause(cause)
                .hasMessageStartingWith("host function env.callback threw IOException: no more paper, in ");
        assertThat(trap.guestFrames()).isNotEmpty();
        assertThatThrownBy(() -> instance.function("call").call(1)).isInstanceOf(InstanceStateException.class);
    }

    @Test
    void aLimitThatAHostFunctionFindsPassedStaysALimit() {
        Instance instance = withCallback(x -> {
            throw new LimitException("things", 1, 2);
        });
        assertThatThrownBy(() -> instance.function("call").call(1))
                .isInstanceOf(LimitException.class)
                .hasMessage("over the limit of 1 things: the guest asked for 2");
        assertThatThrownBy(() -> instance.function("call").call(1))
                .hasMessageContaining("it was cut off before: over the limit of 1 things")
                .hasCauseInstanceOf(LimitException.class);
    }

    @Test
    void errorsPassAsTheyAre() {
        Instance instance = withCallback(x -> {
            throw new AssertionError("mine");
        });
        assertThatThrownBy(() -> instance.function("call").call(1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("mine");
    }

    @Test
    void aBadPointerIsATrapThatNamesThePlace() {
        Instance instance = linker().function(
                        "env",
                        "callback",
                        (Caller caller, int offset) -> caller.memory().readInt(offset))
                .instantiate(callback);
        Trap trap =
                catchThrowableOfType(Trap.class, () -> instance.function("call").call(-4));
        assertThat(trap)
                .hasCauseInstanceOf(MemoryAccessException.class)
                .hasMessageContaining("offset 4294967292, length 4, but the memory has 65536 bytes");
    }

    @Test
    void aCallerWithoutMemorySaysSo() {
        Instance instance = new Linker()
                .function(
                        "env",
                        "touch",
                        (Caller caller, int offset) -> caller.memory().writeInt(offset, 1))
                .instantiate(Guests.module("wat/nomemory"));
        assertThatThrownBy(() -> instance.function("touch").call(0))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("nomemory.wasm exports no memory");
    }

    @Test
    void anExitInTheMiddleOfANestedHostCallIsDataAndEndsAllOfIt() {
        var reached = new ArrayList<String>();
        Instance instance = linker().function("env", "callback", (Caller caller, int code) -> {
                    caller.function("exit").call(code);
                    reached.add("after");
                    return 0;
                })
                .instantiate(callback);
        ExitException exit = catchThrowableOfType(
                ExitException.class, () -> instance.function("call").call(7));
        assertThat(exit.exitCode()).isEqualTo(7);
        assertThat(reached).isEmpty();
        assertThatThrownBy(() -> instance.function("call").call(1))
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("it has exited with code 7");
    }

    @Test
    void anExceptionOfANestedGuestCallPassesThroughBoth() {
        Instance inner = Guests.instance("wat/traps");
        Instance outer = withCallback(x -> {
            inner.function("unreachable").call();
            return 0;
        });
        Trap trap =
                catchThrowableOfType(Trap.class, () -> outer.function("call").call(1));
        assertThat(trap.guestFrames()).containsExactly("inner", "middle", "outer");
        assertThat(trap.getStackTrace())
                .anyMatch(f -> f.toString().startsWith("wasm.") && f.toString().endsWith("(callback.wasm)"));
        assertThatThrownBy(() -> outer.function("call").call(1)).isInstanceOf(InstanceStateException.class);
    }

    @Test
    void typesThatNoCoreFunctionHasAreRefused() {
        interface Strings {
            void call(String text);
        }
        assertThatThrownBy(() -> new Linker().function("env", "f", Strings.class, text -> {}))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("parameter 1 is a String");
    }

    @Test
    void lambdasOfEveryShapeChooseTheirOverload() {
        int[] input = {1, 2, 3};
        Linker linker = new Linker()
                .function("m", "a", () -> input.length)
                .function("m", "b", () -> 1L)
                .function("m", "c", () -> 1.5)
                .function("m", "d", (IntConsumer) value -> {})
                .function("m", "e", (long value) -> value)
                .function("m", "f", (long a, long b) -> a * b)
                .function("m", "g", (int a, int b) -> {})
                .function("m", "h", (int a, int b, int c) -> a + b + c)
                .function("m", "i", (Caller caller) -> {})
                .function("m", "j", (Caller caller, int a, int b) -> (long) a << 32 | b)
                .function("m", "k", (int a, int b, int c, int d, int e, int f) -> {})
                .function("m", "l", (double a, double b) -> a + b);
        assertThat(linker).isNotNull();
    }
}

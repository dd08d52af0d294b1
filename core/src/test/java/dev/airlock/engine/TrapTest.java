package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrapTest {
    private final Instance traps = Guests.instance("wat/traps");

    private Trap trap(String function, long... args) {
        return catchThrowableOfType(Trap.class, () -> traps.function(function).call(args));
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of("unreachable", new long[0], TrapCode.UNREACHABLE),
                Arguments.of("divide", new long[] {1, 0}, TrapCode.INTEGER_DIVIDE_BY_ZERO),
                Arguments.of("divide", new long[] {Integer.MIN_VALUE, -1}, TrapCode.INTEGER_OVERFLOW),
                Arguments.of("truncate", new long[] {bits(1e20)}, TrapCode.INTEGER_OVERFLOW),
                Arguments.of("truncate", new long[] {bits(Double.NaN)}, TrapCode.INVALID_CONVERSION_TO_INTEGER),
                Arguments.of("load", new long[] {65536}, TrapCode.MEMORY_OUT_OF_BOUNDS),
                Arguments.of("load", new long[] {65533}, TrapCode.MEMORY_OUT_OF_BOUNDS),
                Arguments.of("load", new long[] {-1}, TrapCode.MEMORY_OUT_OF_BOUNDS),
                Arguments.of("store", new long[] {Integer.MIN_VALUE, 1}, TrapCode.MEMORY_OUT_OF_BOUNDS),
                Arguments.of("fill", new long[] {1, 65536}, TrapCode.MEMORY_OUT_OF_BOUNDS),
                Arguments.of("fill", new long[] {100, -1}, TrapCode.MEMORY_OUT_OF_BOUNDS),
                Arguments.of("copy", new long[] {0, 65530, 7}, TrapCode.MEMORY_OUT_OF_BOUNDS),
                Arguments.of("null_call", new long[0], TrapCode.UNINITIALIZED_ELEMENT),
                Arguments.of("wrong_type_call", new long[0], TrapCode.INDIRECT_CALL_TYPE_MISMATCH),
                Arguments.of("out_of_table_call", new long[0], TrapCode.UNDEFINED_ELEMENT),
                Arguments.of("recurse", new long[] {0}, TrapCode.CALL_STACK_EXHAUSTED));
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void everyCauseHasItsCode(String function, long[] args, TrapCode code) {
        Trap trap = trap(function, args);
        assertThat(trap.code()).isEqualTo(code);
        assertThat(trap).hasMessageStartingWith(code.text()).hasNoCause();
        assertThat(trap.getMessage()).endsWith("of traps.wasm");
    }

    @Test
    void guestFunctionsStandInTheStackTraceBetweenJavaMethods() {
        Trap trap = trap("unreachable");
        assertThat(trap).hasMessage("unreachable, in inner < middle < outer of traps.wasm");
        assertThat(trap.guestFrames()).containsExactly("inner", "middle", "outer");
        String[] trace = Arrays.stream(trap.getStackTrace())
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .limit(5)
                .toArray(String[]::new);
        assertThat(trace)
                .containsExactly(
                        "wasm.inner",
                        "wasm.middle",
                        "wasm.outer",
                        Func.class.getName() + ".call",
                        TrapTest.class.getName() + ".lambda$trap$0");
        assertThat(trap.getStackTrace()[0]).hasToString("wasm.inner(traps.wasm)");
    }

    /** What is looked up goes by the name as it stands in the module. */
    @Test
    void functionsAreNamedAsTheirAuthorsNamedThem() {
        Func function = Guests.instance("wat/symbols").function("_ZN8geometry5shape9perimeter17h0123456789abcdefE");
        Trap trap = catchThrowableOfType(Trap.class, () -> function.call());
        assertThat(trap.guestFrames())
                .containsExactly(
                        "plain",
                        "geometry::area",
                        "geometry::shape::perimeter",
                        "void Shape::measure<int>(std::vector<int, std::allocator<int>> const&) const",
                        "_Zunknown");
        assertThat(trap.getStackTrace()[2]).hasToString("wasm.geometry::shape::perimeter(symbols.wasm)");
    }

    @Test
    void namesInTracesCannotDriveATerminal() {
        byte[] named = Guests.bytes("wat/symbols");
        byte[] escape = {'_', 'Z', 0x1b, '[', '3', '1', 'm', '_', '_'};
        for (int i = 0; i < named.length - 9; i++) {
            if (new String(named, i, 9, StandardCharsets.ISO_8859_1).equals("_Zunknown")) {
                System.arraycopy(escape, 0, named, i, escape.length);
            }
        }
        Instance instance = new Linker().instantiate(Engine.create().compile("symbols.wasm", named));
        Func function = instance.function("_ZN8geometry5shape9perimeter17h0123456789abcdefE");
        Trap trap = catchThrowableOfType(Trap.class, () -> function.call());
        assertThat(trap.guestFrames().get(4)).isEqualTo("_Z\\u{1b}[31m__");
    }

    @Test
    void typedHandlesGiveTheSameTrap() {
        Runnable unreachable = traps.function("unreachable", Runnable.class);
        Trap trap = catchThrowableOfType(Trap.class, () -> unreachable.run());
        assertThat(trap.guestFrames()).containsExactly("inner", "middle", "outer");
        assertThat(trap.getStackTrace()[3].getClassName()).startsWith("dev.airlock.engine.TrapTest");
    }

    @Test
    void afterATrapTheInstanceSaysSo() {
        Trap first = trap("unreachable");
        assertThatThrownBy(() -> traps.function("load").call(0))
                .isInstanceOf(InstanceStateException.class)
                .hasCause(first)
                .hasMessage("this instance of traps.wasm cannot be entered: it trapped before: "
                        + "unreachable, in inner < middle < outer of traps.wasm");
        assertThat(traps.memory().readInt(0)).as("its memory can still be read").isZero();
        assertThat(Guests.instance("wat/traps").function("load").call(0))
                .as("others are well")
                .containsExactly(0);
    }

    @Test
    void outOfBoundsSaysWhere() {
        assertThat(trap("load", 70_000))
                .hasMessageContaining("70000")
                .hasMessageContaining("65536")
                .hasMessageContaining("in load of traps.wasm");
    }

    @Test
    void recursionWithoutEndIsATrapAndTheThreadLives() {
        IntUnaryOperator recurse = traps.function("recurse", IntUnaryOperator.class);
        Trap trap = catchThrowableOfType(Trap.class, () -> recurse.applyAsInt(0));
        assertThat(trap.code()).isEqualTo(TrapCode.CALL_STACK_EXHAUSTED);
        assertThat(trap.guestFrames()).isNotEmpty().allMatch("recurse"::equals);
        assertThat(trap.getMessage()).hasSizeLessThan(200);
        assertThat(Guests.instance("wat/traps").function("divide").call(6, 3)).containsExactly(2);
    }

    @Test
    @Timeout(30)
    void aLoopWithoutEndStopsWhenItsThreadIsInterrupted() throws InterruptedException {
        var caught = new AtomicReference<Throwable>();
        var flag = new AtomicReference<Boolean>();
        Thread thread = new Thread(() -> {
            try {
                traps.function("loop_forever", Runnable.class).run();
            } catch (Throwable e) {
                caught.set(e);
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        Thread.sleep(100);
        thread.interrupt();
        thread.join();
        assertThat(caught.get()).isInstanceOf(Trap.class);
        assertThat(((Trap) caught.get()).code()).isEqualTo(TrapCode.INTERRUPTED);
        assertThat(flag.get()).as("the interrupt flag is the host's to clear").isTrue();
    }

    @Test
    void aSegmentOutsideItsMemoryTrapsAtInstantiation() {
        byte[] module = {
            0,
            'a',
            's',
            'm',
            1,
            0,
            0,
            0,
            5,
            3,
            1,
            0,
            1, // a memory of one page
            11,
            9,
            1,
            0,
            0x41,
            (byte) 0xff,
            (byte) 0xff,
            3,
            0x0b,
            2,
            1, // data at 65535, cut below
        };
        module[14] = 10;
        byte[] whole = Arrays.copyOf(module, module.length + 1);
        whole[module.length] = 2;
        Module compiled = Engine.create().compile("segment.wasm", whole);
        Trap trap = catchThrowableOfType(Trap.class, () -> new Linker().instantiate(compiled));
        assertThat(trap.code()).isEqualTo(TrapCode.MEMORY_OUT_OF_BOUNDS);
    }
}

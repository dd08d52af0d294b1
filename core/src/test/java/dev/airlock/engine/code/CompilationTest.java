package dev.airlock.engine.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.engine.Engine;
import dev.airlock.engine.Module;
import dev.airlock.engine.binary.BinaryLayout;
import dev.airlock.engine.code.Compilation.Range;
import dev.airlock.error.ModuleException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class CompilationTest {
    private static final CompileThreads THREADS = new CompileThreads(3);

    private static Compilation compilation(byte[] bytes) {
        return new Compilation("guest.wasm", BinaryLayout.read("guest.wasm", bytes), bytes, CompileProgress.NONE);
    }

    private static Map<String, String> readable(CompiledCode code) {
        return code.classes().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        type -> type.getValue().length + " bytes, " + Arrays.hashCode(type.getValue()),
                        (a, b) -> a,
                        TreeMap::new));
    }

    // The first three have some hundreds of functions, so that there are parts; huge has a function for the
    // interpreter.
    @ParameterizedTest
    @ValueSource(strings = {"rust/repeat", "rust/kit", "wat/huge", "wat/numbers"})
    void anyNumberOfPartsGivesTheSameCode(String guest) {
        Compilation compilation = compilation(Guests.bytes(guest));
        CompiledCode whole = compilation.whole();
        for (int parts = 1; parts <= 5; parts++) {
            CompiledCode code = compilation.inParts(THREADS, parts);
            assertThat(code).as("%d parts", parts).isNotNull();
            assertThat(readable(code)).as("%d parts", parts).isEqualTo(readable(whole));
            assertThat(code.functionsPerClass()).isEqualTo(whole.functionsPerClass());
            assertThat(code.interpreted()).isEqualTo(whole.interpreted());
            assertThat(code.large()).isEqualTo(whole.large());
            assertThat(code.importedFunctions()).isEqualTo(whole.importedFunctions());
        }
    }

    @Test
    void aModuleWithTailCallsIsNotTakenApart() {
        Compilation compilation = compilation(Guests.bytes("wat/tailcalls"));
        assertThat(compilation.inParts(THREADS, 2)).isNull();
        assertThat(compilation.whole().hasTailCalls()).isTrue();
    }

    @Test
    void whatIsInvalidInAnyPartIsRefusedAsItIsInTheWhole() {
        byte[] bytes = Guests.bytes("rust/kit");
        BinaryLayout layout = BinaryLayout.read("kit", bytes);
        int[] sizes = layout.bodySizes();
        assertThat(sizes).as("functions").hasSizeGreaterThan(CompilerRun.FUNCTIONS_PER_CLASS);
        BinaryLayout.Section code = layout.sections().stream()
                .filter(section -> section.id() == 10)
                .findFirst()
                .orElseThrow();
        for (int function = 0; function < sizes.length; function++) {
            if (function % 97 == 0) {
                byte[] invalid = bytes.clone();
                // In the place of its last end: an i32.eqz, and what follows is in no function.
                invalid[code.contents() + layout.bodyEnd(function) - 1] = 0x45;
                Compilation compilation = compilation(invalid);
                assertThatThrownBy(() -> compilation.inParts(THREADS, 3)).isInstanceOf(ModuleException.class);
                assertThatThrownBy(compilation::whole).isInstanceOf(ModuleException.class);
            }
        }
    }

    @Test
    void rangesAreOfWholeClassesAndAboutEqual() {
        int[] equal = IntStream.generate(() -> 10).limit(1000).toArray();
        assertThat(Compilation.ranges(equal, 24, 1)).containsExactly(new Range(0, 8));
        assertThat(Compilation.ranges(equal, 24, 2)).containsExactly(new Range(0, 5), new Range(5, 8));
        assertThat(Compilation.ranges(equal, 24, 100)).hasSize(8).allMatch(range -> range.to() - range.from() == 1);
        int[] uneven = equal.clone();
        uneven[0] = 100_000;
        assertThat(Compilation.ranges(uneven, 200, 3))
                .containsExactly(new Range(0, 2), new Range(2, 6), new Range(6, 10));
        assertThat(Compilation.ranges(new int[] {5}, 0, 2)).containsExactly(new Range(0, 1));
    }

    @Test
    void aModuleOfAnySizeComesOutTheSameByTheEngine() {
        byte[] bytes = Guests.bytes("go/kit");
        Module one = Engine.builder().compileThreads(1).build().compile("kit.wasm", bytes);
        Module four = Engine.builder().compileThreads(4).build().compile("kit.wasm", bytes);
        assertThat(four.largeFunctions()).isNotEmpty().isEqualTo(one.largeFunctions());
        assertThat(four.interpretedFunctions()).isEqualTo(one.interpretedFunctions());
    }

    // Threads.

    @Test
    void tasksAreDoneByTheCallerWhereNobodyHelps() {
        var one = new CompileThreads(1);
        var busy = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        var blocked = new Thread(() -> one.run(List.of(() -> "mine", () -> {
            begun.countDown();
            busy.await();
            return "slow";
        })));
        blocked.start();
        List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);
        assertThat(one.run(tasks)).containsExactly(1, 2, 3);
        busy.countDown();
    }

    @Test
    void theFirstFailureInOrderIsThrownAndAllHaveEnded() {
        var ended = new CountDownLatch(2);
        List<Callable<Integer>> tasks = List.of(
                () -> 1,
                () -> {
                    ended.countDown();
                    Thread.sleep(20);
                    throw new IllegalStateException("the second");
                },
                () -> {
                    ended.countDown();
                    throw new IllegalStateException("the third");
                });
        assertThatThrownBy(() -> THREADS.run(tasks)).hasMessage("the second");
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void anInterruptIsLeftForLater() {
        Thread.currentThread().interrupt();
        assertThat(THREADS.run(List.<Callable<Integer>>of(() -> 1, () -> 2))).containsExactly(1, 2);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> Engine.builder().compileThreads(0))
                .hasMessage("modules cannot be compiled by 0 threads");
        assertThatThrownBy(() -> Engine.builder().codeCacheCapacity(0)).hasMessage("a cache of 0 bytes keeps nothing");
    }
}

package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.engine.binary.ModuleDecoder;
import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.error.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class CompilationTest {
    private static final CompileThreads THREADS = new CompileThreads(3);

    // Some have hundreds of functions, so that there are parts; huge has a function that is too large for one method.
    @ParameterizedTest
    @ValueSource(strings = {"rust/repeat", "rust/kit", "wat/huge", "wat/numbers", "wat/tailcalls"})
    void anyNumberOfThreadsGivesTheSameCode(String guest, @TempDir Path folder) throws IOException {
        byte[] first = code(guest, 1, folder.resolve("1"));
        for (int threads = 2; threads <= 5; threads++) {
            assertThat(code(guest, threads, folder.resolve(Integer.toString(threads))))
                    .as("%d threads", threads)
                    .isEqualTo(first);
        }
    }

    private static byte[] code(String guest, int threads, Path cache) throws IOException {
        Engine.builder().compileThreads(threads).codeCache(cache).build().compile("guest.wasm", Guests.bytes(guest));
        try (Stream<Path> files = Files.list(cache)) {
            return Files.readAllBytes(files.findFirst().orElseThrow());
        }
    }

    @Test
    void whatIsInvalidInAnyFunctionIsRefused() {
        byte[] bytes = Guests.bytes("rust/kit");
        ModuleDefinition module = ModuleDecoder.decode("kit", bytes);
        for (int function = 0; function < module.bodies().length; function += 97) {
            byte[] invalid = bytes.clone();
            // In the place of its last end: an i32.eqz, and what follows is in no function.
            invalid[module.bodies()[function].end() - 1] = 0x45;
            Engine engine = Engine.builder().compileThreads(3).build();
            assertThatThrownBy(() -> engine.compile("kit.wasm", invalid)).isInstanceOf(ModuleException.class);
        }
    }

    @Test
    void aModuleOfAnySizeComesOutTheSameByTheEngine() {
        byte[] bytes = Guests.bytes("go/kit");
        Module one = Engine.builder().compileThreads(1).build().compile("kit.wasm", bytes);
        Module four = Engine.builder().compileThreads(4).build().compile("kit.wasm", bytes);
        assertThat(four.largeFunctions()).isEqualTo(one.largeFunctions());
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

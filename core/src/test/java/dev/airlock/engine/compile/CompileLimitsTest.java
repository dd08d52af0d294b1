package dev.airlock.engine.compile;

import static dev.airlock.engine.validate.ModuleBytes.all;
import static dev.airlock.engine.validate.ModuleBytes.bytes;
import static dev.airlock.engine.validate.ModuleBytes.function;
import static dev.airlock.engine.validate.ModuleBytes.number;
import static dev.airlock.engine.validate.ModuleBytes.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.engine.Engine;
import dev.airlock.engine.validate.ModuleBytes;
import dev.airlock.error.LimitException;
import dev.airlock.error.ModuleException;
import dev.airlock.limit.CompileLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a compilation may take: time, generated code, locals; and that it can be interrupted. */
@Timeout(10)
class CompileLimitsTest {
    private static final int I32 = 0x7F;

    /** Functions of many additions. */
    private static byte[] large(int functions) {
        var module = new ModuleBytes().type(function(0, 0));
        byte[] body = all(bytes(1, 1, I32), times(25_000, 0x20, 0, 0x41, 1, 0x6A, 0x21, 0), bytes(0x0B));
        for (int i = 0; i < functions; i++) {
            module.code(0, body);
        }
        return module.module();
    }

    private static LimitException over(CompileLimits limits, byte[] module) {
        Engine engine = Engine.builder().compileLimits(limits).build();
        LimitException over = catchThrowableOfType(LimitException.class, () -> engine.compile("greedy.wasm", module));
        assertThat(over.kind()).isEqualTo(LimitException.Kind.COMPILATION);
        return over;
    }

    @Test
    void timeIsLimited() {
        LimitException over = over(CompileLimits.defaults().time(Duration.ofMillis(1)), large(40));
        assertThat(over.getMessage()).contains("greedy.wasm");
        assertThat(over.value()).isEqualTo(1);
        assertThat(over.asked()).isGreaterThan(1);
    }

    @Test
    void theGeneratedCodeIsLimited() {
        byte[] module = large(1);
        LimitException over = over(CompileLimits.defaults().codeBytes(10_000), module);
        assertThat(over.getMessage()).contains("greedy.wasm");
        assertThat(over.value()).isEqualTo(10_000);
        Engine.builder()
                .compileLimits(CompileLimits.defaults().codeBytes(1 << 20))
                .build()
                .compile("greedy.wasm", module);
    }

    // A function is refused while it is made: not all of its code has to be made before.
    @Test
    void theGeneratedCodeIsCountedWithinAFunction() {
        LimitException over = over(CompileLimits.defaults().codeBytes(20_000), large(1));
        assertThat(over.asked()).isLessThan(100_000);
    }

    // 250 stores are near HotSpot's limit, so they are compiled in more than one way; one of these is kept.
    @Test
    void codeThatIsOnlyTriedDoesNotCount() {
        byte[] module = new ModuleBytes()
                .type(function(2, 0))
                .middle(5, bytes(1, 0, 1))
                .code(0, bytes(0), times(250, 0x20, 0, 0x20, 1, 0x36, 2, 4), bytes(0x0B))
                .module();
        Engine.builder()
                .compileLimits(CompileLimits.defaults().codeBytes(10_000))
                .build()
                .compile("tried.wasm", module);
    }

    @Test
    void localsOfAFunctionAreLimited() {
        byte[] module = new ModuleBytes()
                .type(function(3, 0))
                .body(0, 0x0B)
                .code(0, bytes(1), number(98), bytes(I32, 0x0B))
                .module();
        LimitException over = over(CompileLimits.defaults().locals(100), module);
        assertThat(over.getMessage()).contains("function 1").contains("greedy.wasm");
        assertThat(over.value()).isEqualTo(100);
        assertThat(over.asked()).isEqualTo(101);
        Engine.builder()
                .compileLimits(CompileLimits.defaults().locals(101))
                .build()
                .compile("greedy.wasm", module);
    }

    // 8 bytes declare 50,000 locals, so 8 KB could declare 50 million.
    @Test
    void localsOfAllFunctionsAreLimited() {
        var module = new ModuleBytes().type(function(0, 0));
        for (int i = 0; i < 1_001; i++) {
            module.code(0, bytes(1), number(50_000), bytes(I32, 0x0B));
        }
        LimitException over = over(CompileLimits.defaults(), module.module());
        assertThat(over.getMessage()).contains("greedy.wasm");
        assertThat(over.value()).isEqualTo(50_000_000);
        assertThat(over.asked()).isEqualTo(50_050_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anInterruptEndsIt(int threads) throws InterruptedException {
        byte[] module = large(200);
        Engine engine = Engine.builder().compileThreads(threads).build();
        var thrown = new AtomicReference<Throwable>();
        var wasInterrupted = new AtomicReference<Boolean>();
        var thread = new Thread(() -> {
            try {
                for (int i = 0; i < 1_000; i++) {
                    engine.compile("greedy.wasm", module);
                }
            } catch (ModuleException e) {
                thrown.set(e);
                wasInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        Thread.sleep(200);
        thread.interrupt();
        thread.join(5_000);
        assertThat(thrown.get()).hasMessageContaining("greedy.wasm").hasMessageContaining("interrupted");
        assertThat(wasInterrupted.get()).as("the status stays set").isTrue();
    }

    @Test
    void aThreadThatIsInterruptedCompilesNothing() {
        Engine engine = Engine.create();
        byte[] module = large(1);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> engine.compile("greedy.wasm", module))
                    .isInstanceOf(ModuleException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(engine.compile("greedy.wasm", module)).isNotNull();
    }
}

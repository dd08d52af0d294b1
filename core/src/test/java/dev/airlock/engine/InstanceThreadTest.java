package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.Trap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InstanceThreadTest {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    /** Its function enter() waits for {@link #release} in the host. */
    private Instance waiting() {
        return new Linker()
                .function("env", "block", Block.class, () -> {
                    inside.countDown();
                    release.await();
                })
                .instantiate(Guests.module("wat/threadsafe"));
    }

    private interface Block {
        void call() throws Exception;
    }

    /** A thread that runs something, and keeps what that threw. */
    private static final class Other {
        private final Thread thread;
        private final AtomicReference<Throwable> thrown = new AtomicReference<>();

        Other(String name, Runnable body) {
            thread = new Thread(
                    () -> {
                        try {
                            body.run();
                        } catch (Throwable e) {
                            thrown.set(e);
                        }
                    },
                    name);
            thread.setDaemon(true);
            thread.start();
        }

        Throwable join() throws InterruptedException {
            thread.join();
            return thrown.get();
        }
    }

    @Test
    void aSecondThreadIsRefusedAndTheFirstGoesOnUnharmed() throws InterruptedException {
        Instance instance = waiting();
        Other first = new Other("first", instance.function("enter", Runnable.class));
        inside.await();
        IntSupplier plain = instance.function("plain", IntSupplier.class);
        String refusal =
                "thread \"second\" cannot enter an instance of threadsafe.wasm while thread \"first\" is in it:"
                        + " an instance belongs to one thread at a time; for several threads make a pool,"
                        + " by guest.pooled(…)";
        Throwable typed = new Other("second", plain::getAsInt).join();
        assertThat(typed).isInstanceOf(InstanceStateException.class).hasMessage(refusal);
        Throwable raw = new Other("second", () -> instance.function("plain").call()).join();
        assertThat(raw).isInstanceOf(InstanceStateException.class).hasMessage(refusal);

        release.countDown();
        assertThat(first.join()).isNull();
        assertThat(plain.getAsInt()).as("the refusal left no trace").isEqualTo(1);
        assertThat(new Other("second", plain::getAsInt).join()).isNull();
    }

    @Test
    void closingIsRefusedWhileAThreadIsIn() throws InterruptedException {
        Instance instance = waiting();
        Other first = new Other("first", instance.function("enter", Runnable.class));
        inside.await();
        assertThatThrownBy(instance::close)
                .isInstanceOf(InstanceStateException.class)
                .hasMessage("an instance of threadsafe.wasm cannot be closed while thread \"first\" is in it");
        release.countDown();
        assertThat(first.join()).as("it is still open for the thread inside").isNull();
        assertThat(instance.function("plain").call()).as("and for others").containsExactly(1);
        instance.close();
        assertThatThrownBy(() -> instance.function("plain").call()).isInstanceOf(InstanceStateException.class);
    }

    @Test
    void closingFromWithinIsRefused() {
        var refusal = new AtomicReference<Throwable>();
        Instance instance = new Linker()
                .function("env", "block", (Caller caller) -> {
                    try {
                        caller.instance().close();
                    } catch (InstanceStateException e) {
                        refusal.set(e);
                    }
                })
                .instantiate(Guests.module("wat/threadsafe"));
        instance.function("enter").call();
        assertThat(refusal.get())
                .hasMessage("an instance of threadsafe.wasm cannot be closed while thread \""
                        + Thread.currentThread().getName() + "\" is in it");
        assertThat(instance.function("plain").call()).containsExactly(1);
    }

    @Test
    void closingTwiceDoesNoHarm() {
        Instance instance = waiting();
        instance.close();
        instance.close();
        IntSupplier plain = instance.function("plain", IntSupplier.class);
        assertThatThrownBy(plain::getAsInt)
                .isInstanceOf(InstanceStateException.class)
                .hasMessage("this instance of threadsafe.wasm cannot be entered: it is closed");
        assertThatThrownBy(() -> instance.function("plain").call())
                .isInstanceOf(InstanceStateException.class)
                .hasMessage("this instance of threadsafe.wasm cannot be entered: it is closed");
    }

    @Test
    void aClosedInstanceThatTrappedBeforeSaysSo() {
        Instance traps = Guests.instance("wat/traps");
        assertThatThrownBy(() -> traps.function("divide").call(1, 0)).isInstanceOf(Trap.class);
        traps.close();
        assertThatThrownBy(() -> traps.function("divide").call(1, 1))
                .isInstanceOf(InstanceStateException.class)
                .hasMessage("this instance of traps.wasm cannot be entered: it trapped before:"
                        + " integer divide by zero, in divide of traps.wasm");
    }

    @Test
    void memoryCanStillBeReadAfterClosing() {
        Instance start = Guests.instance("wat/start");
        start.close();
        assertThat(start.memory().readInt(0)).isEqualTo(7);
    }

    @Test
    void aRefusalOfAClosedInstanceDoesNotKeepOthersOut() throws InterruptedException {
        Instance instance = waiting();
        instance.close();
        for (String name : List.of("one", "two")) {
            assertThat(new Other(name, instance.function("plain", IntSupplier.class)::getAsInt).join())
                    .as(name)
                    .hasMessage("this instance of threadsafe.wasm cannot be entered: it is closed");
        }
        instance.close();
    }

    @Test
    void theSameThreadMayEnterAgainFromAHostFunction() {
        var depth = new AtomicInteger();
        Instance instance = new Linker()
                .function("env", "block", (Caller caller) -> {
                    assertThat(caller.function("plain").call()).containsExactly(1);
                    if (depth.incrementAndGet() < 50) {
                        caller.instance().function("enter", Runnable.class).run();
                    }
                })
                .instantiate(Guests.module("wat/threadsafe"));
        instance.function("enter", Runnable.class).run();
        assertThat(depth).hasValue(50);
        assertThat(instance.function("plain").call()).containsExactly(1);
    }

    @Test
    void theOuterCallKeepsOthersOutAfterAnInnerOneHasEnded() throws InterruptedException {
        Instance instance = new Linker()
                .function("env", "block", Reentry.class, caller -> {
                    caller.function("plain").call();
                    inside.countDown();
                    release.await();
                })
                .instantiate(Guests.module("wat/threadsafe"));
        Other first = new Other("first", instance.function("enter", Runnable.class));
        inside.await();
        assertThatThrownBy(() -> instance.function("plain").call())
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("while thread \"first\" is in it");
        release.countDown();
        assertThat(first.join()).isNull();
    }

    private interface Reentry {
        void call(Caller caller) throws Exception;
    }

    @Test
    void whatAHostFunctionThrewFurtherInMayBeSwallowed() {
        Instance callback = new Linker()
                .function("env", "callback", (Caller caller, int x) -> {
                    try {
                        caller.function("exit").call(1);
                    } catch (Trap expected) {
                        return 5;
                    }
                    return 6;
                })
                .function("wasi_snapshot_preview1", "proc_exit", (IntConsumer) code -> {
                    throw new IllegalStateException("no exit here");
                })
                .instantiate(Guests.module("wat/callback"));
        assertThat(callback.function("call").call(1))
                .as("the call that was under way")
                .containsExactly(5);
        assertThat(callback.function("call").call(1)).as("the guest goes on").containsExactly(5);
        assertThatThrownBy(() -> callback.function("exit").call(1))
                .as("out of the outermost call")
                .isInstanceOf(Trap.class);
        assertThatThrownBy(() -> callback.function("call").call(1))
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("it trapped before: host function wasi_snapshot_preview1.proc_exit threw"
                        + " IllegalStateException: no exit here, in exit");
    }

    @Test
    void anInstanceIsHandedFromThreadToThread() throws InterruptedException {
        Instance instance = Guests.instance("wat/memory");
        for (int i = 0; i < 20; i++) {
            int mine = i;
            Throwable thrown = new Other("thread " + i, () -> {
                        int before = (int) instance.function("i32_load").call(0)[0];
                        assertThat(before).isEqualTo(mine);
                        instance.function("i32_store").call(0, before + 1);
                    })
                    .join();
            assertThat(thrown).isNull();
        }
        assertThat(instance.memory().readInt(0)).isEqualTo(20);
    }

    /** Each call adds one by several steps, so that two threads inside at once would lose some. */
    @Test
    void manyThreadsEachEitherWorkOrAreRefused() throws Exception {
        var entered = new AtomicInteger();
        Instance counter = new Linker()
                .function("env", "callback", (Caller caller, int x) -> {
                    if (entered.incrementAndGet() != 1) {
                        throw new IllegalStateException("two are inside");
                    }
                    int before = caller.memory().readInt(0);
                    Thread.yield();
                    caller.memory().writeInt(0, before + x);
                    entered.decrementAndGet();
                    return before;
                })
                .function("wasi_snapshot_preview1", "proc_exit", (int code) -> {})
                .instantiate(Guests.module("wat/callback"));
        IntUnaryOperator typed = counter.function("call", IntUnaryOperator.class);
        Func raw = counter.function("call");
        int threads = 8;
        var start = new CyclicBarrier(threads);
        var worked = new AtomicInteger();
        var refused = new AtomicInteger();
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                boolean useTyped = t % 2 == 0;
                tasks.add(() -> {
                    start.await();
                    for (int i = 0; i < 3000; i++) {
                        try {
                            if (useTyped) {
                                typed.applyAsInt(1);
                            } else {
                                raw.call(1);
                            }
                            worked.incrementAndGet();
                        } catch (InstanceStateException e) {
                            assertThat(e.getMessage())
                                    .contains(
                                            "cannot enter an instance of callback.wasm while thread",
                                            "is in it: an instance belongs to one thread at a time");
                            refused.incrementAndGet();
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(worked.get() + refused.get()).isEqualTo(threads * 3000);
        assertThat(worked.get()).isPositive();
        assertThat(counter.memory().readInt(0)).isEqualTo(worked.get());
        assertThat(raw.call(0)).containsExactly(worked.get());
    }

    @Test
    void callsAndClosesAtOnceEndInAClosedInstance() throws Exception {
        var pool = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 200; round++) {
                Instance instance = Guests.instance("wat/numbers");
                Func add = instance.function("add");
                var start = new CyclicBarrier(2);
                Future<Integer> calls = pool.submit(() -> {
                    start.await();
                    int good = 0;
                    for (int i = 0; i < 50; i++) {
                        try {
                            assertThat(add.call(i, 1)).containsExactly(i + 1);
                            good++;
                        } catch (InstanceStateException e) {
                            assertThat(e.getMessage()).containsAnyOf("it is closed", "is in it");
                        }
                    }
                    return good;
                });
                Future<Integer> closes = pool.submit(() -> {
                    start.await();
                    for (int tries = 0; ; tries++) {
                        try {
                            instance.close();
                            return tries;
                        } catch (InstanceStateException e) {
                            assertThat(e.getMessage()).contains("cannot be closed while thread");
                        }
                    }
                });
                assertThat(closes.get()).isNotNegative();
                assertThat(calls.get()).isBetween(0, 50);
                assertThatThrownBy(() -> add.call(1, 1)).hasMessageContaining("it is closed");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aFunctionOfABusyProviderIsATrapOfTheCaller() throws InterruptedException {
        Instance provider = waiting();
        Other first = new Other("first", provider.function("enter", Runnable.class));
        inside.await();
        Instance guest = new Linker()
                .function("env", "callback", (Caller caller, int x) ->
                        (int) provider.function("plain").call()[0])
                .function("wasi_snapshot_preview1", "proc_exit", (int code) -> {})
                .instantiate(Guests.module("wat/callback"));
        assertThatThrownBy(() -> guest.function("call").call(1))
                .isInstanceOf(Trap.class)
                .hasMessageStartingWith("host function env.callback threw InstanceStateException: thread \"")
                .hasMessageContaining("cannot enter an instance of threadsafe.wasm while thread \"first\" is in it")
                .hasCauseInstanceOf(InstanceStateException.class);
        release.countDown();
        assertThat(first.join()).isNull();
        assertThat(provider.function("plain").call()).as("the provider is well").containsExactly(1);
    }
}

package dev.airlock.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.wasi.FolderRules;
import dev.airlock.wasi.WasiCtx;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {
    private static final long SECRET = 0x0123_4567_89ab_cdefL;

    private final CoreGuest state = Airlock.openModule(Guests.file("wat/state"));

    @AfterEach
    void close() {
        state.close();
    }

    /** See guests/wat/state.wat. */
    private interface State {
        void fill(long secret);

        int found(int segments);

        int add(int a, int b);

        int grow(int pages);

        void trap();
    }

    private interface Secrets {
        void keep(long secret);

        int hold();

        int find(long secret);
    }

    private interface Greeter {
        String greet(String name);

        int live();

        default String greetTwice(String name) {
            return greet(name) + greet(name);
        }
    }

    /** Has its guest wait in the host. */
    private interface Blocking {
        void enter();

        int plain();
    }

    // What a call finds.

    @Test
    void noCallFindsWhatAnotherLeft() {
        State api = state.pooled(PoolOptions.size(1)).as(State.class);
        for (int i = 0; i < 10; i++) {
            assertThat(api.found(1)).as("call %d", i).isZero();
            api.fill(SECRET);
        }
    }

    @Test
    void noCallFindsWhatAnotherLeftInTheLibraryOfCAndInWasi(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("note.txt"), "a note");
        WasiCtx ctx = WasiCtx.builder()
                .preopenedDir(folder, "/data", FolderRules.forReading())
                .build();
        try (Guest guest = Airlock.open(Guests.file("c/secrets")).wasi(ctx)) {
            Pool pool = guest.pooled(PoolOptions.size(1));
            Secrets api = pool.as(Secrets.class);
            for (int i = 0; i < 3; i++) {
                api.keep(SECRET);
                assertThat(api.hold()).as("the lowest number is free").isEqualTo(4);
                assertThat(api.find(SECRET)).isZero();
            }
            int found = pool.with(Secrets.class, one -> {
                one.keep(SECRET);
                one.hold();
                return one.find(SECRET);
            });
            assertThat(found).as("within one loan it finds them all").isEqualTo(63);
            assertThat(api.find(SECRET)).isZero();
            assertThat(pool.figures().created()).isEqualTo(1);
        }
    }

    @Test
    void stateIsKeptWhereThatIsAskedFor() {
        Pool pool = state.pooled(PoolOptions.size(1).keepingState());
        State api = pool.as(State.class);
        api.fill(SECRET);
        assertThat(api.found(0)).isEqualTo(31);
        assertThat(pool.figures().resets()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachCallStartsWithTheStateAfterTheWarmUp(boolean keeps) {
        PoolOptions options = PoolOptions.size(2)
                .warmUp(State.class, api -> assertThat(api.grow(2)).isEqualTo(2));
        Pool pool = state.pooled(keeps ? options.keepingState() : options);
        State api = pool.as(State.class);
        assertThat(api.grow(0)).isEqualTo(4);
        assertThat(pool.<State, Integer>with(State.class, one -> api.grow(0)))
                .as("by a second instance")
                .isEqualTo(4);
        assertThat(pool.figures().created()).isEqualTo(2);
    }

    // Instances that come to an end.

    @Test
    void aTrappedInstanceIsReplaced() {
        Pool pool = state.pooled(PoolOptions.size(1));
        State api = pool.as(State.class);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(api::trap).isInstanceOf(Trap.class);
            assertThat(api.found(1)).isZero();
        }
        PoolFigures figures = pool.figures();
        assertThat(figures.evicted()).isEqualTo(3);
        assertThat(figures.created()).isEqualTo(4);
        assertThat(figures.idle()).isEqualTo(1);
        assertThat(figures.inUse()).isZero();
    }

    @Test
    void anInstanceThatCannotBeCreatedFailsAndLeavesRoom() {
        AtomicInteger made = new AtomicInteger();
        Guest guest = state.linking(linker -> {});
        PoolOptions options = PoolOptions.size(1).keepingState().warmUp(State.class, api -> {
            if (made.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("not this time");
            }
        });
        Pool pool = guest.pooled(options);
        assertThatThrownBy(() -> pool.as(State.class)).hasMessage("not this time");
        assertThat(pool.figures().inUse()).isZero();
        assertThat(pool.as(State.class).add(1, 2)).isEqualTo(3);
    }

    @Test
    void afterATrapABorrowedInstanceSaysWhichItWas() {
        Pool pool = state.pooled(PoolOptions.size(1));
        pool.with(State.class, one -> {
            Throwable first = catchThrowable(one::trap);
            assertThat(first).isInstanceOf(Trap.class);
            assertThatThrownBy(() -> one.add(1, 2))
                    .isInstanceOf(InstanceStateException.class)
                    .hasCause(first);
            return 0;
        });
        assertThat(pool.as(State.class).add(1, 2)).as("another instance").isEqualTo(3);
    }

    @Test
    void closingRefusesAndCloses() {
        Pool pool = state.pooled(PoolOptions.size(2));
        State api = pool.as(State.class);
        int sum = pool.with(State.class, one -> {
            pool.close();
            assertThatThrownBy(() -> api.add(1, 2))
                    .isInstanceOf(InstanceStateException.class)
                    .hasMessage("the pool of state.wasm is closed");
            return one.add(1, 2);
        });
        assertThat(sum).as("who is in a call ends it").isEqualTo(3);
        PoolFigures figures = pool.figures();
        assertThat(figures.idle() + figures.inUse()).as("instances left").isZero();
        pool.close();
    }

    @Test
    void closingTheGuestClosesItsPools() {
        State api = state.pooled(PoolOptions.size(2)).as(State.class);
        state.close();
        assertThatThrownBy(() -> api.add(1, 2)).hasMessage("the pool of state.wasm is closed");
        assertThatThrownBy(() -> state.pooled(PoolOptions.size(2))).hasMessage("the guest state.wasm is closed");
    }

    // Waiting.

    private static Guest blocking(CountDownLatch in, CountDownLatch out) {
        return Airlock.openModule(Guests.file("wat/threadsafe"))
                .linking(linker -> linker.function("env", "block", Runnable.class, () -> {
                    in.countDown();
                    try {
                        if (!out.await(60, TimeUnit.SECONDS)) {
                            throw new IllegalStateException("it was not let go on");
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
    }

    @Test
    void aCallWaitsForAnInstanceAtMostTheMaximumTime() throws Exception {
        var in = new CountDownLatch(1);
        var out = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Guest guest = blocking(in, out)) {
            Pool pool = guest.pooled(PoolOptions.size(1).maxWait(Duration.ofMillis(50)));
            Blocking api = pool.as(Blocking.class);
            Future<?> first = threads.submit(api::enter);
            assertThat(in.await(60, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(api::plain).isInstanceOfSatisfying(LimitException.class, e -> {
                assertThat(e.kind()).isEqualTo(LimitException.Kind.POOL);
                assertThat(e.value()).isEqualTo(50);
                assertThat(e.asked()).isGreaterThanOrEqualTo(50);
                assertThat(e)
                        .hasMessage("no instance of threadsafe.wasm was free in the 50 ms that a call waits: it waited "
                                + e.asked() + " ms, 1 of at most 1 is in use, and 0 other calls wait");
            });
            PoolFigures figures = pool.figures();
            assertThat(figures.inUse()).isEqualTo(1);
            assertThat(figures.timeouts()).isEqualTo(1);
            assertThat(figures.waits()).isEqualTo(1);
            assertThat(figures.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(50));

            Pool patient = guest.pooled(PoolOptions.size(1).maxWait(Duration.ofSeconds(Long.MAX_VALUE)));
            Blocking other = patient.as(Blocking.class);
            var twoIn = new CountDownLatch(1);
            Future<Integer> second = threads.submit(() -> {
                twoIn.countDown();
                return patient.with(Blocking.class, one -> {
                    one.enter();
                    return one.plain();
                });
            });
            assertThat(twoIn.await(60, TimeUnit.SECONDS)).isTrue();
            while (patient.figures().inUse() == 0) {
                Thread.onSpinWait();
            }
            Future<Integer> third = threads.submit(other::plain);
            while (patient.figures().waiting() == 0) {
                Thread.onSpinWait();
            }
            out.countDown();
            assertThat(third.get(60, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(1);
            first.get(60, TimeUnit.SECONDS);
            assertThat(patient.figures().created()).isEqualTo(1);
            assertThat(api.plain()).as("who waited in vain may try again").isEqualTo(1);
            assertThat(pool.figures().evicted()).isZero();
        } finally {
            out.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void waitingCallsFailWhenThePoolIsClosed() throws Exception {
        var in = new CountDownLatch(1);
        var out = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Guest guest = blocking(in, out)) {
            Pool pool = guest.pooled(PoolOptions.size(1));
            Blocking api = pool.as(Blocking.class);
            Future<?> first = threads.submit(api::enter);
            assertThat(in.await(60, TimeUnit.SECONDS)).isTrue();
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(threads.submit(api::plain));
            }
            while (pool.figures().waiting() < 3) {
                Thread.onSpinWait();
            }
            pool.close();
            for (Future<Integer> one : waiting) {
                assertThatThrownBy(() -> one.get(60, TimeUnit.SECONDS))
                        .hasRootCauseMessage("the pool of threadsafe.wasm is closed");
            }
            out.countDown();
            first.get(60, TimeUnit.SECONDS);
            assertThat(pool.figures().inUse()).isZero();
        } finally {
            out.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void anInterruptEndsTheWaitAndNoInstanceIsLost() throws Exception {
        var in = new CountDownLatch(1);
        var out = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Guest guest = blocking(in, out)) {
            Pool pool = guest.pooled(PoolOptions.size(1));
            Blocking api = pool.as(Blocking.class);
            Future<?> first = threads.submit(api::enter);
            assertThat(in.await(60, TimeUnit.SECONDS)).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(api::plain)
                    .isInstanceOf(InstanceStateException.class)
                    .hasMessageContaining("interrupted while waiting");
            assertThat(Thread.interrupted()).as("the interrupt flag").isTrue();
            out.countDown();
            first.get(60, TimeUnit.SECONDS);
            assertThat(api.plain()).isEqualTo(1);
        } finally {
            out.countDown();
            threads.shutdownNow();
        }
    }

    // Many threads.

    private void hammer(ExecutorService threads, int tasks, int size, int calls) throws Exception {
        Pool pool = state.pooled(PoolOptions.size(size));
        State api = pool.as(State.class);
        var start = new CyclicBarrier(tasks);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            int number = task;
            work.add(() -> {
                start.await();
                int found = 0;
                for (int i = 0; i < calls; i++) {
                    if (i % 5 == 4) {
                        found |= api.found(1);
                    } else {
                        api.fill(number * 1_000L + i);
                    }
                    if (i % 50 == 49) {
                        assertThatThrownBy(api::trap).isInstanceOf(Trap.class);
                    }
                }
                return found;
            });
        }
        for (Future<Integer> result : threads.invokeAll(work)) {
            assertThat(result.get()).isZero();
        }
        PoolFigures figures = pool.figures();
        assertThat(figures.inUse()).isZero();
        assertThat(figures.waiting()).isZero();
        assertThat(figures.evicted()).isEqualTo((long) tasks * (calls / 50));
        assertThat(figures.created() - figures.evicted()).isBetween(0L, (long) size);
        assertThat(figures.calls()).isEqualTo((long) tasks * (calls + calls / 50) + 1);
        assertThat(figures.resets()).isEqualTo(figures.calls() - figures.evicted());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void manyPlatformThreads(int size) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            hammer(threads, 8, size, 300);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void manyVirtualThreads(int size) throws Exception {
        ExecutorService threads = virtualThreads();
        try {
            hammer(threads, 64, size, 100);
        } finally {
            threads.shutdownNow();
        }
    }

    /** From JDK 21 on. */
    private static ExecutorService virtualThreads() throws Exception {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | InvocationTargetException e) {
            Assumptions.abort("this JDK has no virtual threads");
            throw e;
        }
    }

    /** More virtual threads wait in their host than there are carriers: were those pinned, the last would never get in. */
    @Test
    void virtualThreadsThatWaitInTheHostLeaveTheirCarriers() throws Exception {
        int calls = 4 * Runtime.getRuntime().availableProcessors() + 4;
        var in = new CountDownLatch(calls);
        var out = new CountDownLatch(1);
        ExecutorService threads = virtualThreads();
        try (Guest guest = blocking(in, out)) {
            Blocking api = guest.pooled(PoolOptions.size(calls)).as(Blocking.class);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                running.add(threads.submit(api::enter));
            }
            assertThat(in.await(60, TimeUnit.SECONDS)).as("all are in").isTrue();
            out.countDown();
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            out.countDown();
            threads.shutdownNow();
        }
    }

    // Interfaces.

    @Test
    void stringsCrossAsTheyDoWithoutAPool() {
        try (Guest guest = Airlock.open(Guests.file("rust/kit")).unknownImportsAsTraps()) {
            Pool pool = guest.pooled(PoolOptions.size(2));
            Greeter greeter = pool.as(Greeter.class);
            assertThat(greeter.greet("Ada")).isEqualTo("Hello, Ada!");
            assertThat(greeter.greetTwice("Ö")).isEqualTo("Hello, Ö!Hello, Ö!");
            assertThat(greeter.live()).isZero();
            assertThat(greeter).hasToString("Greeter by " + pool).isEqualTo(greeter);
            assertThat(pool)
                    .hasToString(
                            "pool of kit.wasm: at most 2 instances, calls wait up to 30000 ms, state is reset after"
                                    + " each call");
        }
    }

    @Test
    void closeOfAnInterfaceClosesThePool() throws Exception {
        interface Closing extends AutoCloseable {
            int add(int a, int b);
        }
        Pool pool = state.pooled(PoolOptions.defaults());
        try (Closing api = pool.as(Closing.class)) {
            assertThat(api.add(1, 2)).isEqualTo(3);
        }
        assertThatThrownBy(() -> pool.as(State.class)).hasMessage("the pool of state.wasm is closed");
    }

    @Test
    void aMismatchIsReportedWhenTheInterfaceIsBound() {
        interface Other {
            String subtract(int a);
        }
        Pool pool = state.pooled(PoolOptions.size(1));
        assertThatThrownBy(() -> pool.as(Other.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("the guest exports no function subtract");
        assertThat(pool.as(State.class).add(1, 2)).isEqualTo(3);
    }

    @Test
    void stateThatCannotBeCapturedIsReportedWhenThePoolIsCreated() {
        try (Guest guest = Airlock.open(Guests.file("wat/atomics"))) {
            assertThatThrownBy(() -> guest.pooled(PoolOptions.size(1)))
                    .isInstanceOf(InstanceStateException.class)
                    .hasMessageContaining("it has a memory that threads share");
            guest.pooled(PoolOptions.size(1).keepingState());
        }
    }

    @Test
    void aProgramNeedsNone() {
        try (Guest guest = Airlock.open(Guests.file("c/echo"))) {
            assertThatThrownBy(() -> guest.pooled(PoolOptions.size(1)))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("echo.wasm is a program");
        }
    }

    @Test
    void optionsSayWhatTheyCannotBe() {
        assertThatThrownBy(() -> PoolOptions.size(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolOptions.size(1).maxWait(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

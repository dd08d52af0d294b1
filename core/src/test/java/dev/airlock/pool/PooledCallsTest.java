package dev.airlock.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.Airlock;
import dev.airlock.CoreGuest;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.LinkException;
import dev.airlock.error.SignatureException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.limit.CallOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls by way of a pool: in the threads of an executor, with options, in instances that were made ahead. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PooledCallsTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(1);
    private final CountDownLatch inside = new CountDownLatch(1);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    interface Greeter {
        CompletableFuture<String> greet(String name);

        String echo(String text);
    }

    interface Plain {
        String greet(String name);
    }

    interface Runaway {
        CompletableFuture<Integer> quick();

        CompletableFuture<Void> spin();

        CompletableFuture<Integer> hostOnce(int x);
    }

    interface Blocking {
        int quick();

        void spin();
    }

    private CoreGuest runaway() {
        return Airlock.openModule(Guests.file("wat/runaway"))
                .linking(linker -> linker.function("env", "call", (IntUnaryOperator) x -> {
                    inside.countDown();
                    try {
                        Thread.sleep(100);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return x;
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c/kit", "components/c/kit"})
    void aMethodThatReturnsAFutureCallsInAThreadOfTheExecutor(String file) throws Exception {
        try (Guest guest = Airlock.open(Guests.file(file)).unknownImportsAsTraps()) {
            Pool pool = guest.pooled(PoolOptions.size(2));
            Greeter greeter = pool.as(Greeter.class, executor);
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(greeter.greet("Ada " + i));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(answers.get(i).get()).isEqualTo("Hello, Ada " + i + "!");
            }
            assertThat(greeter.echo("here")).as("in the caller's thread").isEqualTo("here");
            assertThatThrownBy(() -> greeter.greet(null).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ValueException.class);
            assertThat(pool.figures().inUse()).isZero();
        }
    }

    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    interface Division {
        CompletableFuture<Integer> divide(int a, int b) throws Refusal;
    }

    @Test
    void theErrorOfAResultCompletesTheFuture() throws Exception {
        try (Guest guest = Airlock.open(Guests.file("components/c/kit")).unknownImportsAsTraps()) {
            Division division = guest.pooled(PoolOptions.size(1)).as(Division.class, executor);
            assertThat(division.divide(7, 2).get()).isEqualTo(3);
            CompletableFuture<Integer> failed = division.divide(7, 0);
            assertThatThrownBy(failed::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(Refusal.class);
        }
    }

    @Test
    void cancellingInterruptsTheCall() throws Exception {
        try (Guest guest = runaway()) {
            Pool pool = guest.pooled(PoolOptions.size(1));
            Runaway api = pool.as(Runaway.class, executor);
            CompletableFuture<Void> endless = api.spin();
            while (pool.figures().inUse() == 0) {
                Thread.sleep(1);
            }
            assertThat(endless.cancel(true)).isTrue();
            assertThatThrownBy(endless::join).isInstanceOf(CancellationException.class);
            assertThat(api.quick().get()).as("the thread and the pool go on").isEqualTo(42);
            assertThat(executor.submit(Thread::interrupted).get())
                    .as("an interrupt is left")
                    .isFalse();
            assertThat(pool.figures().evicted()).isEqualTo(1);
        }
    }

    @Test
    void cancellingWithoutInterruptingLeavesTheCall() throws Exception {
        try (Guest guest = runaway()) {
            Pool pool = guest.pooled(PoolOptions.size(1));
            CompletableFuture<Integer> running =
                    pool.as(Runaway.class, executor).hostOnce(1);
            inside.await();
            assertThat(running.cancel(false)).isTrue();
            executor.shutdown();
            assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(pool.figures().evicted()).isZero();
        }
    }

    @Test
    void aCallThatIsCancelledBeforeItBeginsNeverRuns() throws Exception {
        var blocked = new CountDownLatch(1);
        executor.submit(() -> {
            blocked.await();
            return 0;
        });
        try (Guest guest = runaway()) {
            Pool pool = guest.pooled(PoolOptions.size(1));
            Runaway api = pool.as(Runaway.class, executor);
            long before = pool.figures().calls();
            assertThat(api.spin().cancel(true)).isTrue();
            blocked.countDown();
            assertThat(api.quick().get()).isEqualTo(42);
            assertThat(pool.figures().calls() - before).isEqualTo(1);
        }
    }

    @Test
    void aTimeoutHoldsForCallsInOtherThreads() {
        try (Guest guest = runaway()) {
            Pool pool = guest.pooled(PoolOptions.size(1));
            CompletableFuture<Void> endless = pool.as(
                            Runaway.class, CallOptions.timeout(Duration.ofMillis(100)), executor)
                    .spin();
            assertThatThrownBy(endless::get).hasCauseInstanceOf(LimitException.class);
        }
    }

    @Test
    void futuresAreRefusedWithoutAnExecutor() {
        try (Guest guest = Airlock.open(Guests.file("c/kit")).unknownImportsAsTraps();
                Guest component = Airlock.open(Guests.file("components/c/kit")).unknownImportsAsTraps();
                Guest program = Airlock.open(Guests.file("c/echo"))) {
            String advice =
                    "Greeter.greet: it returns a CompletableFuture, and an instance belongs to one thread at a time:"
                            + " make a pool and give it threads, by guest.pooled(…).as(Greeter.class, executor)";
            for (Guest each : List.of(guest, component)) {
                Pool pool = each.pooled(PoolOptions.size(1));
                assertThatThrownBy(() -> pool.as(Greeter.class))
                        .isInstanceOf(SignatureException.class)
                        .hasMessage("Greeter.greet returns a CompletableFuture, and there are no threads to call it in:"
                                + " give the pool some, by as(Greeter.class, executor)");
                assertThatThrownBy(() -> pool.with(Greeter.class, greeter -> 0)).isInstanceOf(SignatureException.class);
                assertThat(pool.as(Greeter.class, executor)).isNotNull();
                assertThatThrownBy(() -> each.as(Greeter.class))
                        .as("although a pool has bound it")
                        .isInstanceOf(SignatureException.class)
                        .hasMessageContaining(advice);
                assertThatThrownBy(() -> pool.as(Plain.class, executor))
                        .isInstanceOf(SignatureException.class)
                        .hasMessageContaining("none of its methods returns a CompletableFuture");
            }
            assertThatThrownBy(() -> program.as(EchoLater.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("it returns a CompletableFuture, and a program has no pool");
        }
    }

    interface EchoLater {
        CompletableFuture<byte[]> echo(byte[] bytes);
    }

    interface Raw {
        @SuppressWarnings("rawtypes")
        CompletableFuture greet(String name);
    }

    @Test
    void aFutureOfNothingInParticularIsRefused() {
        try (Guest guest = Airlock.open(Guests.file("c/kit")).unknownImportsAsTraps()) {
            assertThatThrownBy(() -> guest.pooled(PoolOptions.size(1)).as(Raw.class, executor))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("CompletableFuture needs a type argument");
        }
    }

    @Test
    void theInterfacesOfAPoolHaveOptionsOfTheirOwn() {
        try (Guest guest = runaway()) {
            Pool pool = guest.pooled(PoolOptions.size(1));
            Blocking hurried = pool.as(Blocking.class, CallOptions.timeout(Duration.ofMillis(100)));
            Blocking patient = pool.as(Blocking.class, CallOptions.timeout(Duration.ofMinutes(5)));
            Blocking free = pool.as(Blocking.class);
            for (int i = 0; i < 3; i++) {
                assertThat(hurried.quick() + patient.quick() + free.quick()).isEqualTo(126);
                LimitException late = catchThrowableOfType(LimitException.class, hurried::spin);
                assertThat(late.value()).isEqualTo(100);
            }
            assertThat(hurried.quick()).isEqualTo(42);
            Thread caller = Thread.currentThread();
            executor.submit(() -> {
                Thread.sleep(400);
                caller.interrupt();
                return 0;
            });
            assertThat(catchThrowableOfType(Trap.class, free::spin).code())
                    .as("no timeout of another interface")
                    .isEqualTo(TrapCode.INTERRUPTED);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c/kit", "components/c/kit"})
    void instancesCanBeMadeAhead(String file) {
        try (Guest guest = Airlock.open(Guests.file(file)).unknownImportsAsTraps()) {
            assertThat(guest.pooled(PoolOptions.size(3)).figures().idle()).isZero();
            Pool two = guest.pooled(PoolOptions.size(3).prefill(2));
            assertThat(two.figures().idle()).isEqualTo(2);
            assertThat(two.figures().created()).isEqualTo(2);
            assertThat(two.as(Plain.class).greet("Ada")).isEqualTo("Hello, Ada!");
            assertThat(two.figures().created()).isEqualTo(2);
            Pool all = guest.pooled(PoolOptions.size(3).prefill().keepingState());
            assertThat(all.figures().idle()).isEqualTo(3);
            all.close();
            assertThat(all.figures().idle()).isZero();
        }
        assertThat(PoolOptions.size(2).prefill(1))
                .hasToString("at most 2 instances, calls wait up to 30000 ms, state is"
                        + " reset after each call, 1 made ahead");
        assertThatThrownBy(() -> PoolOptions.size(2).prefill(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pool of at most 2 cannot start with 3 instances");
    }

    @Test
    void aPrefillThatFailsFailsThePool() {
        var made = new int[1];
        Runnable third = () -> {
            made[0]++;
            if (made[0] > 2) {
                throw new LinkException("state.wasm", List.of("it is the third"));
            }
        };
        try (Guest guest = Airlock.open(Guests.file("wat/state"))) {
            PoolOptions options =
                    PoolOptions.size(4).keepingState().prefill().warmUp(Adder.class, adder -> third.run());
            assertThatThrownBy(() -> guest.pooled(options)).isInstanceOf(LinkException.class);
            assertThat(made[0]).isEqualTo(3);
        }
    }

    interface Adder {
        int add(int a, int b);
    }

    @Test
    void aClosedPoolFailsItsFutures() {
        try (Guest guest = runaway()) {
            Pool pool = guest.pooled(PoolOptions.size(1));
            Runaway api = pool.as(Runaway.class, executor);
            pool.close();
            assertThatThrownBy(() -> api.quick().get()).hasCauseInstanceOf(InstanceStateException.class);
        }
    }
}

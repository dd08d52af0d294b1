package dev.airlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.Guests;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.LimitException.Kind;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.Limits;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes too long ends, says so, and leaves its thread as it was. */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadlineTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    /** How long after its deadline a call may end in a test: others may be using this machine. */
    private static final long MARGIN_MILLIS = 1_000;

    private static Linker linker(Limits limits, Host.CallerInt1 call) {
        return new Linker().limits(limits).function("env", "call", call);
    }

    private static Instance runaway(Limits limits) {
        return linker(limits, (caller, x) -> x).instantiate(Guests.module("wat/runaway"));
    }

    private static Limits shortly() {
        return Limits.defaults().timeout(SHORT);
    }

    private static LimitException stopped(Instance instance, String function, long... args) {
        long start = System.nanoTime();
        LimitException late = catchThrowableOfType(
                LimitException.class, () -> instance.function(function).call(args));
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(late).as("%s was stopped", function).isNotNull();
        assertThat(late.kind()).isEqualTo(Kind.WALL_CLOCK);
        assertThat(late.value()).isEqualTo(SHORT.toMillis());
        assertThat(late.asked()).isBetween(late.value(), late.value() + MARGIN_MILLIS);
        assertThat(millis).isBetween(SHORT.toMillis(), SHORT.toMillis() + MARGIN_MILLIS);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(() -> instance.function(function).call(args))
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("cannot be entered: it was cut off before: over the limit of 100 ms of wall-clock"
                        + " time for a call");
        return late;
    }

    @ParameterizedTest
    @CsvSource({
        "spin,",
        "spin_if,1",
        "spin_table,1",
        "deep,100",
        "host_loop,1",
        "grow_forever,",
        "table_fill,",
        "table_copy,",
        "table_init,"
    })
    void aLoopWithoutEndEnds(String function, Integer arg) {
        Instance instance = runaway(shortly().memoryBytes(64 << 20));
        LimitException late = arg == null ? stopped(instance, function) : stopped(instance, function, arg);
        assertThat(late)
                .hasMessageMatching("over the limit of 100 ms of wall-clock time for a call: the guest was"
                        + " stopped after \\d+, in .* of runaway.wasm");
        assertThat(late.getStackTrace()[0].getClassName()).isEqualTo("wasm");
    }

    @ParameterizedTest
    @CsvSource({"fill,1,0,0", "copy,3,0,1", "copy,3,1,0"})
    void oneInstructionOnAllOfALargeMemoryEnds(String function, int count, long to, long from) {
        Instance instance = runaway(shortly());
        instance.memory().grow(8_000);
        if (count == 1) {
            stopped(instance, function, 1_000);
        } else {
            stopped(instance, function, to, from, 1_000);
        }
    }

    @Test
    void aFunctionThatIsTooLargeForOneMethodEnds() {
        Instance instance = new Linker().limits(shortly()).instantiate(Guests.module("wat/runaway-interpreted"));
        stopped(instance, "spin", 1);
    }

    /** A loop in which an endless loop stands in a try_table that catches all, in bytes: wabt knows the older form only. */
    @Test
    void aGuestThatCatchesAllCannotCatchItsEnd() {
        byte[] module = HexFormat.of()
                .parseHex(
                        "0061736d01000000" // header
                                + "010401600000" // a type: func
                                + "03020100" // a function of it
                                + "070c010873747562626f726e0000" // exported as "stubborn"
                                + "0a1701150003400240" // loop, block
                                + "1f40010200" // try_table, catch_all to the block
                                + "03400c000b" // loop, br 0, end
                                + "0b0b0c000b0b"); // end, end, br 0, end, end
        stopped(
                new Linker().limits(shortly()).instantiate(Engine.create().compile("stubborn.wasm", module)),
                "stubborn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"itself", "one"})
    void callsInThePlaceOfTheCallerEnd(String function) {
        stopped(new Linker().limits(shortly()).instantiate(Guests.module("wat/runaway-tail")), function);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wat/runaway-start", "wat/runaway-initialize"})
    void whatRunsAtTheStartEnds(String guest) {
        Linker linker = new Linker().limits(shortly());
        assertThatThrownBy(() -> linker.instantiate(Guests.module(guest)))
                .isInstanceOfSatisfying(
                        LimitException.class, late -> assertThat(late.kind()).isEqualTo(Kind.WALL_CLOCK));
    }

    @Test
    void aHostFunctionThatWaitsIsInterrupted() {
        var interrupted = new AtomicBoolean();
        Instance instance = linker(shortly(), (caller, x) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        throw new IllegalStateException(e);
                    }
                    return 0;
                })
                .instantiate(Guests.module("wat/runaway"));
        LimitException late = stopped(instance, "host_once", 1);
        assertThat(interrupted).isTrue();
        assertThat(late).hasMessageEndingWith("in host_once of runaway.wasm").hasCauseInstanceOf(Trap.class);
    }

    @Test
    void aHostFunctionThatGoesOnIsInterruptedAgain() {
        var interrupts = new AtomicInteger();
        Instance instance = linker(shortly(), (caller, x) -> {
                    while (interrupts.get() < 5) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupts.incrementAndGet();
                        }
                    }
                    return 0;
                })
                .instantiate(Guests.module("wat/runaway"));
        stopped(instance, "host_once", 1);
        assertThat(interrupts).hasValue(5);
    }

    @Test
    void aCallThatHasAResultByThenHasPassedItsLimitStill() {
        Instance instance = linker(shortly(), (caller, x) -> {
                    boolean woken = false;
                    while (!woken) {
                        woken = Thread.interrupted();
                        Thread.onSpinWait();
                    }
                    return 0;
                })
                .instantiate(Guests.module("wat/runaway"));
        stopped(instance, "host_once", 1);
    }

    @Test
    void aHostFunctionMayHoldBackWhatItsOwnCallThrew() {
        var inner = new AtomicReference<Throwable>();
        Instance instance = linker(shortly(), (caller, x) -> {
                    inner.set(catchThrowable(() -> caller.function("spin").call()));
                    return 0;
                })
                .instantiate(Guests.module("wat/runaway"));
        LimitException late = stopped(instance, "host_once", 1);
        assertThat(inner.get()).isInstanceOf(LimitException.class).isNotSameAs(late);
    }

    @Test
    void theInnerOfTwoGuestsMayHaveTheShorterLimit() {
        Instance inner = runaway(shortly());
        var thrown = new AtomicReference<LimitException>();
        Instance outer = linker(Limits.defaults().timeout(Duration.ofSeconds(30)), (caller, x) -> {
                    thrown.set(stopped(inner, "spin"));
                    return 7;
                })
                .instantiate(Guests.module("wat/runaway"));
        assertThat(outer.function("host_once").call(1)).containsExactly(7);
        assertThat(thrown.get()).isNotNull();
        assertThat(outer.function("quick").call()).containsExactly(42);
    }

    @Test
    void theOuterOfTwoGuestsMayHaveTheShorterLimit() {
        Instance inner = runaway(Limits.defaults().timeout(Duration.ofSeconds(30)));
        Instance outer = linker(shortly(), (caller, x) -> {
                    inner.function("spin").call();
                    return 0;
                })
                .instantiate(Guests.module("wat/runaway"));
        LimitException late = stopped(outer, "host_once", 1);
        assertThat(late.getCause())
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INTERRUPTED));
        assertThatThrownBy(() -> inner.function("quick").call()).hasMessageContaining("it trapped before: interrupted");
    }

    @Test
    void twoGuestsMayPassTheirLimitsAtOnce() {
        for (int i = 0; i < 10; i++) {
            Instance inner = runaway(shortly());
            Instance outer = linker(shortly(), (caller, x) -> {
                        inner.function("spin").call();
                        return 0;
                    })
                    .instantiate(Guests.module("wat/runaway"));
            stopped(outer, "host_once", 1);
        }
    }

    @Test
    void aFlagThatWasSetBeforeIsSetAfterwards() {
        Instance instance = linker(shortly(), (caller, x) -> {
                    long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    return 0;
                })
                .instantiate(Guests.module("wat/runaway"));
        Thread.currentThread().interrupt();
        Throwable thrown = catchThrowable(() -> instance.function("host_once").call(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOfAny(Trap.class, LimitException.class);
    }

    @Test
    void anInterruptOfSomebodyElseIsATrapAndStays() throws InterruptedException {
        Instance instance = runaway(Limits.defaults().timeout(Duration.ofSeconds(30)));
        var thrown = new AtomicReference<Throwable>();
        var flag = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            thrown.set(catchThrowable(() -> instance.function("spin").call()));
            flag.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        Thread.sleep(50);
        thread.interrupt();
        thread.join();
        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INTERRUPTED));
        assertThat(flag).isTrue();
    }

    @Test
    void aCallWithinItsLimitLeavesNothingBehind() throws InterruptedException {
        Instance instance = runaway(Limits.defaults().timeout(Duration.ofMillis(20)));
        for (int i = 0; i < 1_000; i++) {
            assertThat(instance.function("quick").call()).containsExactly(42);
        }
        // Time between calls does not count, nor does the watchdog's forgetting of an idle instance.
        for (long pause : new long[] {30, 90, 110, 250}) {
            Thread.sleep(pause);
            assertThat(instance.function("quick").call()).containsExactly(42);
        }
        assertThat(catchThrowable(() -> instance.function("spin").call())).isInstanceOf(LimitException.class);
    }

    /** Calls that last about as long as they may: whichever is first, watchdog or call, the other has to agree. */
    @Test
    void callsThatEndAtTheVeryMomentNeverLeakAnInterrupt() {
        int late = 0;
        int inTime = 0;
        for (int i = 0; i < 150; i++) {
            long nanos = Duration.ofMillis(4).toNanos() + i * 60_000L;
            Linker linker = linker(Limits.defaults().timeout(Duration.ofMillis(5)), (caller, x) -> {
                long end = System.nanoTime() + nanos;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return 1;
            });
            try {
                // On a busy machine this may be late as well.
                Instance instance = linker.instantiate(Guests.module("wat/runaway"));
                instance.function("host_once").call(1);
                inTime++;
                assertThat(instance.function("quick").call()).containsExactly(42);
            } catch (LimitException e) {
                late++;
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(late + inTime).isEqualTo(150);
    }

    @Test
    void callsInManyThreadsEndEachForItself() throws InterruptedException {
        var failures = new AtomicReference<Throwable>();
        Thread[] threads = new Thread[16];
        for (int i = 0; i < threads.length; i++) {
            boolean runsAway = i % 2 == 0;
            threads[i] = new Thread(() -> {
                try {
                    Instance instance = runaway(shortly());
                    if (runsAway) {
                        assertThat(catchThrowable(
                                        () -> instance.function("spin").call()))
                                .isInstanceOf(LimitException.class);
                    } else {
                        long end = System.nanoTime() + Duration.ofMillis(400).toNanos();
                        while (System.nanoTime() < end) {
                            assertThat(instance.function("quick").call()).containsExactly(42);
                            Thread.sleep(1);
                        }
                    }
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                } catch (Throwable e) {
                    failures.set(e);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures.get()).isNull();
    }

    @Test
    void aComponentEndsAsAWhole() throws Exception {
        Guest guest = Airlock.open(Guests.file("components/rust/kit"))
                .imports("demo:kit/host", new Object() {
                    @SuppressWarnings("unused")
                    String answer(String question) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return question;
                    }
                })
                .unknownImportsAsTraps()
                .limits(shortly());
        Asker asker = guest.as(Asker.class);
        LimitException late = catchThrowableOfType(LimitException.class, () -> asker.ask("why"));
        assertThat(late.kind()).isEqualTo(Kind.WALL_CLOCK);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(() -> asker.ask("why")).hasMessageContaining("it was cut off before: over the limit");
    }

    interface Asker {
        String ask(String question);
    }

    @Test
    void processorTimeIsALimitOfItsOwn() {
        Instance instance = linker(Limits.defaults().cpuTime(SHORT), (caller, x) -> {
                    try {
                        Thread.sleep(300);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return x;
                })
                .instantiate(Guests.module("wat/runaway"));
        assertThat(instance.function("host_once").call(5))
                .as("to wait takes no processor")
                .containsExactly(5);
        LimitException late = catchThrowableOfType(
                LimitException.class, () -> instance.function("spin").call());
        assertThat(late.kind()).isEqualTo(Kind.CPU_TIME);
        assertThat(late).hasMessageStartingWith("over the limit of 100 ms of processor time for a call: the guest was");
    }

    /** The JVM does not say how much of it a virtual thread uses, so there would be no limit at all. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadCannotEnterWithALimitOfProcessorTime() throws Exception {
        Instance instance = runaway(Limits.defaults().cpuTime(SHORT));
        var thrown = new AtomicReference<Throwable>();
        Thread virtual = (Thread) Thread.class
                .getMethod("startVirtualThread", Runnable.class)
                .invoke(null, (Runnable) () -> thrown.set(
                        catchThrowable(() -> instance.function("quick").call())));
        virtual.join();
        assertThat(thrown.get())
                .isInstanceOf(InstanceStateException.class)
                .hasMessageContaining("cannot enter a guest with a limit of processor time");
        assertThat(instance.function("quick").call())
                .as("a platform thread still may")
                .containsExactly(42);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadIsStoppedByTheClock() throws Exception {
        Instance instance = runaway(shortly());
        var thrown = new AtomicReference<Throwable>();
        Thread virtual = (Thread) Thread.class
                .getMethod("startVirtualThread", Runnable.class)
                .invoke(null, (Runnable) () -> thrown.set(
                        catchThrowable(() -> instance.function("spin").call())));
        virtual.join();
        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        LimitException.class, late -> assertThat(late.kind()).isEqualTo(Kind.WALL_CLOCK));
    }
}

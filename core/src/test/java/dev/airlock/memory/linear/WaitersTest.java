package dev.airlock.memory.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.TrapCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitersTest {
    private static final long FOR_EVER = -1;
    private static final int ALL = -1;

    private final LinearMemory memory = LinearMemory.create(1, 2, true);

    private record Waiting(Thread thread, FutureTask<Integer> result) {
        int get() throws Exception {
            return result.get(20, TimeUnit.SECONDS);
        }
    }

    private static Waiting start(Callable<Integer> wait) throws InterruptedException {
        FutureTask<Integer> result = new FutureTask<>(wait);
        Thread thread = new Thread(result);
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
        return new Waiting(thread, result);
    }

    private int await(int at, int expected, long timeout) {
        return AtomicOperators.await(at, expected, timeout, 0, memory);
    }

    private int await(int at, long expected, long timeout) {
        return AtomicOperators.await(at - 4, expected, timeout, 4, memory);
    }

    private int wake(int at, int count) {
        return AtomicOperators.wake(at, count, 0, memory);
    }

    private int offsetsWaitedAt() {
        return Objects.requireNonNull(((FlatMemory) memory).waiters).offsets();
    }

    @Test
    void notifyWakesThoseWhoWaitedLongest() throws Exception {
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(start(() -> await(8, 0, FOR_EVER)));
        }
        Waiting elsewhere = start(() -> await(16, 0L, TimeUnit.SECONDS.toNanos(30)));
        assertThat(offsetsWaitedAt()).isEqualTo(2);
        assertThat(wake(8, 0)).isZero();
        assertThat(wake(12, ALL)).isZero();
        assertThat(AtomicOperators.wake(4L, 2, 4, memory)).isEqualTo(2);
        assertThat(waiting.get(0).get()).isEqualTo(Waiters.WOKEN);
        assertThat(waiting.get(1).get()).isEqualTo(Waiters.WOKEN);
        assertThat(waiting.get(2).result.isDone()).isFalse();
        assertThat(wake(8, ALL)).isEqualTo(2);
        assertThat(waiting.get(2).get()).isEqualTo(Waiters.WOKEN);
        assertThat(waiting.get(3).get()).isEqualTo(Waiters.WOKEN);
        assertThat(wake(8, ALL)).isZero();
        assertThat(wake(16, 100)).isEqualTo(1);
        assertThat(elsewhere.get()).isEqualTo(Waiters.WOKEN);
        assertThat(offsetsWaitedAt()).isZero();
    }

    @Test
    void aWaitEndsAtItsTimeout() {
        long start = System.nanoTime();
        assertThat(await(8, 0, 20_000_000)).isEqualTo(Waiters.TIMED_OUT);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
        assertThat(await(8, 0L, 0)).isEqualTo(Waiters.TIMED_OUT);
        assertThat(offsetsWaitedAt()).isZero();
    }

    @Test
    void aThreadDoesNotWaitForAValueThatIsNotThere() {
        memory.store64(8, 0, 0x1_0000_0000L);
        assertThat(await(8, 1, FOR_EVER)).isEqualTo(Waiters.NOT_EQUAL);
        assertThat(await(8, 0L, FOR_EVER)).isEqualTo(Waiters.NOT_EQUAL);
        assertThat(await(8, 0, 0)).isEqualTo(Waiters.TIMED_OUT);
        memory.store32(16, 0, -1);
        assertThat(await(16, -1, 0)).isEqualTo(Waiters.TIMED_OUT);
        assertThat(offsetsWaitedAt()).isZero();
    }

    private static void assertInterrupted(Throwable thrown) {
        assertThat(thrown).isInstanceOf(GuestTrap.class);
        assertThat(((GuestTrap) thrown).code()).isEqualTo(TrapCode.INTERRUPTED);
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Waiting waiting = start(() -> {
            try {
                return await(8, 0, FOR_EVER);
            } finally {
                flag.complete(Thread.currentThread().isInterrupted());
            }
        });
        waiting.thread.interrupt();
        assertThatThrownBy(waiting::get).cause().satisfies(WaitersTest::assertInterrupted);
        assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(offsetsWaitedAt()).isZero();
    }

    @Test
    void aThreadThatIsInterruptedAlreadyDoesNotWait() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> await(8, 0, FOR_EVER)).satisfies(WaitersTest::assertInterrupted);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anUnsharedMemoryHasNoWaiters() {
        LinearMemory alone = LinearMemory.create(1, 1, false);
        for (long expected : new long[] {0, 1}) {
            assertThatThrownBy(() -> AtomicOperators.await(8, expected, 0, 0, alone))
                    .isInstanceOf(GuestTrap.class)
                    .hasMessage("expected shared memory");
            assertThatThrownBy(() -> AtomicOperators.await(8L, (int) expected, 0, 0, alone))
                    .hasMessage("expected shared memory");
        }
        assertThat(AtomicOperators.wake(8, ALL, 0, alone)).isZero();
    }
}

package dev.airlock.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import run.endive.runtime.TrapException;
import run.endive.runtime.WasmInterruptedException;

@Timeout(60)
class WaitersTest {
    private static final long FOR_EVER = -1;
    private static final int ALL = -1;

    private final LinearMemory memory = new LinearMemory(1, 2, true);

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

    private int offsetsWaitedAt() {
        return Objects.requireNonNull(memory.extent.waiters).offsets();
    }

    @Test
    void notifyWakesThoseWhoWaitedLongest() throws Exception {
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(start(() -> memory.atomicWait(8, 0, FOR_EVER)));
        }
        Waiting elsewhere = start(() -> memory.alias().atomicWait(16, 0L, TimeUnit.SECONDS.toNanos(30)));
        assertThat(offsetsWaitedAt()).isEqualTo(2);
        assertThat(memory.atomicNotify(8, 0)).isZero();
        assertThat(memory.atomicNotify(12, ALL)).isZero();
        assertThat(memory.alias().atomicNotify(8, 2)).isEqualTo(2);
        assertThat(waiting.get(0).get()).isEqualTo(Waiters.WOKEN);
        assertThat(waiting.get(1).get()).isEqualTo(Waiters.WOKEN);
        assertThat(waiting.get(2).result.isDone()).isFalse();
        assertThat(memory.atomicNotify(8, ALL)).isEqualTo(2);
        assertThat(waiting.get(2).get()).isEqualTo(Waiters.WOKEN);
        assertThat(waiting.get(3).get()).isEqualTo(Waiters.WOKEN);
        assertThat(memory.atomicNotify(8, ALL)).isZero();
        assertThat(memory.atomicNotify(16, 100)).isEqualTo(1);
        assertThat(elsewhere.get()).isEqualTo(Waiters.WOKEN);
        assertThat(offsetsWaitedAt()).isZero();
    }

    @Test
    void aWaitEndsAtItsTimeout() {
        long start = System.nanoTime();
        assertThat(memory.atomicWait(8, 0, 20_000_000)).isEqualTo(Waiters.TIMED_OUT);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
        assertThat(memory.atomicWait(8, 0L, 0)).isEqualTo(Waiters.TIMED_OUT);
        assertThat(offsetsWaitedAt()).isZero();
    }

    @Test
    void nobodyWaitsForAValueThatIsNotThere() {
        memory.writeLong(8, 0x1_0000_0000L);
        assertThat(memory.atomicWait(8, 1, FOR_EVER)).isEqualTo(Waiters.NOT_EQUAL);
        assertThat(memory.atomicWait(8, 0L, FOR_EVER)).isEqualTo(Waiters.NOT_EQUAL);
        assertThat(memory.atomicWait(8, 0, 0)).isEqualTo(Waiters.TIMED_OUT);
        assertThat(offsetsWaitedAt()).isZero();
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Waiting waiting = start(() -> {
            try {
                return memory.atomicWait(8, 0, FOR_EVER);
            } finally {
                flag.complete(Thread.currentThread().isInterrupted());
            }
        });
        waiting.thread.interrupt();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(WasmInterruptedException.class);
        assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(offsetsWaitedAt()).isZero();
    }

    @Test
    void aThreadThatIsInterruptedAlreadyDoesNotWait() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> memory.atomicWait(8, 0, FOR_EVER)).isInstanceOf(WasmInterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anUnsharedMemoryHasNoWaiters() {
        LinearMemory alone = new LinearMemory(1, 1, false);
        assertThatThrownBy(() -> alone.atomicWait(8, 0, 0))
                .isInstanceOf(TrapException.class)
                .hasMessage("expected shared memory");
        assertThatThrownBy(() -> alone.atomicWait(8, 0L, 0)).hasMessage("expected shared memory");
        assertThat(alone.atomicNotify(8, ALL)).isZero();
    }

    @Test
    @SuppressWarnings("removal")
    void theOldNamesDoTheSame() {
        assertThat(memory.waitOn(8, 1, FOR_EVER)).isEqualTo(Waiters.NOT_EQUAL);
        assertThat(memory.waitOn(8, 1L, FOR_EVER)).isEqualTo(Waiters.NOT_EQUAL);
        assertThat(memory.notify(8, ALL)).isZero();
        assertThat(memory.lock(8)).isSameAs(memory.alias().lock(15)).isNotSameAs(memory.lock(16));
    }
}

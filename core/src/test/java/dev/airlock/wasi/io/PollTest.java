package dev.airlock.wasi.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private static Pollable of(CountDownLatch latch) {
        return nanos -> latch.await(nanos, TimeUnit.NANOSECONDS);
    }

    private static Pollable never() {
        return of(new CountDownLatch(1));
    }

    @Test
    void allThatAreReadyAreReturnedInOrder() {
        Pollable first = of(new CountDownLatch(0));
        Pollable second = of(new CountDownLatch(0));
        assertThat(Poll.first(List.of(first, never(), second), HOUR)).containsExactly(first, second);
        assertThat(Poll.first(List.of(first, never(), second), 0)).containsExactly(first, second);
    }

    @Test
    void noneIsReadyWhenTheTimeIsOver() {
        long start = System.nanoTime();
        assertThat(Poll.first(List.of(), 20_000_000)).isEmpty();
        assertThat(Poll.first(List.of(never()), 20_000_000)).isEmpty();
        assertThat(Poll.first(List.of(never(), never()), 20_000_000)).isEmpty();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(60_000_000);
    }

    @Test
    void theOneThatBecomesReadyEndsTheWait() throws Exception {
        var latch = new CountDownLatch(1);
        var thread = new Thread(latch::countDown);
        Pollable late = nanos -> {
            if (nanos > 0 && thread.getState() == Thread.State.NEW) {
                thread.start();
            }
            return latch.await(nanos, TimeUnit.NANOSECONDS);
        };
        assertThat(Poll.first(List.of(never(), late), HOUR)).containsExactly(late);
        thread.join();
    }

    @Test
    void anInterruptTrapsAndStaysSet() {
        for (List<Pollable> pollables : List.of(List.<Pollable>of(), List.of(never()), List.of(never(), never()))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> Poll.first(pollables, HOUR))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.code()).isEqualTo(TrapCode.INTERRUPTED));
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}

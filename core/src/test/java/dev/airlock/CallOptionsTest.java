package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.airlock.engine.Entry;
import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.limit.CallOptions;
import dev.airlock.limit.Limits;
import dev.airlock.wasi.Input;
import dev.airlock.wasi.WasiCtx;
import dev.airlock.wasi.preview1.WasiPreview1;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for each call of one interface. */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallOptionsTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(10);

    interface Runaway {
        int quick();

        void spin();

        int hostOnce(int x);
    }

    private static CoreGuest runaway(IntUnaryOperator call) {
        return Airlock.openModule(Guests.file("wat/runaway")).linking(linker -> linker.function("env", "call", call));
    }

    private static void assertStopped(Runnable call) {
        LimitException late = catchThrowableOfType(LimitException.class, call::run);
        assertThat(late).isNotNull();
        assertThat(late.kind()).isEqualTo(LimitException.Kind.WALL_CLOCK);
        assertThat(late.value()).isEqualTo(SHORT.toMillis());
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aCallHasSoMuchTime() {
        try (Guest guest = runaway(x -> x)) {
            Runaway timed = guest.as(Runaway.class, CallOptions.timeout(SHORT));
            assertThat(timed.quick()).isEqualTo(42);
            assertStopped(timed::spin);
            assertThatThrownBy(timed::quick)
                    .isInstanceOf(InstanceStateException.class)
                    .hasMessageContaining("it was cut off before: over the limit of 100 ms of wall-clock time")
                    .hasCauseInstanceOf(LimitException.class);
            assertThat(guest.as(Runaway.class, CallOptions.timeout(LONG)).quick())
                    .isEqualTo(42);
        }
    }

    @Test
    void theShorterOfLimitAndOptionHolds() {
        try (Guest guest = runaway(x -> x)) {
            assertStopped(
                    guest.limits(Limits.defaults().timeout(SHORT)).as(Runaway.class, CallOptions.timeout(LONG))::spin);
            assertStopped(
                    guest.limits(Limits.defaults().timeout(LONG)).as(Runaway.class, CallOptions.timeout(SHORT))::spin);
            assertStopped(
                    guest.limits(Limits.defaults().hostCalls(9)).as(Runaway.class, CallOptions.timeout(SHORT))::spin);
        }
    }

    @Test
    void eachCallHasItsOwn() {
        IntUnaryOperator slow = x -> {
            try {
                Thread.sleep(60);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return x;
        };
        try (Guest guest = runaway(slow)) {
            Runaway timed = guest.as(Runaway.class, CallOptions.timeout(Duration.ofSeconds(2)));
            for (int i = 0; i < 40; i++) {
                assertThat(timed.hostOnce(i)).isEqualTo(i);
            }
        }
    }

    interface Asker {
        String ask(String question);
    }

    public static final class Silent {
        public String answer(String question) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return question;
        }
    }

    @Test
    void aCallOfAComponentHasSoMuchTime() {
        try (Guest guest = Airlock.open(Guests.file("components/rust/kit"))
                .imports("demo:kit/host", new Silent())
                .unknownImportsAsTraps()) {
            Asker asker = guest.as(Asker.class, CallOptions.timeout(SHORT));
            assertStopped(() -> asker.ask("why"));
        }
    }

    interface Echo {
        byte[] echo(InputStream in);
    }

    /** Which no interrupt ends. */
    private static InputStream silence() {
        return new InputStream() {
            @Override
            public int read() {
                while (true) {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        // As a terminal, which takes no notice.
                    }
                }
            }
        };
    }

    @Test
    void aRunOfAProgramHasSoMuchTime() {
        WasiCtx ctx = WasiCtx.builder().args("cat").build();
        try (Guest guest = Airlock.open(Guests.file("c/echo")).wasi(ctx)) {
            Echo echo = guest.as(Echo.class, CallOptions.timeout(SHORT));
            assertThat(echo.echo(InputStream.nullInputStream())).isEmpty();
            assertStopped(() -> echo.echo(silence()));
        }
    }

    @Test
    void aLibraryThatWaitsForInputIsInterrupted() {
        Linker linker = new Linker();
        WasiPreview1.addTo(
                linker,
                WasiCtx.builder().args("cat").stdin(Input.stream(silence())).build());
        Instance instance = linker.instantiate(Guests.module("c/echo"));
        Entry.heed(instance, CallOptions.timeout(SHORT));
        assertStopped(() -> instance.function("_start").call());
    }

    @Test
    void optionsChangeBetweenCallsOnly() {
        var instance = new Instance[1];
        instance[0] = new Linker()
                .function("env", "call", (IntUnaryOperator) x -> {
                    Entry.heed(instance[0], CallOptions.timeout(SHORT));
                    return x;
                })
                .instantiate(Guests.module("wat/runaway"));
        assertThatThrownBy(() -> instance[0].function("host_once").call(1))
                .hasRootCauseMessage("an instance of runaway.wasm cannot be given other options while thread \""
                        + Thread.currentThread().getName() + "\" is in it");
    }

    @Test
    void optionsAreValues() {
        assertThat(CallOptions.timeout(SHORT))
                .isEqualTo(CallOptions.timeout(SHORT))
                .hasToString("timeout PT0.1S");
        assertThat(CallOptions.timeout(SHORT)).isNotEqualTo(CallOptions.defaults());
        assertThat(CallOptions.timeout(SHORT).hashCode())
                .isEqualTo(CallOptions.timeout(SHORT).hashCode());
        assertThatThrownBy(() -> CallOptions.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}

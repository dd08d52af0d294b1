package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.wasi.Input;
import dev.airlock.wasi.Pipe;
import dev.airlock.wasi.WasiClocks;
import dev.airlock.wasi.WasiCtx;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollFunctionTest {
    private static final long SECOND = 1_000_000_000;
    private static final long HOUR = 3600 * SECOND;

    private final WasiCtx.Builder ctx = WasiCtx.builder();

    /** Writes a subscription to a clock, the first one at 1000. */
    private static void clock(Door door, int index, long userdata, int id, long timeout, int flags) {
        int at = 1000 + 48 * index;
        door.memory().fill(at, 48, (byte) 0);
        door.memory().writeLong(at, userdata);
        door.memory().writeInt(at + 16, id);
        door.memory().writeLong(at + 24, timeout);
        door.memory().writeShort(at + 40, (short) flags);
    }

    private static void descriptor(Door door, int index, long userdata, int kind, int fd) {
        int at = 1000 + 48 * index;
        door.memory().fill(at, 48, (byte) 0);
        door.memory().writeLong(at, userdata);
        door.memory().writeByte(at + 8, (byte) kind);
        door.memory().writeInt(at + 16, fd);
    }

    private static void poll(Door door, int count) {
        door.run("poll_oneoff", 1000, 1, count, 500);
    }

    private static byte[] event(long userdata, Errno errno, int kind, long bytes, int flags) {
        return draw(userdata, errno.ordinal(), 0, kind, 0, 0, 0, 0, 0, bytes, flags, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void noSubscriptionIsEinval() {
        try (Door door = Door.of(ctx)) {
            assertThat(door.call("poll_oneoff", 1000, 0, 0, 500)).isEqualTo(Errno.EINVAL);
            door.expect(500, draw("????"));
        }
    }

    @Test
    void hugeCountsAreRefused() {
        try (Door door = Door.of(ctx)) {
            for (int count : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 100_000, 2731}) {
                assertThat(door.call("poll_oneoff", 0, 0, count, 500)).isEqualTo(Errno.EFAULT);
            }
        }
    }

    @Test
    void aTimeInThePastIsReportedAtOnce() {
        try (Door door = Door.of(ctx)) {
            clock(door, 0, 7, 1, 0, 0);
            poll(door, 1);
            door.expect(0, draw("?"));
            door.expect(1, event(7, Errno.ESUCCESS, 0, 0, 0));
            door.expect(33, draw("????"));
            door.expect(499, draw("?", 1, 0, 0, 0, "?"));
        }
    }

    @Test
    void sleepingTakesItsTime() {
        try (Door door = Door.of(ctx)) {
            long start = System.nanoTime();
            clock(door, 0, 7, 0, 20_000_000, 0);
            clock(door, 1, 8, 1, HOUR, 0);
            poll(door, 2);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
            assertThat(door.memory().readInt(500)).isEqualTo(1);
            door.expect(1, event(7, Errno.ESUCCESS, 0, 0, 0));
        }
    }

    @Test
    void absoluteTimesAreThoseOfTheGuestsClock() {
        WasiClocks clocks = WasiClocks.fixed(Instant.ofEpochSecond(1_000_000));
        try (Door door = Door.of(ctx.clocks(clocks))) {
            clock(door, 0, 1, 0, 1_000_000 * SECOND, 1);
            clock(door, 1, 2, 0, 1_000_000 * SECOND + HOUR, 1);
            clock(door, 2, 3, 0, 5, 1);
            clock(door, 3, 4, 0, -1, 0);
            poll(door, 4);
            assertThat(door.memory().readInt(500)).isEqualTo(2);
            door.expect(1, event(1, Errno.ESUCCESS, 0, 0, 0));
            door.expect(33, event(3, Errno.ESUCCESS, 0, 0, 0));
        }
    }

    @Test
    void malformedSubscriptionsAreEinval() {
        try (Door door = Door.of(ctx)) {
            clock(door, 0, 1, 2, 0, 0);
            assertThat(door.call("poll_oneoff", 1000, 1, 1, 500)).isEqualTo(Errno.EINVAL);
            clock(door, 0, 1, 0, 0, 2);
            assertThat(door.call("poll_oneoff", 1000, 1, 1, 500)).isEqualTo(Errno.EINVAL);
            descriptor(door, 0, 1, 3, 0);
            assertThat(door.call("poll_oneoff", 1000, 1, 1, 500)).isEqualTo(Errno.EINVAL);
            door.expect(0, draw("????????????????????????????????"));
        }
    }

    @Test
    void readyDescriptorsEndTheWaitEarly() {
        try (Door door = Door.of(ctx.stdin(Input.text("abc")))) {
            clock(door, 0, 1, 1, HOUR, 0);
            descriptor(door, 1, 2, 1, 0);
            descriptor(door, 2, 3, 2, 1);
            descriptor(door, 3, 4, 2, 2);
            descriptor(door, 4, 5, 1, 9);
            descriptor(door, 5, 6, 2, 0);
            poll(door, 6);
            assertThat(door.memory().readInt(500)).isEqualTo(5);
            door.expect(1, event(2, Errno.ESUCCESS, 1, 3, 0));
            door.expect(33, event(3, Errno.ESUCCESS, 2, 1, 0));
            door.expect(65, event(4, Errno.ESUCCESS, 2, 1, 0));
            door.expect(97, event(5, Errno.EBADF, 1, 0, 0));
            door.expect(129, event(6, Errno.EBADF, 2, 0, 0));
        }
    }

    @Test
    void theEndOfInputIsReadyAndHungUp() {
        try (Door door = Door.of(ctx)) {
            descriptor(door, 0, 2, 1, 0);
            poll(door, 1);
            door.expect(1, event(2, Errno.ESUCCESS, 1, 0, 1));
        }
    }

    @Test
    void aDescriptorWithoutTheRightIsNotPolled() {
        try (Door door = Door.of(ctx)) {
            door.run("fd_fdstat_set_rights", 0, Rights.FD_READ, 0);
            descriptor(door, 0, 2, 1, 0);
            poll(door, 1);
            door.expect(1, event(2, Errno.ENOTCAPABLE, 1, 0, 0));
        }
    }

    @Test
    void aBlockingInputTimesOut() {
        try (Door door = Door.of(ctx.stdin(Input.stream(new Pipe().source())))) {
            clock(door, 0, 1, 1, 1_000_000, 0);
            descriptor(door, 1, 2, 1, 0);
            poll(door, 2);
            assertThat(door.memory().readInt(500)).isEqualTo(1);
            door.expect(1, event(1, Errno.ESUCCESS, 0, 0, 0));
        }
    }

    @Test
    void aPipeWakesThePoller() throws Exception {
        Pipe pipe = new Pipe();
        Thread writer = new Thread(() -> {
            try {
                Thread.sleep(20);
                pipe.sink().write("abc".getBytes());
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        try (Door door = Door.of(ctx.stdin(Input.stream(pipe.source())))) {
            clock(door, 0, 1, 1, HOUR, 0);
            descriptor(door, 1, 2, 1, 0);
            writer.start();
            poll(door, 2);
            door.expect(1, event(2, Errno.ESUCCESS, 1, 3, 0));
            assertThat(door.read(0, 10)).isEqualTo("abc");
        }
        writer.join();
    }

    /** A stream that does not report its bytes and makes its reader wait. */
    private static final class Silent extends FilterInputStream {
        private final CountDownLatch given = new CountDownLatch(1);

        Silent(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            await();
            return super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            await();
            return super.read(into, offset, length);
        }

        private void await() {
            try {
                given.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public int available() {
            return 0;
        }
    }

    @Test
    void aStreamWithoutAvailableIsReadAheadByOneByte() {
        Silent silent = new Silent(new ByteArrayInputStream("abc".getBytes()));
        try (Door door = Door.of(ctx.stdin(Input.stream(silent)))) {
            clock(door, 0, 1, 1, 5_000_000, 0);
            descriptor(door, 1, 2, 1, 0);
            poll(door, 2);
            door.expect(1, event(1, Errno.ESUCCESS, 0, 0, 0));
            silent.given.countDown();
            clock(door, 0, 1, 1, HOUR, 0);
            poll(door, 2);
            door.expect(1, event(2, Errno.ESUCCESS, 1, 1, 0));
            assertThat(door.read(0, 10)).isEqualTo("a");
            assertThat(door.read(0, 10)).isEqualTo("bc");
            assertThat(door.read(0, 10)).isEmpty();
            poll(door, 2);
            door.expect(1, event(2, Errno.ESUCCESS, 1, 0, 1));
            assertThat(door.read(0, 10)).isEmpty();
        }
    }

    @Test
    void aStreamThatFailsWhileItIsWatchedFailsWhenItIsRead() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("no");
            }
        };
        try (Door door = Door.of(ctx.stdin(Input.stream(failing)))) {
            descriptor(door, 0, 2, 1, 0);
            poll(door, 1);
            assertThat(door.memory().readShort(9)).isZero();
            door.iovecs(0, 100, 3);
            assertThat(door.call("fd_read", 0, 0, 1, 40)).isEqualTo(Errno.EIO);
        }
    }

    @Test
    void anInterruptEndsTheWait() {
        Runnable[] waits = {
            () -> {
                try (Door door = Door.of(ctx)) {
                    clock(door, 0, 1, 1, HOUR, 0);
                    poll(door, 1);
                }
            },
            () -> {
                try (Door door = Door.of(WasiCtx.builder().stdin(Input.stream(new Pipe().source())))) {
                    descriptor(door, 0, 2, 1, 0);
                    poll(door, 1);
                }
            },
            () -> {
                try (Door door =
                        Door.of(WasiCtx.builder().stdin(Input.stream(new Silent(InputStream.nullInputStream()))))) {
                    descriptor(door, 0, 2, 1, 0);
                    poll(door, 1);
                }
            }
        };
        for (Runnable wait : waits) {
            Thread waiter = Thread.currentThread();
            Thread interrupter = new Thread(() -> {
                while (waiter.getState() != Thread.State.TIMED_WAITING && waiter.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                waiter.interrupt();
            });
            interrupter.start();
            assertThatThrownBy(wait::run)
                    .isInstanceOfSatisfying(
                            Trap.class, t -> assertThat(t.code()).isEqualTo(TrapCode.INTERRUPTED));
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}

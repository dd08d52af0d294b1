package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.LimitException;
import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.wasi.CappedBuffer;
import dev.airlock.wasi.Input;
import dev.airlock.wasi.Output;
import dev.airlock.wasi.Pipe;
import dev.airlock.wasi.WasiCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamFunctionsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final WasiCtx.Builder ctx =
            WasiCtx.builder().stdout(Output.stream(out)).stderr(Output.stream(err));

    @Test
    void piecesAreWrittenInOrder() {
        try (Door door = Door.of(ctx)) {
            door.text(100, "wazero, it is");
            door.iovecs(1, 108, 2, 0, 0, 100, 6);
            door.run("fd_write", 1, 1, 3, 26);
            door.expect(25, draw("?", 8, 0, 0, 0, "?"));
            assertThat(out).hasToString("itwazero");
            door.run("fd_write", 2, 1, 1, 26);
            assertThat(err).hasToString("it");
        }
    }

    @Test
    void piecesAreReadInOrderAsFarAsThereAreBytes() {
        try (Door door = Door.of(ctx.stdin(Input.text("wazero")))) {
            door.iovecs(1, 100, 4, 110, 0, 120, 4);
            door.run("fd_read", 0, 1, 3, 30);
            door.expect(29, draw("?", 6, 0, 0, 0, "?"));
            door.expect(99, draw("?waze????????????????ro????"));
            door.run("fd_read", 0, 1, 3, 30);
            door.expect(29, draw("?", 0, 0, 0, 0, "?"));
        }
    }

    @Test
    void readingIntoEmptyPiecesReadsNothing() {
        try (Door door = Door.of(ctx.stdin(Input.stream(new Pipe().source())))) {
            door.iovecs(0, 100, 0);
            door.run("fd_read", 0, 0, 1, 30);
            door.expect(29, draw("?", 0, 0, 0, 0, "?"));
            door.run("fd_read", 0, 0, 0, 30);
        }
    }

    @Test
    void aReadDoesNotWaitForASecondPiece() throws IOException {
        Pipe pipe = new Pipe();
        pipe.sink().write("abcd".getBytes());
        try (Door door = Door.of(ctx.stdin(Input.stream(pipe.source())))) {
            door.iovecs(0, 100, 4, 110, 4);
            door.run("fd_read", 0, 0, 2, 30);
            assertThat(door.memory().readInt(30)).isEqualTo(4);
        }
    }

    @Test
    void largeBuffersArePassedToTheStreamWithoutCopy() {
        var pieces = new ArrayList<Integer>();
        OutputStream watching = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("one byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                assertThat(bytes).hasSize(Door.SIZE);
                pieces.add(length);
            }
        };
        try (Door door = Door.of(ctx.stdout(Output.stream(watching)))) {
            door.iovecs(0, 1000, 100_000);
            door.run("fd_write", 1, 0, 1, 30);
            assertThat(pieces).containsExactly(100_000);
        }
    }

    @Test
    void streamsHaveNoPositions() {
        try (Door door = Door.of(ctx)) {
            door.iovecs(0, 100, 1);
            for (int fd = 0; fd < 3; fd++) {
                assertThat(door.call("fd_seek", fd, 0, 0, 40)).isEqualTo(Errno.ESPIPE);
                assertThat(door.call("fd_tell", fd, 40)).isEqualTo(Errno.ESPIPE);
                assertThat(door.call("fd_advise", fd, 0, 0, 0)).isEqualTo(Errno.ESPIPE);
                assertThat(door.call("fd_allocate", fd, 0, 1)).isEqualTo(Errno.ESPIPE);
                assertThat(door.call("fd_filestat_set_size", fd, 0)).isEqualTo(Errno.EINVAL);
                assertThat(door.call("fd_filestat_set_times", fd, 0, 0, 0)).isEqualTo(Errno.EINVAL);
                assertThat(door.call("fd_sync", fd)).isEqualTo(Errno.EINVAL);
                assertThat(door.call("fd_datasync", fd)).isEqualTo(Errno.EINVAL);
                assertThat(door.call("fd_pread", fd, 0, 1, 0, 40)).isEqualTo(fd == 0 ? Errno.ESPIPE : Errno.EBADF);
                assertThat(door.call("fd_pwrite", fd, 0, 1, 0, 40)).isEqualTo(fd == 0 ? Errno.EBADF : Errno.ESPIPE);
                assertThat(door.call("fd_readdir", fd, 100, 10, 0, 40)).isEqualTo(Errno.EBADF);
                assertThat(door.call("fd_prestat_get", fd, 40)).isEqualTo(Errno.EBADF);
                assertThat(door.call("fd_prestat_dir_name", fd, 100, 10)).isEqualTo(Errno.ENOTDIR);
                assertThat(door.call("path_open", fd, 0, 100, 1, 0, 0, 0, 0, 40))
                        .isEqualTo(Errno.ENOTDIR);
                assertThat(door.call("sock_accept", fd, 0, 40)).isEqualTo(Errno.ENOTSOCK);
                assertThat(door.call("sock_recv", fd, 0, 1, 0, 40, 50)).isEqualTo(Errno.ENOTSOCK);
                assertThat(door.call("sock_send", fd, 0, 1, 0, 40)).isEqualTo(Errno.ENOTSOCK);
                assertThat(door.call("sock_shutdown", fd, 3)).isEqualTo(Errno.ENOTSOCK);
            }
            door.expect(40, draw("????????????"));
        }
    }

    @Test
    void streamsHaveOneDirection() {
        try (Door door = Door.of(ctx)) {
            door.iovecs(0, 100, 1);
            assertThat(door.call("fd_write", 0, 0, 1, 40)).isEqualTo(Errno.EBADF);
            assertThat(door.call("fd_read", 1, 0, 1, 40)).isEqualTo(Errno.EBADF);
            assertThat(door.call("fd_read", 2, 0, 1, 40)).isEqualTo(Errno.EBADF);
        }
    }

    @Test
    void fdstatAndFilestatOfStreams() {
        try (Door door = Door.of(ctx)) {
            door.run("fd_fdstat_get", 0, 1);
            door.expect(0, draw("?", 0, 0, 0, 0, 0, 0, 0, 0, Rights.OF_INPUT, 0L, "?"));
            door.run("fd_fdstat_get", 2, 1);
            door.expect(0, draw("?", 0, 0, 0, 0, 0, 0, 0, 0, Rights.OF_OUTPUT, 0L, "?"));
            door.run("fd_filestat_get", 1, 1);
            door.expect(0, draw("?", 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, "?"));
        }
    }

    @Test
    void droppedRightsDoNotComeBack() {
        try (Door door = Door.of(ctx)) {
            long rest = Rights.OF_OUTPUT & ~Rights.FD_WRITE;
            door.run("fd_fdstat_set_rights", 1, rest, 0);
            assertThat(door.write(1, "x")).isEqualTo(Errno.EBADF);
            assertThat(door.call("fd_fdstat_set_rights", 1, Rights.OF_OUTPUT, 0))
                    .isEqualTo(Errno.ENOTCAPABLE);
            assertThat(door.call("fd_fdstat_set_rights", 1, rest, 1)).isEqualTo(Errno.ENOTCAPABLE);
            door.run("fd_fdstat_set_rights", 1, 0, 0);
            assertThat(door.call("fd_filestat_get", 1, 0)).isEqualTo(Errno.ENOTCAPABLE);
            assertThat(door.call("fd_fdstat_set_flags", 1, 0)).isEqualTo(Errno.ENOTCAPABLE);
        }
    }

    @Test
    void aNonBlockingStreamAnswersAtOnce() throws IOException {
        Pipe pipe = new Pipe();
        try (Door door = Door.of(ctx.stdin(Input.stream(pipe.source())))) {
            door.run("fd_fdstat_set_flags", 0, Flags.NONBLOCK);
            door.run("fd_fdstat_get", 0, 0);
            assertThat(door.memory().readShort(2)).isEqualTo((short) Flags.NONBLOCK);
            door.iovecs(0, 100, 10);
            assertThat(door.call("fd_read", 0, 0, 1, 40)).isEqualTo(Errno.EAGAIN);
            pipe.sink().write('x');
            assertThat(door.read(0, 10)).isEqualTo("x");
            assertThat(door.call("fd_fdstat_set_flags", 0, 1 << 5)).isEqualTo(Errno.EINVAL);
            assertThat(door.call("fd_fdstat_set_flags", 0, Flags.SYNC)).isEqualTo(Errno.EINVAL);
            assertThat(door.call("fd_fdstat_set_flags", 0, 1 << 16)).isEqualTo(Errno.EINVAL);
        }
    }

    @Test
    void closingFreesTheNumber() {
        try (Door door = Door.of(ctx)) {
            door.run("fd_close", 1);
            assertThat(door.call("fd_close", 1)).isEqualTo(Errno.EBADF);
            assertThat(door.write(1, "x")).isEqualTo(Errno.EBADF);
            assertThat(door.call("fd_renumber", 2, 1)).as("a free place").isEqualTo(Errno.EBADF);
            assertThat(door.call("fd_renumber", 1, 2)).isEqualTo(Errno.EBADF);
            door.run("fd_renumber", 2, 2);
            door.run("fd_renumber", 2, 0);
            assertThat(door.write(0, "x")).isEqualTo(Errno.ESUCCESS);
            assertThat(err).hasToString("x");
            assertThat(door.write(2, "x")).isEqualTo(Errno.EBADF);
        }
    }

    private static OutputStream throwing(Throwable failure) {
        return new OutputStream() {
            private int left = 3;

            @Override
            public void write(int b) throws IOException {
                if (left-- > 0) {
                    return;
                }
                if (failure instanceof IOException e) {
                    throw e;
                } else if (failure instanceof RuntimeException e) {
                    throw e;
                }
                throw (Error) failure;
            }
        };
    }

    @Test
    void aStreamThatFailsIsEio() {
        var failing = Output.stream(throwing(new IOException("/home/ada/secret: no space left")));
        try (Door door = Door.of(ctx.stdout(failing))) {
            assertThat(door.write(1, "abc")).isEqualTo(Errno.ESUCCESS);
            door.iovecs(0, 100, 3);
            assertThat(door.call("fd_write", 1, 0, 1, 40)).isEqualTo(Errno.EIO);
            door.expect(40, draw("????"));
        }
    }

    @Test
    void whatWasWrittenBeforeAFailureCounts() {
        try (Door door = Door.of(ctx.stdout(Output.stream(throwing(new IOException("full")))))) {
            door.iovecs(0, 100, 3, 110, 2);
            door.run("fd_write", 1, 0, 2, 40);
            assertThat(door.memory().readInt(40)).isEqualTo(3);
            assertThat(door.call("fd_write", 1, 0, 2, 40)).isEqualTo(Errno.EIO);
        }
    }

    @Test
    void anInputThatFailsIsEio() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("secret");
            }
        };
        try (Door door = Door.of(ctx.stdin(Input.stream(failing)))) {
            door.iovecs(0, 100, 3);
            assertThat(door.call("fd_read", 0, 0, 1, 40)).isEqualTo(Errno.EIO);
            door.expect(40, draw("????"));
        }
    }

    @Test
    void anyOtherExceptionOfAStreamEndsTheGuest() {
        var cause = new IllegalStateException("enough");
        try (Door door = Door.of(ctx.stdout(Output.stream(throwing(cause))))) {
            assertThatThrownBy(() -> door.write(1, "abcd"))
                    .isInstanceOfSatisfying(
                            Trap.class, t -> assertThat(t.code()).isEqualTo(TrapCode.HOST_FUNCTION))
                    .hasCause(cause);
        }
        try (Door door = Door.of(ctx.stdout(Output.stream(new CappedBuffer("bytes here", 3))))) {
            assertThatThrownBy(() -> door.write(1, "abcd")).isInstanceOf(LimitException.class);
        }
    }

    @Test
    void anInterruptEndsAGuestThatReads() {
        try (Door door = Door.of(ctx.stdin(Input.stream(new Pipe().source())))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> door.read(0, 1))
                    .isInstanceOfSatisfying(
                            Trap.class, t -> assertThat(t.code()).isEqualTo(TrapCode.INTERRUPTED));
            assertThat(Thread.interrupted())
                    .as("the interrupt status stays set")
                    .isTrue();
        }
    }

    @Test
    void hugeIovecsAreRefusedBeforeAnythingIsAllocated() {
        try (Door door = Door.of(ctx.stdin(Input.text("x")))) {
            for (String function : List.of("fd_read", "fd_write")) {
                int fd = function.equals("fd_read") ? 0 : 1;
                for (int count : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 29, Door.SIZE}) {
                    assertThat(door.call(function, fd, 0, count, 40)).isEqualTo(Errno.EFAULT);
                }
                door.memory().fill(100, 16_000, (byte) 0);
                assertThat(door.call(function, fd, 100, 1025, 40)).isEqualTo(Errno.EINVAL);
                door.run(function, fd, 100, 1024, 20_000);
                for (int length : new int[] {-1, Integer.MAX_VALUE, Door.SIZE + 1}) {
                    door.iovecs(100, 0, length);
                    assertThat(door.call(function, fd, 100, 1, 40)).isEqualTo(Errno.EFAULT);
                }
            }
            door.expect(40, draw("????"));
            assertThat(out.size()).isZero();
            assertThat(door.read(0, 1)).as("nothing was read").isEqualTo("x");
        }
    }

    @Test
    void aBadPieceAtTheEndStopsAllOfThem() {
        try (Door door = Door.of(ctx.stdin(Input.text("abcdef")))) {
            door.iovecs(0, 100, 3, Door.SIZE - 2, 3);
            assertThat(door.call("fd_write", 1, 0, 2, 40)).isEqualTo(Errno.EFAULT);
            assertThat(out.size()).isZero();
            assertThat(door.call("fd_read", 0, 0, 2, 40)).isEqualTo(Errno.EFAULT);
            door.expect(99, draw("?????"));
            assertThat(door.read(0, 6)).isEqualTo("abcdef");
        }
    }
}

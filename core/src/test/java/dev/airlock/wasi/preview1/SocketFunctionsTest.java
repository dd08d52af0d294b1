package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.wasi.WasiCtx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketFunctionsTest {
    private static final int LISTENER = 3;
    private static final int CONNECTION = 4;

    private ServerSocketChannel channel;
    private Door door;

    @BeforeEach
    void open() throws IOException {
        channel = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        door = Door.of(WasiCtx.builder().listeningSocket(channel));
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        assertThat(channel.isOpen()).as("it is the host's").isTrue();
        channel.close();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), channel.socket().getLocalPort());
    }

    private Socket accepted() throws IOException {
        Socket client = connect();
        door.run("sock_accept", LISTENER, 0, 1);
        door.expect(0, draw("?", CONNECTION, 0, 0, 0, "?"));
        return client;
    }

    private String recv(int flags, int... lengths) {
        int at = 3000;
        int[] pairs = new int[2 * lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            pairs[2 * i] = at;
            pairs[2 * i + 1] = lengths[i];
            at += lengths[i];
        }
        door.iovecs(2000, pairs);
        door.run("sock_recv", CONNECTION, 2000, lengths.length, flags, 1, 6);
        door.expect(5, draw("?", 0, 0, "?"));
        return door.memory().readString(3000, door.memory().readInt(1));
    }

    private Errno send(String text) {
        door.iovecs(2000, 2100, door.text(2100, text));
        return door.call("sock_send", CONNECTION, 2000, 1, 0, 1);
    }

    @Test
    void bytesAreSentAndReceived() throws IOException {
        try (Socket client = accepted()) {
            client.getOutputStream().write("hello".getBytes());
            assertThat(recv(Flags.RECV_PEEK, 0, 3)).isEqualTo("hel");
            assertThat(recv(Flags.RECV_PEEK, 10)).startsWith("hel");
            assertThat(recv(Flags.RECV_WAITALL, 2, 3)).isEqualTo("hello");
            assertThat(send("world")).isEqualTo(Errno.ESUCCESS);
            door.expect(0, draw("?", 5, 0, 0, 0));
            assertThat(client.getInputStream().readNBytes(5)).isEqualTo("world".getBytes());
            assertThat(door.write(CONNECTION, "!")).isEqualTo(Errno.ESUCCESS);
            assertThat(client.getInputStream().read()).isEqualTo('!');
            client.getOutputStream().write("x".getBytes());
            assertThat(door.read(CONNECTION, 5)).isEqualTo("x");
            client.shutdownOutput();
            assertThat(recv(0, 5)).isEmpty();
            assertThat(recv(Flags.RECV_WAITALL, 5)).isEmpty();
        }
    }

    @Test
    void shuttingDownEndsTheOthersInput() throws IOException {
        try (Socket client = accepted()) {
            door.run("sock_shutdown", CONNECTION, Flags.WR);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(send("x")).isEqualTo(Errno.EPIPE);
            door.run("sock_shutdown", CONNECTION, Flags.RD | Flags.WR);
            assertThat(door.call("sock_shutdown", CONNECTION, 0)).isEqualTo(Errno.EINVAL);
            assertThat(door.call("sock_shutdown", CONNECTION, 4)).isEqualTo(Errno.EINVAL);
        }
    }

    @Test
    void closingClosesTheConnection() throws IOException {
        try (Socket client = accepted()) {
            door.run("fd_close", CONNECTION);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        Socket client = accepted();
        door.close();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.close();
    }

    @Test
    void nonBlockingSocketsAnswerAtOnce() throws IOException {
        door.run("fd_fdstat_set_flags", LISTENER, Flags.NONBLOCK);
        assertThat(door.call("sock_accept", LISTENER, 0, 1)).isEqualTo(Errno.EAGAIN);
        try (Socket client = connect()) {
            door.memory().fill(1000, 48, (byte) 0);
            door.memory().writeByte(1008, (byte) 1);
            door.memory().writeInt(1016, LISTENER);
            door.run("poll_oneoff", 1000, 100, 1, 500);
            door.run("sock_accept", LISTENER, Flags.NONBLOCK, 1);
            door.iovecs(2000, 3000, 5);
            assertThat(door.call("sock_recv", CONNECTION, 2000, 1, 0, 1, 6)).isEqualTo(Errno.EAGAIN);
            client.getOutputStream().write('x');
            door.memory().writeInt(1016, CONNECTION);
            door.run("poll_oneoff", 1000, 100, 1, 500);
            assertThat(recv(0, 5)).isEqualTo("x");
        }
    }

    @Test
    void fdstatAndFilestatOfSockets() throws IOException {
        try (Socket client = accepted()) {
            assertThat(client.isConnected()).isTrue();
            door.run("fd_fdstat_get", LISTENER, 1);
            door.expect(1, draw(Flags.SOCKET_STREAM, 0, 0, 0, 0, 0, 0, 0, Rights.OF_LISTENERS));
            door.run("fd_fdstat_get", CONNECTION, 1);
            door.expect(1, draw(Flags.SOCKET_STREAM, 0, 0, 0, 0, 0, 0, 0, Rights.OF_CONNECTIONS));
            assertThat(door.call("sock_accept", CONNECTION, 0, 1)).isEqualTo(Errno.EINVAL);
            assertThat(door.call("sock_accept", LISTENER, Flags.APPEND, 1)).isEqualTo(Errno.EINVAL);
            assertThat(door.call("sock_shutdown", LISTENER, 1)).isEqualTo(Errno.ENOTCONN);
            assertThat(door.call("fd_seek", CONNECTION, 0, 0, 1)).isEqualTo(Errno.ESPIPE);
            door.iovecs(2000, 2100, 1);
            assertThat(door.call("sock_send", CONNECTION, 2000, 1, 1, 1)).isEqualTo(Errno.EINVAL);
            assertThat(door.call("sock_recv", CONNECTION, 2000, 1, 4, 1, 6)).isEqualTo(Errno.EINVAL);
            assertThat(door.call("fd_prestat_get", LISTENER, 1)).isEqualTo(Errno.EBADF);
        }
    }

    @Test
    void anInterruptEndsAGuestThatWaitsForAConnection() {
        Thread waiter = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            while (waiter.getState() == Thread.State.RUNNABLE && !inSelect(waiter)) {
                Thread.onSpinWait();
            }
            waiter.interrupt();
        });
        interrupter.start();
        assertThatThrownBy(() -> door.call("sock_accept", LISTENER, 0, 1))
                .isInstanceOfSatisfying(Trap.class, t -> assertThat(t.code()).isEqualTo(TrapCode.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static boolean inSelect(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("doSelect")) {
                return true;
            }
        }
        return false;
    }
}

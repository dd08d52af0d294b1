package dev.airlock.wasi.preview1;

import dev.airlock.wasi.io.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** A connection that the guest accepted. */
final class ConnectionDescriptor extends Descriptor {
    private final Connection connection;

    ConnectionDescriptor(Connection connection, long rights, int flags) {
        super(rights, 0, flags);
        this.connection = connection;
    }

    @Override
    int type() {
        return Flags.SOCKET_STREAM;
    }

    private boolean waits() {
        return !has(Flags.NONBLOCK);
    }

    @Override
    int read(GuestMemory memory, int pointer, int length) throws Refusal {
        if (length == 0) {
            return 0;
        }
        int room = connection.available() > 0 ? Math.min(length, connection.available()) : length;
        try {
            int count = connection.receive(ByteBuffer.wrap(memory.toWrite(pointer, room), pointer, room), waits());
            if (count == 0) {
                throw Errno.EAGAIN.refusal();
            }
            return Math.max(0, count);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.ECONNRESET);
        }
    }

    /** Reads without taking: the next read finds the same bytes. */
    int peek(GuestMemory memory, int pointer, int length) throws Refusal {
        if (length == 0) {
            return 0;
        }
        try {
            ByteBuffer next = connection.peek(length, waits());
            if (next == null) {
                throw Errno.EAGAIN.refusal();
            }
            int count = next.remaining();
            next.get(memory.toWrite(pointer, count), pointer, count);
            return count;
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.ECONNRESET);
        }
    }

    @Override
    boolean hasMore() throws Refusal {
        return await(false, 0);
    }

    @Override
    int write(GuestMemory memory, int pointer, int length) throws Refusal {
        try {
            int sent = connection.send(ByteBuffer.wrap(memory.bytes(), pointer, length), waits());
            if (sent == 0 && length > 0) {
                throw Errno.EAGAIN.refusal();
            }
            return sent;
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.EPIPE);
        }
    }

    void shutdown(int how) throws Refusal {
        try {
            connection.shutdown((how & Flags.RD) != 0, (how & Flags.WR) != 0);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.ENOTCONN);
        }
    }

    @Override
    boolean await(boolean toWrite, long nanos) throws Refusal {
        try {
            return toWrite ? connection.awaitWritable(nanos) : connection.awaitReadable(nanos);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.ECONNRESET);
        }
    }

    @Override
    long available() {
        return connection.available();
    }

    @Override
    void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection of the guest cannot be closed", e);
        }
    }
}

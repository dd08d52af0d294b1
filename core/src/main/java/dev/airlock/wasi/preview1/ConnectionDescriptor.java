package dev.airlock.wasi.preview1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection that the guest accepted. */
final class ConnectionDescriptor extends Descriptor {
    private static final int MOST_PEEKED = 64 << 10;

    private final SocketChannel channel;
    private final ChannelWaiting waiting;

    /** What was looked at and not yet received. */
    private ByteBuffer peeked = ByteBuffer.allocate(0);

    ConnectionDescriptor(SocketChannel channel, ChannelWaiting waiting, long rights, int flags) {
        super(rights, 0, flags);
        this.channel = channel;
        this.waiting = waiting;
    }

    @Override
    int type() {
        return Flags.SOCKET_STREAM;
    }

    @Override
    int read(GuestMemory memory, int pointer, int length) throws Refusal {
        if (length == 0) {
            return 0;
        }
        if (peeked.hasRemaining()) {
            int count = Math.min(length, peeked.remaining());
            peeked.get(memory.toWrite(pointer, count), pointer, count);
            return count;
        }
        return receive(ByteBuffer.wrap(memory.toWrite(pointer, length), pointer, length));
    }

    /** Reads without taking: the next read finds the same. */
    int peek(GuestMemory memory, int pointer, int length) throws Refusal {
        if (length == 0) {
            return 0;
        }
        if (!peeked.hasRemaining()) {
            ByteBuffer fresh = ByteBuffer.allocate(Math.min(length, MOST_PEEKED));
            receive(fresh);
            peeked = fresh.flip();
        }
        int count = Math.min(length, peeked.remaining());
        peeked.duplicate().get(memory.toWrite(pointer, count), pointer, count);
        return count;
    }

    private int receive(ByteBuffer into) throws Refusal {
        try {
            int count = channel.read(into);
            while (count == 0) {
                if (has(Flags.NONBLOCK)) {
                    throw Errno.EAGAIN.refusal();
                }
                waiting.await(channel, SelectionKey.OP_READ);
                count = channel.read(into);
            }
            return Math.max(0, count);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.ECONNRESET);
        }
    }

    @Override
    boolean hasMore() throws Refusal {
        try {
            return peeked.hasRemaining() || waiting.await(channel, SelectionKey.OP_READ, 0);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.ECONNRESET);
        }
    }

    @Override
    int write(GuestMemory memory, int pointer, int length) throws Refusal {
        ByteBuffer from = ByteBuffer.wrap(memory.bytes(), pointer, length);
        try {
            while (from.hasRemaining()) {
                if (channel.write(from) == 0) {
                    if (!has(Flags.NONBLOCK)) {
                        waiting.await(channel, SelectionKey.OP_WRITE);
                    } else if (from.remaining() == length) {
                        throw Errno.EAGAIN.refusal();
                    } else {
                        break;
                    }
                }
            }
            return length - from.remaining();
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.EPIPE);
        }
    }

    void shutdown(int how) throws Refusal {
        try {
            if ((how & Flags.RD) != 0) {
                channel.shutdownInput();
            }
            if ((how & Flags.WR) != 0) {
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.ENOTCONN);
        }
    }

    @Override
    boolean await(boolean toWrite, long nanos) throws Refusal {
        try {
            return (!toWrite && peeked.hasRemaining())
                    || waiting.await(channel, toWrite ? SelectionKey.OP_WRITE : SelectionKey.OP_READ, nanos);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.ECONNRESET);
        }
    }

    @Override
    long available() {
        return peeked.remaining();
    }

    @Override
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection of the guest does not close", e);
        }
    }
}

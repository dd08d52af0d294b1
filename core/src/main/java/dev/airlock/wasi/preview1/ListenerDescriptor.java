package dev.airlock.wasi.preview1;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A listening socket, which is the host's. */
final class ListenerDescriptor extends Descriptor {
    private final ServerSocketChannel channel;
    private final ChannelWaiting waiting;

    ListenerDescriptor(ServerSocketChannel channel, ChannelWaiting waiting) {
        super(Rights.OF_LISTENERS, Rights.OF_CONNECTIONS, 0);
        this.channel = channel;
        this.waiting = waiting;
    }

    @Override
    int type() {
        return Flags.SOCKET_STREAM;
    }

    ConnectionDescriptor accept(int flags) throws Refusal {
        try {
            SocketChannel accepted = channel.accept();
            while (accepted == null) {
                if (has(Flags.NONBLOCK)) {
                    throw Errno.EAGAIN.refusal();
                }
                waiting.await(channel, SelectionKey.OP_ACCEPT);
                accepted = channel.accept();
            }
            accepted.configureBlocking(false);
            return new ConnectionDescriptor(accepted, waiting, inheriting(), flags);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.EIO);
        }
    }

    @Override
    boolean await(boolean toWrite, long nanos) throws Refusal, InterruptedException {
        if (toWrite) {
            return super.await(true, nanos);
        }
        try {
            return waiting.await(channel, SelectionKey.OP_ACCEPT, nanos);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.EIO);
        }
    }

    @Override
    void close() {}
}

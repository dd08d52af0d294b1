package dev.airlock.wasi.io;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening socket that the host opened and closes. */
public final class ListeningSocket {
    private final ServerSocketChannel channel;
    private final ChannelSelector selector;

    /**
     * Makes a socket non-blocking.
     *
     * @param channel a bound socket
     * @param selector waits for it
     * @throws IOException if the socket is closed
     */
    public ListeningSocket(ServerSocketChannel channel, ChannelSelector selector) throws IOException {
        channel.configureBlocking(false);
        this.channel = channel;
        this.selector = selector;
    }

    /**
     * Accepts a connection, which the caller closes.
     *
     * @param wait whether to wait for one
     * @return null if there is none and the call does not wait
     * @throws IOException if the socket fails
     */
    public @Nullable Connection accept(boolean wait) throws IOException {
        SocketChannel accepted = channel.accept();
        while (accepted == null) {
            if (!wait) {
                return null;
            }
            selector.await(channel, SelectionKey.OP_ACCEPT);
            accepted = channel.accept();
        }
        accepted.configureBlocking(false);
        return new Connection(accepted, selector);
    }

    /**
     * Waits until there is a connection to accept.
     *
     * @param nanos 0 or less to look once without waiting
     * @return whether there is a connection
     * @throws IOException if the socket fails
     */
    public boolean awaitConnection(long nanos) throws IOException {
        return selector.await(channel, SelectionKey.OP_ACCEPT, nanos);
    }
}

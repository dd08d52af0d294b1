package dev.airlock.wasi.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection that a guest accepted. */
public final class Connection implements Closeable {
    private static final int MOST_PEEKED = 64 << 10;

    private final SocketChannel channel;
    private final ChannelSelector selector;

    /** Bytes that were peeked at and not yet received. */
    private ByteBuffer peeked = ByteBuffer.allocate(0);

    Connection(SocketChannel channel, ChannelSelector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /**
     * Receives bytes.
     *
     * @param into has room for at least one byte
     * @param wait whether to wait for the first byte
     * @return how many bytes were received; -1 at the end; 0 if there is none and the call does not wait
     * @throws IOException if the connection fails
     */
    public int receive(ByteBuffer into, boolean wait) throws IOException {
        if (peeked.hasRemaining()) {
            int count = Math.min(into.remaining(), peeked.remaining());
            into.put(peeked.slice().limit(count));
            peeked.position(peeked.position() + count);
            return count;
        }
        return read(into, wait);
    }

    /**
     * Returns the next bytes without receiving them: the next call finds the same.
     *
     * @param most the most bytes to return, at least 1
     * @param wait whether to wait for the first byte
     * @return empty at the end; null if there is no byte and the call does not wait
     * @throws IOException if the connection fails
     */
    public @Nullable ByteBuffer peek(int most, boolean wait) throws IOException {
        if (!peeked.hasRemaining()) {
            ByteBuffer fresh = ByteBuffer.allocate(Math.min(most, MOST_PEEKED));
            if (read(fresh, wait) == 0) {
                return null;
            }
            peeked = fresh.flip();
        }
        ByteBuffer next = peeked.slice();
        return next.limit(Math.min(most, next.remaining()));
    }

    private int read(ByteBuffer into, boolean wait) throws IOException {
        int count = channel.read(into);
        while (count == 0 && wait) {
            selector.await(channel, SelectionKey.OP_READ);
            count = channel.read(into);
        }
        return count;
    }

    /**
     * Sends bytes.
     *
     * @param from the bytes
     * @param wait whether to wait until all are sent
     * @return how many bytes were sent: all of them, or fewer if the call does not wait
     * @throws IOException if the connection fails
     */
    public int send(ByteBuffer from, boolean wait) throws IOException {
        int length = from.remaining();
        while (from.hasRemaining()) {
            if (channel.write(from) == 0) {
                if (!wait) {
                    break;
                }
                selector.await(channel, SelectionKey.OP_WRITE);
            }
        }
        return length - from.remaining();
    }

    /**
     * Waits until a byte can be received, or the end is reached.
     *
     * @param nanos 0 or less to look once without waiting
     * @return whether a call of {@link #receive} would not wait
     * @throws IOException if the connection fails
     */
    public boolean awaitReadable(long nanos) throws IOException {
        return peeked.hasRemaining() || selector.await(channel, SelectionKey.OP_READ, nanos);
    }

    /**
     * Waits until a byte can be sent.
     *
     * @param nanos 0 or less to look once without waiting
     * @return whether a byte can be sent
     * @throws IOException if the connection fails
     */
    public boolean awaitWritable(long nanos) throws IOException {
        return selector.await(channel, SelectionKey.OP_WRITE, nanos);
    }

    /** {@return how many bytes can be received at least; 0 if that is not known} */
    public int available() {
        return peeked.remaining();
    }

    /**
     * Ends one direction or both.
     *
     * @param input whether to receive no more
     * @param output whether to send no more
     * @throws IOException if the connection fails
     */
    public void shutdown(boolean input, boolean output) throws IOException {
        if (input) {
            channel.shutdownInput();
        }
        if (output) {
            channel.shutdownOutput();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package dev.airlock.wasi.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the sockets of one instance. Their channels are non-blocking, also if the guest sees them as blocking: an
 * interrupt would close a channel in which a thread blocks.
 */
public final class ChannelSelector implements Closeable {
    private @Nullable Selector selector;

    /** Creates a selector, which opens nothing before the first wait. */
    public ChannelSelector() {}

    /**
     * Waits until a channel is ready, the time is over, or this thread is interrupted.
     *
     * @param operations of {@link SelectionKey}
     * @param nanos 0 or less to look once without waiting
     * @return whether the channel is ready
     */
    boolean await(SelectableChannel channel, int operations, long nanos) throws IOException {
        if (selector == null) {
            selector = Selector.open();
        }
        SelectionKey key = channel.register(selector, operations);
        try {
            if (nanos <= 0) {
                selector.selectNow();
            } else {
                selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            }
            return (key.readyOps() & operations) != 0;
        } finally {
            key.cancel();
            selector.selectNow();
        }
    }

    /**
     * Waits until a channel is ready.
     *
     * @throws dev.airlock.error.Trap if this thread is interrupted
     */
    void await(SelectableChannel channel, int operations) throws IOException {
        while (!await(channel, operations, Long.MAX_VALUE)) {
            if (Thread.currentThread().isInterrupted()) {
                throw Interrupts.trap();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (selector != null) {
            selector.close();
        }
    }
}

package dev.airlock.wasi.preview1;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for sockets. They are non-blocking, whatever the guest sees them as: an interrupt while a thread waits in a blocking
 * channel would close the channel.
 */
final class ChannelWaiting implements AutoCloseable {
    private @Nullable Selector selector;

    /** Whether a channel is ready, at once or before the time is over, or this thread is interrupted. */
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

    /** Waits for as long as it takes. */
    void await(SelectableChannel channel, int operations) throws IOException {
        while (!await(channel, operations, Long.MAX_VALUE)) {
            if (Thread.currentThread().isInterrupted()) {
                throw HostFailures.interrupted();
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

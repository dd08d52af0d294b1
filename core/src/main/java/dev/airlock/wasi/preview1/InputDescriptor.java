package dev.airlock.wasi.preview1;

import dev.airlock.wasi.SourceStream;
import dev.airlock.wasi.io.Interrupts;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** Standard input. */
final class InputDescriptor extends Descriptor {
    private final SourceStream source;
    private final boolean terminal;

    InputDescriptor(SourceStream source, boolean terminal) {
        super(Rights.OF_INPUT, 0, 0);
        this.source = source;
        this.terminal = terminal;
    }

    @Override
    int type() {
        return terminal ? Flags.CHARACTER_DEVICE : Flags.UNKNOWN;
    }

    @Override
    int read(GuestMemory memory, int pointer, int length) throws Refusal {
        try {
            if (has(Flags.NONBLOCK) && !source.awaitReadable(0)) {
                throw Errno.EAGAIN.refusal();
            }
            return Math.max(0, memory.fill(pointer, length, source::read));
        } catch (ClosedChannelException e) {
            throw HostFailures.of(e, Errno.EBADF);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.EIO);
        } catch (InterruptedException e) {
            throw Interrupts.trap(e);
        }
    }

    @Override
    boolean hasMore() throws Refusal {
        return available() > 0;
    }

    @Override
    boolean await(boolean toWrite, long nanos) throws Refusal, InterruptedException {
        return toWrite ? super.await(true, nanos) : source.awaitReadable(nanos);
    }

    @Override
    long available() throws Refusal {
        try {
            return source.available();
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.EIO);
        }
    }

    /** The sandbox closes the stream. */
    @Override
    void close() {}
}

package dev.airlock.wasi.preview1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;

/** Standard output or standard error. */
final class OutputDescriptor extends Descriptor {
    private final OutputStream stream;
    private final boolean terminal;

    OutputDescriptor(OutputStream stream, boolean terminal) {
        super(Rights.OF_OUTPUT, 0, 0);
        this.stream = stream;
        this.terminal = terminal;
    }

    @Override
    int type() {
        return terminal ? Flags.CHARACTER_DEVICE : Flags.UNKNOWN;
    }

    @Override
    int write(GuestMemory memory, int pointer, int length) throws Refusal {
        try {
            stream.write(memory.bytes(), pointer, length);
            return length;
        } catch (ClosedChannelException e) {
            throw HostFailures.of(e, Errno.EBADF);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.EIO);
        }
    }

    /** Always ready to be written to: a stream may wait, and cannot tell when. */
    @Override
    boolean await(boolean toWrite, long nanos) throws Refusal, InterruptedException {
        return toWrite || super.await(false, nanos);
    }

    /** The sandbox closes the stream. */
    @Override
    void close() {}
}

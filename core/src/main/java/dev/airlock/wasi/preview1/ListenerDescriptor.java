package dev.airlock.wasi.preview1;

import dev.airlock.wasi.io.Connection;
import dev.airlock.wasi.io.ListeningSocket;
import java.io.IOException;

/** A listening socket. */
final class ListenerDescriptor extends Descriptor {
    private final ListeningSocket socket;

    ListenerDescriptor(ListeningSocket socket) {
        super(Rights.OF_LISTENERS, Rights.OF_CONNECTIONS, 0);
        this.socket = socket;
    }

    @Override
    int type() {
        return Flags.SOCKET_STREAM;
    }

    ConnectionDescriptor accept(int flags) throws Refusal {
        try {
            Connection accepted = socket.accept(!has(Flags.NONBLOCK));
            if (accepted == null) {
                throw Errno.EAGAIN.refusal();
            }
            return new ConnectionDescriptor(accepted, inheriting(), flags);
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
            return socket.awaitConnection(nanos);
        } catch (IOException e) {
            throw HostFailures.of(e, Errno.EIO);
        }
    }

    /** The host closes it. */
    @Override
    void close() {}
}

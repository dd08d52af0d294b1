package dev.airlock.wasi.preview1;

import dev.airlock.wasi.preview1.GuestMemory.Pieces;

/** The functions on sockets: {@code sock_*}. */
final class SocketFunctions {
    private final DescriptorTable descriptors;
    private final GuestMemory memory;
    private final FdFunctions onDescriptors;

    SocketFunctions(DescriptorTable descriptors, GuestMemory memory, FdFunctions onDescriptors) {
        this.descriptors = descriptors;
        this.memory = memory;
        this.onDescriptors = onDescriptors;
    }

    /** Throws ENOTSOCK if the descriptor is not a socket, and ENOTCONN if it is a listening one. */
    private ConnectionDescriptor connection(int fd, long right) throws Refusal {
        Descriptor found = descriptors.get(fd);
        if (found instanceof ConnectionDescriptor connection) {
            connection.need(right);
            return connection;
        }
        throw (found instanceof ListenerDescriptor ? Errno.ENOTCONN : Errno.ENOTSOCK).refusal();
    }

    void accept(int fd, int flags, int accepted) throws Refusal {
        memory.check(accepted, 4);
        Descriptor found = descriptors.get(fd);
        if (!(found instanceof ListenerDescriptor listener)) {
            throw (found instanceof ConnectionDescriptor ? Errno.EINVAL : Errno.ENOTSOCK).refusal();
        }
        if ((flags & ~Flags.NONBLOCK) != 0) {
            throw Errno.EINVAL.refusal();
        }
        listener.need(Rights.SOCK_ACCEPT);
        descriptors.needRoom();
        memory.putInt(accepted, descriptors.add(listener.accept(flags)));
    }

    void recv(int fd, int iovs, int count, int how, int size, int flags) throws Refusal {
        Pieces pieces = memory.pieces(iovs, count);
        memory.check(size, 4);
        memory.check(flags, 2);
        ConnectionDescriptor from = connection(fd, Rights.FD_READ);
        Flags.known(how, Flags.RIFLAGS);
        int received;
        if ((how & Flags.RECV_PEEK) != 0) {
            received = peek(pieces, from);
            memory.moved(received, true);
        } else if ((how & Flags.RECV_WAITALL) != 0) {
            received = all(pieces, from);
            memory.moved(received, true);
        } else {
            received = onDescriptors.read(pieces, from);
        }
        memory.putInt(size, received);
        memory.putShort(flags, 0);
    }

    /** Peeks into the first piece that has room. */
    private int peek(Pieces pieces, ConnectionDescriptor from) throws Refusal {
        for (int i = 0; i < pieces.count(); i++) {
            if (pieces.length(i) != 0) {
                return from.peek(memory, pieces.pointer(i), pieces.length(i));
            }
        }
        return 0;
    }

    private int all(Pieces pieces, ConnectionDescriptor from) throws Refusal {
        int total = 0;
        for (int i = 0; i < pieces.count(); i++) {
            int done = 0;
            while (done < pieces.length(i)) {
                int count = from.read(memory, pieces.pointer(i) + done, pieces.length(i) - done);
                if (count == 0) {
                    return total + done;
                }
                done += count;
            }
            total += done;
        }
        return total;
    }

    void send(int fd, int iovs, int count, int how, int size) throws Refusal {
        Pieces pieces = memory.pieces(iovs, count);
        memory.check(size, 4);
        ConnectionDescriptor to = connection(fd, Rights.FD_WRITE);
        if (how != 0) {
            throw Errno.EINVAL.refusal();
        }
        memory.putInt(size, onDescriptors.write(pieces, to));
    }

    void shutdown(int fd, int how) throws Refusal {
        ConnectionDescriptor connection = connection(fd, Rights.SOCK_SHUTDOWN);
        if (Flags.known(how, Flags.SDFLAGS) == 0) {
            throw Errno.EINVAL.refusal();
        }
        connection.shutdown(how);
    }
}

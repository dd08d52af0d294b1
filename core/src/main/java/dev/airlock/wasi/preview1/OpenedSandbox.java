package dev.airlock.wasi.preview1;

/** The functions of one instance, in groups, and their state. */
final class OpenedSandbox {
    final DescriptorTable descriptors;
    final ProcessFunctions process;
    final FdFunctions fds;
    final PathFunctions paths;
    final PollFunction poll;
    final SocketFunctions sockets;

    OpenedSandbox(OpenDescriptors open, GuestMemory memory) {
        descriptors = open.descriptors;
        var times = new FileTimes(open.sandbox.clocks());
        process = new ProcessFunctions(open.sandbox, memory);
        fds = new FdFunctions(descriptors, memory, times);
        paths = new PathFunctions(descriptors, memory, times, fds);
        poll = new PollFunction(descriptors, memory, process);
        sockets = new SocketFunctions(descriptors, memory, fds);
    }
}

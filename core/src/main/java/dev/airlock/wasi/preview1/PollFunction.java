package dev.airlock.wasi.preview1;

import dev.airlock.wasi.io.Poll;
import dev.airlock.wasi.io.Pollable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code poll_oneoff}: waits until a time, or until something can be read or written. */
final class PollFunction {
    private static final int EVENT = 32;

    /** About as many as an operating system lets a process poll. */
    private static final int MAX_SUBSCRIPTIONS = 4_096;

    private static final int CLOCK = 0;
    private static final int FD_READ = 1;
    private static final int FD_WRITE = 2;
    private static final int HANGUP = 1;

    private final DescriptorTable descriptors;
    private final GuestMemory memory;
    private final ProcessFunctions process;

    PollFunction(DescriptorTable descriptors, GuestMemory memory, ProcessFunctions process) {
        this.descriptors = descriptors;
        this.memory = memory;
        this.process = process;
    }

    private record Event(Errno errno, long bytes, int flags) {}

    /** A subscription of the guest: to a time from now on, in nanoseconds, or to a descriptor. */
    private final class Subscription implements Pollable {
        private final long userdata;
        private final int kind;
        private final long after;
        private final int fd;
        private @Nullable Event event;

        Subscription(long userdata, int kind, long after, int fd) {
            this.userdata = userdata;
            this.kind = kind;
            this.after = after;
            this.fd = fd;
        }

        boolean isTime() {
            return kind == CLOCK;
        }

        /** An invalid descriptor is ready too: its event has the error number. */
        @Override
        public boolean await(long nanos) throws InterruptedException {
            boolean toWrite = kind == FD_WRITE;
            try {
                Descriptor descriptor = descriptors.get(fd);
                descriptor.need(Rights.POLL_FD_READWRITE);
                if (!descriptor.await(toWrite, nanos)) {
                    return false;
                }
                long bytes = toWrite ? 1 : descriptor.available();
                boolean ended = !toWrite && bytes == 0 && descriptor instanceof InputDescriptor;
                event = new Event(Errno.ESUCCESS, bytes, ended ? HANGUP : 0);
            } catch (Refusal e) {
                event = new Event(e.errno(), 0, 0);
            }
            return true;
        }
    }

    void poll(int in, int out, int count, int size, boolean unstable) throws Refusal {
        int length = unstable ? 56 : 48;
        long counted = Integer.toUnsignedLong(count);
        memory.check(in, counted * length);
        memory.check(out, counted * EVENT);
        memory.check(size, 4);
        if (count == 0 || counted > MAX_SUBSCRIPTIONS) {
            throw Errno.EINVAL.refusal();
        }
        var subscriptions = new ArrayList<Subscription>(count);
        for (int i = 0; i < count; i++) {
            subscriptions.add(subscription(in + i * length, unstable));
        }
        await(subscriptions);
        int events = 0;
        for (Subscription subscription : subscriptions) {
            if (subscription.event != null) {
                put(out + events * EVENT, subscription, subscription.event);
                events++;
            }
        }
        memory.putInt(size, events);
    }

    private Subscription subscription(int at, boolean unstable) throws Refusal {
        long userdata = memory.getLong(at);
        int kind = memory.getByte(at + 8);
        if (kind == FD_READ || kind == FD_WRITE) {
            return new Subscription(userdata, kind, Poll.NEVER, memory.getInt(at + 16));
        }
        if (kind != CLOCK) {
            throw Errno.EINVAL.refusal();
        }
        // Before preview 1, a clock's subscription began with an identifier.
        int clock = at + (unstable ? 24 : 16);
        int id = memory.getInt(clock);
        long timeout = memory.getLong(clock + 8);
        int flags = memory.getShort(clock + 24);
        if (flags > 1) {
            throw Errno.EINVAL.refusal();
        }
        long now = process.now(id);
        long after = timeout;
        if (flags == 1) {
            after = Long.compareUnsigned(timeout, now) <= 0 ? 0 : timeout - now;
        }
        return new Subscription(userdata, kind, after < 0 ? Poll.NEVER : Math.min(after, Poll.NEVER), 0);
    }

    private static void await(List<Subscription> subscriptions) {
        long start = System.nanoTime();
        long until = subscriptions.stream().mapToLong(s -> s.after).min().orElse(Poll.NEVER);
        Poll.first(subscriptions.stream().filter(s -> !s.isTime()).toList(), until);
        long passed = System.nanoTime() - start;
        for (Subscription subscription : subscriptions) {
            if (subscription.isTime() && subscription.after <= passed) {
                subscription.event = new Event(Errno.ESUCCESS, 0, 0);
            }
        }
    }

    private void put(int at, Subscription subscription, Event event) {
        memory.clear(at, EVENT);
        memory.putLong(at, subscription.userdata);
        memory.putShort(at + 8, event.errno().ordinal());
        memory.putByte(at + 10, subscription.kind);
        memory.putLong(at + 16, event.bytes());
        memory.putShort(at + 24, event.flags());
    }
}

package dev.airlock.wasi.preview1;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** {@code poll_oneoff}: waits until a time, or until something can be read or written. */
final class PollFunction {
    private static final int EVENT = 32;

    /** As many as an operating system would let a process poll, more or less. */
    private static final int MAX_SUBSCRIPTIONS = 4_096;

    private static final int CLOCK = 0;
    private static final int FD_READ = 1;
    private static final int FD_WRITE = 2;
    private static final int HANGUP = 1;

    /** For how long one thing is waited for, where there are several. */
    private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(5);

    /** For ever, as a sum that does not overflow: 73 years. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    private final Descriptors descriptors;
    private final GuestMemory memory;
    private final ProcessFunctions process;

    PollFunction(Descriptors descriptors, GuestMemory memory, ProcessFunctions process) {
        this.descriptors = descriptors;
        this.memory = memory;
        this.process = process;
    }

    /** What the guest subscribed to: a time from now on, in nanoseconds, or a descriptor. */
    private record Subscription(long userdata, int kind, long after, int fd) {}

    private record Event(Subscription of, Errno errno, long bytes, int flags) {}

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
        List<Event> events = await(subscriptions);
        for (int i = 0; i < events.size(); i++) {
            put(out + i * EVENT, events.get(i));
        }
        memory.putInt(size, events.size());
    }

    private Subscription subscription(int at, boolean unstable) throws Refusal {
        long userdata = memory.getLong(at);
        int kind = memory.getByte(at + 8);
        if (kind == FD_READ || kind == FD_WRITE) {
            return new Subscription(userdata, kind, NEVER, memory.getInt(at + 16));
        }
        if (kind != CLOCK) {
            throw Errno.EINVAL.refusal();
        }
        // Before preview 1, a clock's subscription began with an identifier of its own.
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
        return new Subscription(userdata, kind, after < 0 ? NEVER : Math.min(after, NEVER), 0);
    }

    private List<Event> await(List<Subscription> subscriptions) throws Refusal {
        long start = System.nanoTime();
        long until = NEVER;
        for (Subscription subscription : subscriptions) {
            until = Math.min(until, subscription.after());
        }
        int turn = 0;
        while (true) {
            long passed = System.nanoTime() - start;
            var events = new ArrayList<Event>();
            Set<Subscription> waiting = new LinkedHashSet<>();
            for (Subscription subscription : subscriptions) {
                Event event = subscription.kind() == CLOCK ? due(subscription, passed) : ready(subscription);
                if (event != null) {
                    events.add(event);
                } else if (subscription.kind() != CLOCK) {
                    waiting.add(subscription);
                }
            }
            if (!events.isEmpty()) {
                return events;
            }
            await(List.copyOf(waiting), turn++, until - passed);
        }
    }

    private static @Nullable Event due(Subscription subscription, long passed) {
        return subscription.after() <= passed ? new Event(subscription, Errno.ESUCCESS, 0, 0) : null;
    }

    /** What is wrong with a descriptor is told by an event, as the others are. */
    private @Nullable Event ready(Subscription subscription) {
        boolean toWrite = subscription.kind() == FD_WRITE;
        try {
            Descriptor descriptor = usable(subscription);
            if (!descriptor.await(toWrite, 0)) {
                return null;
            }
            long bytes = toWrite ? 1 : descriptor.available();
            boolean ended = !toWrite && bytes == 0 && descriptor instanceof InputDescriptor;
            return new Event(subscription, Errno.ESUCCESS, bytes, ended ? HANGUP : 0);
        } catch (Refusal e) {
            return new Event(subscription, e.errno(), 0, 0);
        } catch (InterruptedException e) {
            throw HostFailures.interrupted(e);
        }
    }

    private Descriptor usable(Subscription subscription) throws Refusal {
        Descriptor descriptor = descriptors.get(subscription.fd());
        descriptor.need(Rights.POLL_FD_READWRITE);
        return descriptor;
    }

    private void await(List<Subscription> waiting, int turn, long nanos) throws Refusal {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (waiting.isEmpty()) {
                LockSupport.parkNanos(nanos);
                return;
            }
            Subscription one = waiting.get(turn % waiting.size());
            usable(one).await(one.kind() == FD_WRITE, waiting.size() == 1 ? nanos : Math.min(nanos, GLANCE));
        } catch (InterruptedException e) {
            throw HostFailures.interrupted(e);
        }
    }

    private void put(int at, Event event) {
        memory.clear(at, EVENT);
        memory.putLong(at, event.of().userdata());
        memory.putShort(at + 8, event.errno().ordinal());
        memory.putByte(at + 10, event.of().kind());
        memory.putLong(at + 16, event.bytes());
        memory.putShort(at + 24, event.flags());
    }
}

package dev.airlock.pool;

import dev.airlock.component.Component;
import dev.airlock.component.ComponentLinker;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of instances of one guest, for any number of threads, platform or virtual: each call borrows one and gives
 * it back. Thread-safe.
 *
 * <p>After a call the instance is put back to the snapshot that was made when the pool was, so no call finds anything that
 * another left: not in memory, globals, tables or open descriptors. {@link PoolOptions#keepingState()} leaves that out. An
 * instance that traps, exits or passes a limit is thrown away, and another one is made when it is needed.
 *
 * <p>Where all are in use a call waits, {@link PoolOptions#maxWait} at the most, nearly in order of arrival. A host function
 * that calls the pool again takes a second instance while it holds the first: a pool of one would wait for itself.
 */
public final class Pool implements AutoCloseable {
    private final Source source;
    private final PoolOptions options;
    private final Shelf shelf;
    private final Waiting waiting = new Waiting();
    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();
    private final AtomicLong goneCalls = new AtomicLong();
    private final AtomicLong goneResets = new AtomicLong();
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
    private final List<Class<?>> types = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private Pool(Source source, PoolOptions options) {
        this.source = source;
        this.options = options;
        this.shelf = new Shelf(options.size());
    }

    /**
     * A pool of a core module's instances. A first one is made at once, warmed up and captured.
     *
     * @param linker what they import; nobody may change it any more
     * @param detection the guest's convention, found or chosen
     * @throws InstanceStateException if its state cannot be captured, and why: see
     *     {@link dev.airlock.engine.Instance#snapshot()}
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public static Pool of(Linker linker, Module module, Detection detection, PoolOptions options) {
        return new Pool(new CoreSource(linker, module, detection, options), options);
    }

    /**
     * A pool of a component's instances. A first one is made at once, warmed up and captured.
     *
     * @param linker what they import; nobody may change it any more
     * @throws InstanceStateException if its state cannot be captured, and why: see
     *     {@link dev.airlock.component.ComponentInstance#snapshot()}
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public static Pool of(ComponentLinker linker, Component component, PoolOptions options) {
        return new Pool(new ComponentSource(linker, component, options), options);
    }

    /**
     * The guest as an interface, each of whose calls borrows an instance. What several calls share has to be in their
     * arguments; {@link #with} keeps one instance for several calls. {@code close()} of an {@link AutoCloseable} closes the
     * pool.
     *
     * @throws dev.airlock.error.SignatureException with all that does not fit, on both sides; or if a method gives a
     *     resource of a component's, which would be of use only with the instance that it came from
     */
    public <T> T as(Class<T> type) {
        source.checkCallsStandAlone(type);
        int index = register(type);
        return type.cast(PooledInterface.of(this, type, index));
    }

    /**
     * Borrows an instance for several calls, and puts it back after the last.
     *
     * @param work given the guest behind the interface, which it must not keep
     * @throws dev.airlock.error.SignatureException with all that does not fit, on both sides
     */
    public <T, R> R with(Class<T> type, Function<? super T, ? extends R> work) {
        int index = register(type);
        Lease lease = borrow();
        Throwable failure = null;
        try {
            return work.apply(type.cast(lease.bound(index)));
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            giveBack(lease, failure);
        }
    }

    /** The number of an interface; an instance has been bound to it, so that it is sure to fit. */
    private int register(Class<?> type) {
        int known = types.indexOf(type);
        if (known >= 0) {
            return known;
        }
        Lease lease = borrow();
        try {
            lease.instance().bind(type);
        } finally {
            giveBack(lease, null);
        }
        synchronized (types) {
            if (!types.contains(type)) {
                types.add(type);
            }
            return types.indexOf(type);
        }
    }

    Lease borrow() {
        Lease lease = closed ? null : shelf.take();
        if (lease == null) {
            lease = borrowSlowly();
        }
        lease.lent();
        return lease;
    }

    private Lease borrowSlowly() {
        Lease found = takeOrReserve();
        if (found == null) {
            long start = System.nanoTime();
            found = waiting.await(options.maxWait().toNanos(), this::takeOrReserve);
            if (found == null) {
                throw busy(System.nanoTime() - start);
            }
        }
        if (found.isEmpty()) {
            try {
                found.fill(source.create());
            } catch (RuntimeException | Error e) {
                forget(found);
                throw e;
            }
            created.incrementAndGet();
        }
        return found;
    }

    private LimitException busy(long waited) {
        return LimitException.poolBusy(
                source.name(),
                options.maxWait().toMillis(),
                Duration.ofNanos(waited).toMillis(),
                options.size(),
                inUse(shelf.count()),
                waiting.count());
    }

    private int inUse(int idle) {
        return Math.max(0, alive.get() - idle);
    }

    /** An idle instance, or the right to make one, or null. */
    private @Nullable Lease takeOrReserve() {
        if (closed) {
            throw new InstanceStateException("the pool of " + source.name() + " is closed");
        }
        Lease idle = shelf.take();
        for (int count = alive.get(); idle == null && count < options.size(); count = alive.get()) {
            if (alive.compareAndSet(count, count + 1)) {
                idle = new Lease(this, types);
                leases.add(idle);
            }
        }
        return idle;
    }

    private void forget(Lease lease) {
        leases.remove(lease);
        goneCalls.addAndGet(lease.calls());
        goneResets.addAndGet(lease.resets());
        alive.decrementAndGet();
        if (waiting.count() > 0) {
            waiting.tell();
        }
    }

    /** @param failure what the call threw, which is more than what putting it back may throw */
    void giveBack(Lease lease, @Nullable Throwable failure) {
        try {
            if (lease.instance().isShut()) {
                evict(lease);
                return;
            }
            if (!options.keepsState()) {
                reset(lease);
            }
        } catch (RuntimeException | Error e) {
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
            return;
        }
        if (waiting.count() == 0 || !waiting.handOver(lease)) {
            shelf.put(lease);
            if (closed) {
                closeIdle();
            } else if (waiting.count() > 0) {
                waiting.tell();
            }
        }
    }

    private void reset(Lease lease) {
        try {
            lease.reset();
        } catch (RuntimeException | Error e) {
            try {
                evict(lease);
            } catch (RuntimeException | Error onClose) {
                e.addSuppressed(onClose);
            }
            throw e;
        }
    }

    private void evict(Lease lease) {
        evicted.incrementAndGet();
        forget(lease);
        lease.instance().close();
    }

    /** What it did so far, and what it is doing. */
    public PoolFigures figures() {
        long calls = goneCalls.get();
        long resets = goneResets.get();
        for (Lease lease : leases) {
            calls += lease.calls();
            resets += lease.resets();
        }
        int idle = shelf.count();
        return waiting.figures(options.size(), inUse(idle), idle, created.get(), evicted.get(), calls, resets);
    }

    /**
     * Refuses calls from now on, those that wait too, and closes all instances: the idle ones now, those in a call when it
     * ends, which is not waited for. Closing twice does no harm.
     */
    @Override
    public void close() {
        closed = true;
        waiting.tellAll();
        closeIdle();
    }

    private void closeIdle() {
        RuntimeException failure = null;
        for (Lease idle = shelf.take(); idle != null; idle = shelf.take()) {
            forget(idle);
            try {
                idle.instance().close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String toString() {
        return "pool of " + source.name() + ": " + options;
    }
}

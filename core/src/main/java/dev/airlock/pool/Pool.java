package dev.airlock.pool;

import dev.airlock.component.Component;
import dev.airlock.component.ComponentLinker;
import dev.airlock.convention.Detection;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.error.InstanceStateException;
import dev.airlock.error.LimitException;
import dev.airlock.error.SignatureException;
import dev.airlock.limit.CallOptions;
import dev.airlock.shape.FutureMethods;
import dev.airlock.shape.InterfaceMethods;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of instances of one guest, for any number of threads, platform or virtual: each call borrows an instance and
 * returns it. A pool is thread-safe.
 *
 * <pre>{@code
 * try (Pool pool = guest.pooled(PoolOptions.size(8))) {
 *   Greeter greeter = pool.as(Greeter.class); // any number of threads may call it
 *   greeter.greet("Ada");
 * }
 * }</pre>
 *
 * <p>After a call, the instance is reset to the snapshot that was made with the pool, so no call finds anything that another
 * left: not in memory, globals, tables or open descriptors. {@link PoolOptions#keepingState()} omits the reset. An instance
 * that traps, exits or reaches a limit is discarded, and another one is made when it is needed.
 *
 * <p>If all instances are in use, a call waits up to {@link PoolOptions#maxWait}. Waiters are served approximately in FIFO
 * order. A host function that calls the pool again takes a second instance while it holds the first: a pool of one would wait
 * for itself.
 */
public final class Pool implements AutoCloseable {
    private final Source source;
    private final WarmInstances instances;
    private final PoolOptions options;
    private final Shelf shelf;
    private final Waiting waiting = new Waiting();
    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();
    private final AtomicLong goneCalls = new AtomicLong();
    private final AtomicLong goneResets = new AtomicLong();
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
    private final List<PooledInterface> interfaces = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private Pool(Source source, PoolOptions options) {
        this.source = source;
        this.instances = new WarmInstances(source, options);
        this.options = options;
        this.shelf = new Shelf(options.size());
    }

    /**
     * Returns a pool of instances of a core module. One instance is created at once, warmed up and captured.
     *
     * @param linker defines the imports of the instances; it must not be changed afterwards
     * @param module the core module
     * @param detection the convention of the guest, detected or chosen
     * @param options the options of the pool
     * @return the new pool, which the caller closes
     * @throws InstanceStateException if the state of the instance cannot be captured: see
     *     {@link dev.airlock.engine.Instance#snapshot()}
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public static Pool of(Linker linker, Module module, Detection detection, PoolOptions options) {
        return new Pool(new CoreSource(linker, module, detection), options).prefilled();
    }

    /**
     * Returns a pool of instances of a component. One instance is created at once, warmed up and captured.
     *
     * @param linker defines the imports of the instances; it must not be changed afterwards
     * @param component the component
     * @param options the options of the pool
     * @return the new pool, which the caller closes
     * @throws InstanceStateException if the state of the instance cannot be captured: see
     *     {@link dev.airlock.component.ComponentInstance#snapshot()}
     * @throws dev.airlock.error.LinkException with all imports that are missing or have another type
     */
    public static Pool of(ComponentLinker linker, Component component, PoolOptions options) {
        return new Pool(new ComponentSource(linker, component), options).prefilled();
    }

    /**
     * Returns the guest as an interface. Each call borrows an instance, so calls share no state in the guest; {@link #with} keeps
     * one instance for several calls. {@code close()} of an {@link AutoCloseable} closes the
     * pool.
     *
     * @param <T> the interface
     * @param type the interface
     * @return the interface's implementation
     * @throws dev.airlock.error.SignatureException with each mismatch between the interface and the guest; or if a method returns
     *     a resource of a component, which would be usable only with the instance that it came from; or if a method returns a
     *     {@code CompletableFuture}, which needs an {@linkplain #as(Class, Executor) executor}
     */
    public <T> T as(Class<T> type) {
        return as(type, CallOptions.defaults());
    }

    /**
     * Does the same as {@link #as(Class)}, with options for each call of this interface. The wait for an instance is not part of a
     * call.
     *
     * @param <T> the interface
     * @param type the interface
     * @param options the options of each call
     * @return the interface's implementation
     */
    public <T> T as(Class<T> type, CallOptions options) {
        return make(type, options, null);
    }

    /**
     * Does the same as {@link #as(Class)}, for an interface with methods that return {@code CompletableFuture<T>} for functions
     * that return {@code T}. Their calls run in the executor, where each waits for an instance if all are in use. Other methods
     * call in the caller's thread.
     *
     * <p>{@code cancel(true)} of such a future interrupts the call if it runs: the guest ends, and its instance is discarded. If a
     * call throws, its future completes with the exception.
     *
     * @param <T> the interface
     * @param type the interface
     * @param executor may have more threads than the pool has instances; shutting it down is up to the caller
     * @return the interface's implementation
     * @throws dev.airlock.error.SignatureException as {@link #as(Class)}; or if no method returns a {@code CompletableFuture}
     */
    public <T> T as(Class<T> type, Executor executor) {
        return as(type, CallOptions.defaults(), executor);
    }

    /**
     * Does the same as {@link #as(Class, Executor)}, with options for each call of this interface.
     *
     * @param <T> the interface
     * @param type the interface
     * @param options the options of each call
     * @param executor runs the calls of methods that return a future
     * @return the interface's implementation
     */
    public <T> T as(Class<T> type, CallOptions options, Executor executor) {
        return make(type, options, Objects.requireNonNull(executor, "executor"));
    }

    /**
     * Does the same as {@link #as(Class) as}, whose name is a keyword in Kotlin.
     *
     * @param <T> the interface
     * @param type the interface
     * @return the interface's implementation
     */
    public <T> T bind(Class<T> type) {
        return as(type);
    }

    private <T> T make(Class<T> type, CallOptions options, @Nullable Executor executor) {
        Objects.requireNonNull(options, "options");
        source.checkCallsStandAlone(type);
        if (executor == null) {
            checkNoFutures(type);
        } else if (!FutureMethods.areIn(type)) {
            throw new SignatureException(type.getName() + " is given an executor, and none of its methods returns a"
                    + " CompletableFuture: leave the executor out, or let the methods that it is meant for return one");
        }
        return type.cast(interfaces.get(register(type)).make(new PooledInterface.Target(this, options, executor)));
    }

    private static void checkNoFutures(Class<?> type) {
        for (Method method : InterfaceMethods.toImplement(type)) {
            if (FutureMethods.isOne(method)) {
                throw new SignatureException(type.getSimpleName() + "." + method.getName()
                        + " returns a CompletableFuture, and there are no threads to call it in: give the pool some, by as("
                        + type.getSimpleName() + ".class, executor)");
            }
        }
    }

    /**
     * Borrows one instance for several calls, and returns it to the pool afterwards.
     *
     * @param <T> the interface
     * @param <R> the type of the result
     * @param type the interface
     * @param work makes the calls through the interface, which it must not keep
     * @return the result of {@code work}
     * @throws dev.airlock.error.SignatureException with each mismatch between the interface and the guest
     */
    public <T, R> R with(Class<T> type, Function<? super T, ? extends R> work) {
        checkNoFutures(type);
        int index = register(type);
        Lease lease = borrow(CallOptions.defaults());
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

    /** Returns the index of an interface. An instance was bound to it, so it is known to fit. */
    private int register(Class<?> type) {
        int known = indexOf(type);
        if (known >= 0) {
            return known;
        }
        Lease lease = borrow(CallOptions.defaults());
        try {
            lease.instance().bindCompleting(type);
        } finally {
            giveBack(lease, null);
        }
        synchronized (interfaces) {
            int meanwhile = indexOf(type);
            if (meanwhile >= 0) {
                return meanwhile;
            }
            interfaces.add(PooledInterface.of(type, interfaces.size()));
            return interfaces.size() - 1;
        }
    }

    private int indexOf(Class<?> type) {
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).type() == type) {
                return i;
            }
        }
        return -1;
    }

    /** @throws LimitException if no instance is available in time */
    Lease borrow(CallOptions wanted) {
        Lease lease = closed ? null : shelf.take();
        if (lease == null) {
            lease = borrowSlowly();
        }
        lease.lent();
        if (lease.heeds(wanted)) {
            return lease;
        }
        try {
            lease.heed(wanted);
            return lease;
        } catch (RuntimeException | Error e) {
            giveBack(lease, e);
            throw e;
        }
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
                found.fill(instances.create());
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

    /** Returns an idle instance, or an empty lease that reserves a new one, or null. */
    private @Nullable Lease takeOrReserve() {
        if (closed) {
            throw new InstanceStateException("the pool of " + source.name() + " is closed");
        }
        Lease idle = shelf.take();
        for (int count = alive.get(); idle == null && count < options.size(); count = alive.get()) {
            if (alive.compareAndSet(count, count + 1)) {
                idle = new Lease(this, interfaces);
                leases.add(idle);
            }
        }
        return idle;
    }

    private Pool prefilled() {
        try {
            for (int i = 0; i < options.madeAhead(); i++) {
                var made = new Lease(this, interfaces);
                made.fill(instances.create());
                alive.incrementAndGet();
                created.incrementAndGet();
                leases.add(made);
                shelf.put(made);
            }
            return this;
        } catch (RuntimeException | Error e) {
            try {
                close();
            } catch (RuntimeException | Error onClose) {
                e.addSuppressed(onClose);
            }
            throw e;
        }
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

    /** @param failure what the call threw, which takes precedence over a failure to reset; null if it returned */
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

    /**
     * Returns what the pool has done so far and is doing now.
     *
     * @return the figures
     */
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
     * Refuses calls from now on, including the ones that wait, and closes all instances: idle ones at once, and each of the others
     * at the end of its call, for which this method does not wait. Closing a closed pool has no effect.
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

package dev.airlock;

import dev.airlock.engine.Holdings;
import dev.airlock.error.InstanceStateException;
import dev.airlock.pool.Pool;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/**
 * The instances and pools that are closed with a guest. It keeps none of them alive: one that nothing else leads to any longer
 * is closed without it. Thread-safe.
 */
final class Opened {
    private final String guest;
    private final Set<Holdings> instances = new HashSet<>();
    private final Set<Pool> pools = Collections.newSetFromMap(new WeakHashMap<>());
    private boolean closed;

    /** @param guest its name, for errors */
    Opened(String guest) {
        this.guest = guest;
    }

    /** @throws InstanceStateException if the guest is closed; then the instance is closed, too */
    void add(Holdings instance) {
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                instances.add(instance);
            }
        }
        if (late) {
            instance.close();
            throw new InstanceStateException("the guest " + guest + " is closed");
        }
        instance.add(() -> remove(instance));
    }

    private synchronized void remove(Holdings instance) {
        instances.remove(instance);
    }

    /** @throws InstanceStateException if the guest is closed; then the pool is closed, too */
    void add(Pool pool) {
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                pools.add(pool);
            }
        }
        if (late) {
            pool.close();
            throw new InstanceStateException("the guest " + guest + " is closed");
        }
    }

    /**
     * Closes all of them, even if some cannot be closed.
     *
     * @throws InstanceStateException if a thread is in an instance
     * @throws RuntimeException what closing threw: the first, with the others in it
     */
    void close() {
        List<AutoCloseable> closing;
        synchronized (this) {
            closed = true;
            closing = Stream.<AutoCloseable>concat(pools.stream(), instances.stream())
                    .toList();
        }
        RuntimeException failure = null;
        for (AutoCloseable each : closing) {
            try {
                each.close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            } catch (Exception e) {
                throw new IllegalStateException("an instance of " + guest + " did not close", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

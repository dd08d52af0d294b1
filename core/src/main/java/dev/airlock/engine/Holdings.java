package dev.airlock.engine;

import dev.airlock.error.InstanceStateException;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the host holds for one instance, or for all core instances of one component: open files, Java objects that the guest
 * owns. It is released when the instance is closed, or else by a {@link Cleaner} when nothing leads to the instance any
 * longer. Public for the facade; no program should use it. Thread-safe.
 *
 * <p>All that comes out of an instance leads to the instance's {@link Gate}, and so does the stack of a thread that is in a
 * call: to leave is a write to that gate. So the gate is what the cleaner watches, and what is released was reachable from
 * nothing that could still use it. For the same reason nothing in here may lead to the instance: it would live for ever.
 */
public final class Holdings implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create(Holdings::thread);

    private final String name;
    private final WeakReference<Gate> gate;
    private final List<AutoCloseable> held = new ArrayList<>(2);
    private Cleaner.@Nullable Cleanable cleanable;
    private boolean released;

    Holdings(String name, Gate gate) {
        this.name = name;
        this.gate = new WeakReference<>(gate);
    }

    /** Takes nothing from the thread that starts it: neither its class loader nor its inherited thread locals. */
    private static Thread thread(Runnable cleaning) {
        Thread thread = new Thread(null, cleaning, "airlock cleaner", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /**
     * Has something closed when the instance is.
     *
     * @param resource does not lead to the instance
     * @throws InstanceStateException if the instance is closed already; the resource is left open then
     */
    public synchronized void add(AutoCloseable resource) {
        Gate watched = gate.get();
        if (released || watched == null) {
            throw new InstanceStateException("an instance of " + name + " is closed");
        }
        held.add(resource);
        if (cleanable == null) {
            // An instance for which nothing is held needs none.
            cleanable = CLEANER.register(watched, this::clean);
        }
    }

    /**
     * Closes the instance; if nothing leads to it any longer, releases what is held for it.
     *
     * @throws InstanceStateException if a thread is in the instance
     */
    @Override
    public void close() {
        Gate entered = gate.get();
        if (entered == null) {
            release();
        } else {
            entered.closeHolder();
        }
    }

    /** Closes what is held, each once. The caller makes sure that no thread can be in the instance. */
    void release() {
        List<AutoCloseable> closing;
        Cleaner.Cleanable registered;
        synchronized (this) {
            released = true;
            closing = List.copyOf(held);
            held.clear();
            registered = cleanable;
            cleanable = null;
        }
        try {
            closeAll(closing);
        } finally {
            if (registered != null) {
                registered.clean();
            }
        }
    }

    private void clean() {
        try {
            release();
        } catch (RuntimeException | Error e) {
            System.getLogger("dev.airlock.engine")
                    .log(
                            Level.WARNING,
                            "an instance of " + name + " was dropped without being closed, and did not close by itself",
                            e);
        }
    }

    private void closeAll(List<AutoCloseable> closing) {
        Throwable failure = null;
        for (AutoCloseable resource : closing) {
            try {
                resource.close();
            } catch (Exception | Error e) {
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException("an instance of " + name + " did not close", failure);
        }
    }

    @Override
    public String toString() {
        return "what is held for an instance of " + name;
    }
}

package dev.airlock.pool;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call in a thread of an executor, and its result. {@code cancel(true)} interrupts the call if it runs: the guest ends, and
 * its instance is discarded.
 */
final class PooledFuture extends CompletableFuture<@Nullable Object> implements Runnable {
    private final Object lock = new Object();
    private final MethodHandle call;
    private final Object target;
    private final @Nullable Object[] args;

    /** Null while the call does not run. Guarded by the lock. */
    private @Nullable Thread runner;

    /** Guarded by the lock. */
    private boolean interrupted;

    /** @param call {@code (Object target, Object[] args) -> Object}, which returns a complete future */
    PooledFuture(MethodHandle call, Object target, @Nullable Object[] args) {
        this.call = call;
        this.target = target;
        this.args = args;
    }

    @Override
    public void run() {
        synchronized (lock) {
            if (isDone()) {
                return;
            }
            runner = Thread.currentThread();
        }
        Object result = null;
        Throwable failure = null;
        try {
            result = ((CompletableFuture<?>) (Object) call.invokeExact(target, args)).join();
        } catch (Throwable e) {
            failure = e;
        } finally {
            synchronized (lock) {
                runner = null;
                if (interrupted) {
                    // The interrupt was for this call, not for the next task of the thread.
                    Thread.interrupted();
                }
            }
        }
        if (failure == null) {
            complete(result);
        } else {
            completeExceptionally(failure);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled && mayInterruptIfRunning) {
            synchronized (lock) {
                if (runner != null) {
                    interrupted = true;
                    runner.interrupt();
                }
            }
        }
        return cancelled;
    }
}

package dev.airlock.wasi.io;

/** Something that a guest waits for: a stream or a socket that becomes ready. */
public interface Pollable {
    /**
     * Waits until this is ready or the time is over. A stream or socket that failed is ready.
     *
     * @param nanos 0 or less to look once without waiting
     * @return whether it is ready
     * @throws InterruptedException if this thread is interrupted
     */
    boolean await(long nanos) throws InterruptedException;
}

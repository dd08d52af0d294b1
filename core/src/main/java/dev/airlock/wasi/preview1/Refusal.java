package dev.airlock.wasi.preview1;

/**
 * Ends a function with an error number. There is one instance for each number: a guest may cause any number of them.
 */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    Refusal(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}

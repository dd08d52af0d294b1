package dev.airlock.wasi.preview1;

/** Ends a function with an error number. One for each number, made once: a guest may cause as many as it likes. */
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

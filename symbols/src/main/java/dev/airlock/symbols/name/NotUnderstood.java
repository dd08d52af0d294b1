package dev.airlock.symbols.name;

/** Thrown within this package if a symbol follows no known scheme, or exceeds a bound. */
final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final NotUnderstood INSTANCE = new NotUnderstood();

    private NotUnderstood() {
        super("not understood", null, false, false);
    }
}

package dev.airlock.symbols.name;

/** A symbol is in no form that we know, or is over a bound. Never leaves this room. */
final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final NotUnderstood INSTANCE = new NotUnderstood();

    private NotUnderstood() {
        super("not understood", null, false, false);
    }
}

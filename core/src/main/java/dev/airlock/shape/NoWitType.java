package dev.airlock.shape;

/** A type that has no WIT type, though a codec may have a form for it. {@link ShapeMaker} decides what follows. */
final class NoWitType extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason starts with the path to the type */
    NoWitType(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}

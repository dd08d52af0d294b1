package dev.airlock.engine.compile.jvm;

/** Thrown when the code of a method becomes larger than the JVM allows; caught where it is known which function it is of. */
public final class CodeTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CodeTooLargeException() {
        super("more than 65,535 bytes of code in a method", null, false, false);
    }
}

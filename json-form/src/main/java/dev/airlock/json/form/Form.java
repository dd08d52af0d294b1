package dev.airlock.json.form;

import org.jspecify.annotations.Nullable;

/** Writes and reads the values of one Java type, strictly in both directions. {@link Forms} makes forms. */
public abstract class Form {
    private final String expected;

    /** @param expected what is expected, for errors: {@code "an array"} */
    protected Form(String expected) {
        this.expected = expected;
    }

    /** Returns whether the mapper writes and reads all values but null. */
    public boolean isMappers() {
        return false;
    }

    /** Writes a value that is not null. */
    protected abstract void write(Object value, TokenWriter out);

    /** Reads a value that is not null. The reader is at the value's first token, and ends at its last. */
    protected abstract @Nullable Object read(TokenReader in);

    /** Writes Java's null. Throws a {@link Mismatch} unless null is a value of the type. */
    protected void writeNull(TokenWriter out) {
        throw new Mismatch("expected " + expected + ", got null");
    }

    /**
     * Returns the value that null in the payload stands for.
     *
     * @throws Mismatch unless null is a value of the type
     */
    public @Nullable Object readNull() {
        throw new Mismatch("expected " + expected + ", got null");
    }

    /**
     * Writes a value or null.
     *
     * @throws Mismatch if it does not fit
     */
    public final void writeAny(@Nullable Object value, TokenWriter out) {
        if (value == null) {
            writeNull(out);
        } else {
            write(value, out);
        }
    }

    /**
     * Reads a value or null. The reader is at the value's first token, and ends at its last.
     *
     * @throws Mismatch if it does not fit
     */
    public final @Nullable Object readAny(TokenReader in) {
        return in.token() == Token.NULL ? readNull() : read(in);
    }

    /** Checks that the reader is at such a token. */
    final void expect(TokenReader in, Token token) {
        if (in.token() != token) {
            throw mismatch(in);
        }
    }

    final Mismatch mismatch(TokenReader in) {
        return new Mismatch("expected " + expected + ", got " + in.token().words());
    }
}

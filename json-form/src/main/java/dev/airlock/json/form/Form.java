package dev.airlock.json.form;

import org.jspecify.annotations.Nullable;

/** How the values of one Java type are written and read, strict both ways. {@link Forms} makes them. */
public abstract class Form {
    private final String wanted;

    /** @param wanted what is expected, for errors: {@code "an array"} */
    protected Form(String wanted) {
        this.wanted = wanted;
    }

    /** Whether it leaves all to the mapper, null apart. */
    public boolean isMappers() {
        return false;
    }

    /** Writes a value that is not null. */
    protected abstract void write(Object value, TokenWriter out);

    /** Reads a value that is not null, from the token at which the reader is, up to its own last token. */
    protected abstract @Nullable Object read(TokenReader in);

    /** What null in Java is written as; refused unless null is a value of the type. */
    protected void writeNull(TokenWriter out) {
        throw new Mismatch("null, where " + wanted + " is wanted");
    }

    /**
     * Returns what null in the payload stands for.
     *
     * @throws Mismatch unless it stands for something
     */
    public @Nullable Object readNull() {
        throw new Mismatch("null, where " + wanted + " is wanted");
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
     * Reads a value or null, from the token at which the reader is, up to its own last token.
     *
     * @throws Mismatch if it does not fit
     */
    public final @Nullable Object readAny(TokenReader in) {
        return in.token() == Token.NULL ? readNull() : read(in);
    }

    /** Goes on only from such a token. */
    final void expect(TokenReader in, Token token) {
        if (in.token() != token) {
            throw mismatch(in);
        }
    }

    final Mismatch mismatch(TokenReader in) {
        return new Mismatch(wanted + " is wanted, got " + in.token().words());
    }
}

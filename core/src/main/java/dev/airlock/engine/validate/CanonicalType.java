package dev.airlock.engine.validate;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The only one of its type: see {@link TypeCanon}. */
final class CanonicalType implements DefinedType {
    private static final FieldType[] NONE = {};
    private static final AtomicLong COUNT = new AtomicLong();

    private final long id = COUNT.incrementAndGet();
    private final Kind kind;
    private final boolean isFinal;

    /** The supertypes from the root on, with this type last. */
    private final CanonicalType[] display;

    private FieldType[] first = NONE;
    private FieldType[] results = NONE;

    /** Keeps the rest of its recursion group, by which it was found, alive with it. */
    @Nullable
    Object group;

    CanonicalType(Kind kind, boolean isFinal, @Nullable CanonicalType supertype) {
        this.kind = kind;
        this.isFinal = isFinal;
        int depth = supertype == null ? 0 : supertype.display.length;
        display = supertype == null ? new CanonicalType[1] : Arrays.copyOf(supertype.display, depth + 1);
        display[depth] = this;
    }

    void describe(FieldType[] firstTypes, FieldType[] resultTypes) {
        first = firstTypes;
        results = resultTypes;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public boolean isFinal() {
        return isFinal;
    }

    @Override
    public @Nullable DefinedType supertype() {
        return display.length == 1 ? null : display[display.length - 2];
    }

    @Override
    public boolean isSubtypeOf(DefinedType other) {
        if (this == other) {
            return true;
        }
        int depth = ((CanonicalType) other).display.length - 1;
        return depth < display.length && display[depth] == other;
    }

    @Override
    public FieldType[] first() {
        return first;
    }

    @Override
    public FieldType[] results() {
        return results;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String toString() {
        return kind + " type " + id;
    }
}

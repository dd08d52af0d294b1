package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;

/** Walks types to see how far they reach, and refuses those that reach too far. */
final class Extent {
    private final String what;
    private int size = 1;

    private Extent(String what) {
        this.what = what;
    }

    /**
     * Refuses a type that would be too deep or too large.
     *
     * <p>Every type is checked as it is made, so the walk meets no part above the limits and stops soon: sharing one
     * part many times over cannot make it long.
     *
     * @param what the type to be made, in a word
     * @param parts what it would be made of
     */
    static void check(String what, List<? extends ValType> parts) {
        Extent extent = new Extent(what);
        for (ValType part : parts) {
            extent.walk(part, 2);
        }
    }

    private void walk(ValType type, int depth) {
        if (depth > ValType.MAX_DEPTH) {
            throw new SignatureException(
                    "types nest to a depth of " + ValType.MAX_DEPTH + ", this " + what + " goes deeper");
        }
        if (++size > ValType.MAX_SIZE) {
            throw new SignatureException(
                    "a type is made of " + ValType.MAX_SIZE + " types at most, this " + what + " of more");
        }
        for (ValType part : type.parts()) {
            walk(part, depth + 1);
        }
    }

    /** Whether the type is, or is made of, a borrow. */
    static boolean hasBorrow(ValType type) {
        return type instanceof BorrowType || type.parts().stream().anyMatch(Extent::hasBorrow);
    }
}

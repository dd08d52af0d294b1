package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;

/** Checks the depth and size of types. */
final class TypeBounds {
    private final String what;
    private int size = 1;

    private TypeBounds(String what) {
        this.what = what;
    }

    /**
     * Refuses a type that would be too deep or too large.
     *
     * <p>Every type is checked when it is made, so the walk meets no part above the limits and stops soon, even if one
     * part is shared many times.
     *
     * @param what the kind of type to be made, in a word
     * @param parts the types that it would be made of
     */
    static void check(String what, List<? extends ValType> parts) {
        TypeBounds bounds = new TypeBounds(what);
        for (ValType part : parts) {
            bounds.walk(part, 2);
        }
    }

    private void walk(ValType type, int depth) {
        if (depth > ValType.MAX_DEPTH) {
            throw new SignatureException(
                    "types nest to a depth of " + ValType.MAX_DEPTH + ", this " + what + " goes deeper");
        }
        if (++size > ValType.MAX_SIZE) {
            throw new SignatureException(
                    "a type has at most " + ValType.MAX_SIZE + " parts, this " + what + " has more");
        }
        for (ValType part : type.parts()) {
            walk(part, depth + 1);
        }
    }

    /** Returns whether the type is a borrow or contains one. */
    static boolean hasBorrow(ValType type) {
        return type instanceof BorrowType || type.parts().stream().anyMatch(TypeBounds::hasBorrow);
    }
}

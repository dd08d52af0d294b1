package dev.airlock.shape;

import dev.airlock.error.SignatureException;

/** The way from a Java parameter or type down to a part of it, for errors: {@code order.items[].price}. */
record JavaPath(String text) {
    static JavaPath of(String start) {
        return new JavaPath(start);
    }

    /** On to a component of a record, or a record of a sealed interface. */
    JavaPath component(String name) {
        return new JavaPath(text + "." + name);
    }

    /** On to the elements of a list. */
    JavaPath element() {
        return new JavaPath(text + "[]");
    }

    String at(String reason) {
        return text + ": " + reason;
    }

    /** For a type that has no WIT type. A codec may have a form for it. */
    NoWitType refuse(String reason) {
        return new NoWitType(at(reason));
    }

    /** For a type that says two things at once, or nothing. No codec can have a form for it. */
    SignatureException contradict(String reason) {
        return new SignatureException(at(reason));
    }

    @Override
    public String toString() {
        return text;
    }
}

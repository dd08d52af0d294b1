package dev.airlock.abi.canonical;

/** The string encoding of a component's core module (Canonical ABI, "Canonical ABI Options"). */
public enum StringEncoding {
    /** Counted in bytes. */
    UTF8(1),
    /** Counted in code units of two bytes, little-endian. */
    UTF16(2),
    /** One byte a character if that will do, else UTF-16: the count's highest bit tells which. */
    LATIN1_UTF16(2);

    private final int alignment;

    StringEncoding(int alignment) {
        this.alignment = alignment;
    }

    int alignment() {
        return alignment;
    }
}

package dev.airlock.abi.canonical;

/** What the strings of a component's core module are (Canonical ABI, "Canonical ABI Options"). */
public enum StringEncoding {
    /** Counted in bytes. */
    UTF8(1),
    /** Counted in code units of two bytes, little-endian. */
    UTF16(2),
    /** One byte a character where that will do, else UTF-16: the count's highest bit tells. */
    LATIN1_UTF16(2);

    private final int alignment;

    StringEncoding(int alignment) {
        this.alignment = alignment;
    }

    int alignment() {
        return alignment;
    }
}

package dev.airlock.shape;

/** How Java has it that a block is missing, for which a guest has a null pointer. */
public enum Absence {
    /** It is never missing. */
    NEVER,
    /** By null. */
    NULL,
    /** By an empty {@link java.util.Optional}. */
    OPTIONAL,
    /** By {@code none}, as a {@link dev.airlock.type.OptionValue}. */
    VALUE
}

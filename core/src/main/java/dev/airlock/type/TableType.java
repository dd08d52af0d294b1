package dev.airlock.type;

/**
 * The type of a table (core specification, section 2.3.12).
 *
 * @param element the type of the elements
 * @param minimum the initial size, in elements
 * @param maximum the declared maximum, or {@link #NO_MAXIMUM}
 * @param is64 whether indices are i64 instead of i32
 */
public record TableType(CoreValType element, long minimum, long maximum, boolean is64) implements ExternType {
    /** The {@link #maximum()} of a table that declares none. */
    public static final long NO_MAXIMUM = Long.MAX_VALUE;

    /**
     * Creates the type of a table with 32-bit indices.
     *
     * @param element the type of the elements
     * @param minimum the initial size, in elements
     * @param maximum the declared maximum, or {@link #NO_MAXIMUM}
     */
    public TableType(CoreValType element, long minimum, long maximum) {
        this(element, minimum, maximum, false);
    }

    @Override
    public String kind() {
        return "table";
    }

    @Override
    public String toString() {
        return (is64 ? "table i64 " : "table ")
                + element
                + " "
                + minimum
                + ".."
                + (maximum == NO_MAXIMUM ? "" : maximum);
    }
}

package dev.airlock.type;

/**
 * The type of a table (core specification, section 2.3.9).
 *
 * @param element the type of the elements
 * @param minimum the initial size, in elements
 * @param maximum the declared maximum, or {@link #NO_MAXIMUM}
 */
public record TableType(CoreValType element, long minimum, long maximum) implements ExternType {
    /** The {@link #maximum()} of a table that declares none. */
    public static final long NO_MAXIMUM = 0xFFFF_FFFFL;

    @Override
    public String kind() {
        return "table";
    }

    @Override
    public String toString() {
        return "table " + element + " " + minimum + ".." + (maximum == NO_MAXIMUM ? "" : maximum);
    }
}

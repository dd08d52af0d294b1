package dev.airlock.type;

/**
 * A resource, which lives on one side and which the other side knows only by a handle: {@code resource blob;}. It is
 * not a value type itself; {@link OwnType} and {@link BorrowType} are.
 *
 * <p>Two resources are equal if their names <em>and owners</em> are equal. Two instances of one component define two
 * resources of the same name, so each instance is the owner of its resource.
 *
 * @param name the declared name, a label
 * @param owner the definer, compared by {@code equals}: the name of an interface, or an instance; {@link #NO_OWNER} for
 *     a resource that was read from text on its own
 */
public record ResourceType(String name, Object owner) {
    /** The {@link #owner()} of a resource of which only the name is known. */
    public static final Object NO_OWNER = "";

    /**
     * Checks the label.
     *
     * @param name see the record
     * @param owner see the record
     * @throws dev.airlock.error.SignatureException if the name is not a label
     */
    public ResourceType {
        Labels.check("resource", name);
    }

    /**
     * Creates a resource of which only the name is known.
     *
     * @param name the declared name, a label
     */
    public ResourceType(String name) {
        this(name, NO_OWNER);
    }

    @Override
    public String toString() {
        return name;
    }
}

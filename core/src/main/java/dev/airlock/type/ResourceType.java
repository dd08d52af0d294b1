package dev.airlock.type;

/**
 * Something that lives on one side and is known to the other by a handle only: {@code resource blob;}. It is no value
 * type itself; {@link OwnType} and {@link BorrowType} are.
 *
 * <p>A resource is equal to one of the same name <em>and owner</em>. Two instances of one component define two
 * resources, though their names agree, so whoever instantiates gives each instance as the owner.
 *
 * @param name the name it was declared by, a label
 * @param owner who defines it, compared by {@code equals}: the name of an interface, an instance; {@link #NO_OWNER} for
 *     one that was read from text on its own
 */
public record ResourceType(String name, Object owner) {
    /** {@link #owner()} of a resource of which nothing but the name is known. */
    public static final Object NO_OWNER = "";

    public ResourceType {
        Labels.check("resource", name);
    }

    /** A resource of which nothing but the name is known. */
    public ResourceType(String name) {
        this(name, NO_OWNER);
    }

    @Override
    public String toString() {
        return name;
    }
}

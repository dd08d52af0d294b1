package dev.airlock.type;

import dev.airlock.error.SignatureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Flags, a set of names that are each on or off: {@code flags access { read, write }}.
 *
 * @param name see {@link NamedType}
 * @param flags labels in order, 1 to {@link #MAX_FLAGS}; no two may differ only in case
 */
public record FlagsType(@Nullable String name, List<String> flags) implements NamedType {
    /** The most flags of a type: the number of bits of an i32 (Canonical ABI, "Alignment"). */
    public static final int MAX_FLAGS = 32;

    /**
     * Checks the labels.
     *
     * @param name see the record
     * @param flags see the record
     * @throws SignatureException if there are too few or too many flags, or a label is not one
     */
    public FlagsType {
        flags = List.copyOf(flags);
        Labels.check("flags type", name);
        if (flags.isEmpty() || flags.size() > MAX_FLAGS) {
            throw new SignatureException("flags are 1 to " + MAX_FLAGS + ", not " + flags.size());
        }
        Labels.check("flag", flags);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitFlags(this);
    }

    @Override
    public List<ValType> parts() {
        return List.of();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof FlagsType that && flags.equals(that.flags));
    }

    @Override
    public int hashCode() {
        return 31 * flags.hashCode() + 2;
    }

    @Override
    public String toString() {
        return name != null ? name : "flags {" + String.join(", ", flags) + "}";
    }
}

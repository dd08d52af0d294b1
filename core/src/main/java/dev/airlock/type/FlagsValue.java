package dev.airlock.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A value of flags.
 *
 * @param type the type of the value
 * @param bits one bit for each flag, the first flag lowest; the bits above the last flag are 0
 */
public record FlagsValue(FlagsType type, int bits) implements Value {
    /**
     * Checks that the type has the flags.
     *
     * @param type see the record
     * @param bits see the record
     */
    public FlagsValue {
        int count = type.flags().size();
        if (count < Integer.SIZE && bits >>> count != 0) {
            throw ValuePath.root()
                    .refuse(Fit.brief(type) + " has " + count + " flags, got the bits 0x" + Integer.toHexString(bits));
        }
    }

    /**
     * Returns the value with some flags set.
     *
     * @param type the type of the value
     * @param set the names of the set flags, in any order
     * @param path the path to this value, for errors
     * @return the value
     */
    public static FlagsValue of(FlagsType type, Collection<String> set, ValuePath path) {
        int bits = 0;
        for (String flag : set) {
            bits |= 1 << Fit.index(type, type.flags(), "flag", flag, path);
        }
        return new FlagsValue(type, bits);
    }

    /** {@return the names of the set flags, in the order of the type} */
    public List<String> set() {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < type.flags().size(); i++) {
            if ((bits >>> i & 1) != 0) {
                set.add(type.flags().get(i));
            }
        }
        return List.copyOf(set);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitFlags(this);
    }
}

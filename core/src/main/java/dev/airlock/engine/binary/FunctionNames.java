package dev.airlock.engine.binary;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of functions, and of globals, from the name section (core specification, section 7.4.1), read when one is first
 * asked for.
 */
public final class FunctionNames {
    private static final int FUNCTION_NAMES = 1;
    private static final int GLOBAL_NAMES = 7;

    /** A module has no more functions, and a section may name some that it has not. */
    private static final int MOST_NAMES = 1_000_000;

    private final byte @Nullable [] section;
    private volatile @Nullable Map<Integer, String> names;

    private FunctionNames(byte @Nullable [] section) {
        this.section = section;
    }

    public static FunctionNames of(BinaryLayout layout, byte[] bytes) {
        for (BinaryLayout.Section section : layout.sections()) {
            if (section.id() == 0 && section.isNamed(bytes, "name")) {
                var in = new Leb128(bytes, section.contents(), section.end());
                in.name();
                return new FunctionNames(Arrays.copyOfRange(bytes, in.position(), section.end()));
            }
        }
        return new FunctionNames(null);
    }

    public @Nullable String name(int index) {
        Map<Integer, String> known = names;
        if (known == null) {
            known = read(FUNCTION_NAMES);
            names = known;
        }
        return known.get(index);
    }

    /** Returns the first global of that name; -1 if none has it. */
    public int global(String name) {
        return read(GLOBAL_NAMES).entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .mapToInt(Map.Entry::getKey)
                .min()
                .orElse(-1);
    }

    private Map<Integer, String> read(int subsection) {
        var found = new HashMap<Integer, String>();
        if (section == null) {
            return found;
        }
        try {
            var in = new Leb128(section, 0, section.length);
            while (!in.atEnd()) {
                int kind = in.next();
                int size = in.unsigned32();
                int next = in.position() + size;
                if (kind == subsection) {
                    int count = in.unsigned32();
                    for (int i = 0; i < count && found.size() < MOST_NAMES; i++) {
                        found.put(in.unsigned32(), in.name());
                    }
                }
                in.skip(next - in.position());
            }
        } catch (IndexOutOfBoundsException e) {
            // A malformed name section is not an error of the module: the names read so far have to do.
            return found;
        }
        return found;
    }
}

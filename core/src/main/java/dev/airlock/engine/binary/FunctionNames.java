package dev.airlock.engine.binary;

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

    /** Names of imports and exports. */
    private volatile @Nullable Map<Integer, String> others;

    private FunctionNames(byte @Nullable [] section) {
        this.section = section;
    }

    public static FunctionNames of(ModuleDefinition module) {
        return new FunctionNames(module.custom("name"));
    }

    public @Nullable String name(int index) {
        Map<Integer, String> known = names;
        if (known == null) {
            known = read(FUNCTION_NAMES);
            names = known;
        }
        return known.get(index);
    }

    /** Returns a function's name in the name section, else that of its import or export, else {@code func[12]}. */
    public String of(int index, ModuleDefinition module) {
        String known = name(index);
        if (known != null && !known.isEmpty()) {
            return known;
        }
        String other = others(module).get(index);
        return other == null ? "func[" + index + "]" : other;
    }

    private Map<Integer, String> others(ModuleDefinition module) {
        Map<Integer, String> found = others;
        if (found == null) {
            found = new HashMap<>();
            int index = 0;
            for (ModuleDefinition.Import wanted : module.imports()) {
                if (wanted.kind() == ModuleDefinition.FUNCTION) {
                    found.put(index++, wanted.module() + "." + wanted.name());
                }
            }
            for (ModuleDefinition.Export export : module.exports()) {
                if (export.kind() == ModuleDefinition.FUNCTION) {
                    found.putIfAbsent(export.index(), export.name());
                }
            }
            others = found;
        }
        return found;
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

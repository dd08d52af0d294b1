package dev.airlock.wit;

import dev.airlock.type.PrimitiveType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words that WIT reserves (WIT, "Keywords"). Used as a name, they need a leading {@code %}. */
final class Keywords {
    private static final Set<String> ALL = Set.of(
            "as",
            "async",
            "bool",
            "borrow",
            "char",
            "constructor",
            "enum",
            "export",
            "f32",
            "f64",
            "flags",
            "from",
            "func",
            "future",
            "import",
            "include",
            "interface",
            "list",
            "map",
            "option",
            "own",
            "package",
            "record",
            "resource",
            "result",
            "s16",
            "s32",
            "s64",
            "s8",
            "static",
            "stream",
            "string",
            "tuple",
            "type",
            "u16",
            "u32",
            "u64",
            "u8",
            "use",
            "variant",
            "with",
            "world",
            // Not yet in the list of the specification, but a keyword at the place of a type.
            "error-context");

    /** The words that start a declaration of a type. */
    private static final Set<String> DECLARING = Set.of("record", "variant", "enum", "flags", "type", "resource");

    private static final Map<String, PrimitiveType> PRIMITIVES =
            Arrays.stream(PrimitiveType.values()).collect(Collectors.toMap(PrimitiveType::text, Function.identity()));

    /** The words with which a type starts; most are the whole type. */
    static final List<String> TYPES = Stream.concat(
                    Arrays.stream(PrimitiveType.values()).map(PrimitiveType::text),
                    Stream.of("list", "option", "result", "tuple", "map", "future", "stream", "own", "borrow"))
            .toList();

    private Keywords() {}

    static boolean isKeyword(String word) {
        return ALL.contains(word);
    }

    static boolean declaresType(String word) {
        return DECLARING.contains(word);
    }

    static @Nullable PrimitiveType primitive(String word) {
        return PRIMITIVES.get(word);
    }

    /** Returns a label as WIT writes it. */
    static String escape(String label) {
        return isKeyword(label) ? "%" + label : label;
    }
}

package dev.airlock.component.type;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.ExternType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.ImportType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import dev.airlock.type.TagType;
import dev.airlock.wit.ExternName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares core types: does the given one match the expected one? (Core specification, section 3.3, "Matching".) */
public final class CoreSubtyping {
    private CoreSubtyping() {}

    static boolean fits(ExternType given, ExternType asked) {
        if (asked instanceof MemoryType to) {
            return given instanceof MemoryType from
                    && from.shared() == to.shared()
                    && from.initialPages() >= to.initialPages()
                    && from.maximumPages() <= to.maximumPages()
                    && from.is64() == to.is64()
                    && from.pageBytes() == to.pageBytes();
        }
        if (asked instanceof TableType to) {
            return given instanceof TableType from
                    && from.element().equals(to.element())
                    && from.minimum() >= to.minimum()
                    && from.maximum() <= to.maximum()
                    && from.is64() == to.is64();
        }
        if (asked instanceof GlobalType to) {
            return given instanceof GlobalType from
                    && from.mutable() == to.mutable()
                    && (to.mutable()
                            ? from.value().equals(to.value())
                            : from.value().isSubtypeOf(to.value()));
        }
        if (asked instanceof CoreFuncType to) {
            return given instanceof CoreFuncType from && mayMatch(from, to);
        }
        if (asked instanceof TagType) {
            return given.equals(asked);
        }
        throw new IllegalStateException(asked.kind());
    }

    /**
     * Whether one type of functions may be declared as a subtype of another, which has to follow these rules. Whether it is
     * declared so is compared when the modules are linked.
     */
    private static boolean mayMatch(CoreFuncType given, CoreFuncType asked) {
        return areSubtypes(asked.params(), given.params()) && areSubtypes(given.results(), asked.results());
    }

    private static boolean areSubtypes(List<CoreValType> given, List<CoreValType> asked) {
        return given.size() == asked.size()
                && IntStream.range(0, given.size()).allMatch(i -> given.get(i).isSubtypeOf(asked.get(i)));
    }

    /** Returns why a module does not match, or null if it does. It may import less and export more. */
    public static @Nullable String mismatch(CoreModuleType given, CoreModuleType asked) {
        Map<String, Map<String, ExternType>> offered = new HashMap<>();
        asked.imports()
                .forEach(i -> offered.computeIfAbsent(i.module(), m -> new HashMap<>())
                        .put(i.name(), i.type()));
        for (ImportType needed : given.imports()) {
            ExternType offer = offered.getOrDefault(needed.module(), Map.of()).get(needed.name());
            String place = "its import " + ExternName.quote(needed.module()) + " " + ExternName.quote(needed.name());
            if (offer == null) {
                return place + " is not among the imports of the expected module";
            }
            if (!fits(offer, needed.type())) {
                return place + " is a " + show(needed.type()) + ", but would get a " + show(offer);
            }
        }
        for (Map.Entry<String, ExternType> export : asked.exports().entrySet()) {
            ExternType found = given.exports().get(export.getKey());
            String place = "its export " + ExternName.quote(export.getKey());
            if (found == null) {
                return place + " is missing; expected a " + show(export.getValue());
            }
            if (!fits(found, export.getValue())) {
                return place + " is a " + show(found) + ", expected a " + show(export.getValue());
            }
        }
        return null;
    }

    static String show(ExternType type) {
        return Validation.show(type instanceof CoreFuncType ? "func " + type : type);
    }
}

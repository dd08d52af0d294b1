package dev.airlock.convention;

import dev.airlock.memory.StaticMemory;
import dev.airlock.placement.ManagedClasses.StaticBytes;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import dev.airlock.type.ExportType;
import dev.airlock.type.GlobalType;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a convention wants to know of a guest.
 *
 * @param exports in the module's order
 * @param globalValue the value of an exported i32 global, by name; asked only for names that are among the exports
 * @param staticBytes what the guest's memory has before it runs
 * @param staticMemory where the guest's data segments lie
 * @param stackTop where its shadow stack starts, to grow downwards, with the heap above; empty if that is not known
 */
public record ExportView(
        List<ExportType> exports,
        ToIntFunction<String> globalValue,
        StaticBytes staticBytes,
        StaticMemory staticMemory,
        OptionalInt stackTop) {
    /**
     * Copies the list.
     *
     * @param exports as in the record
     * @param globalValue as in the record
     * @param staticBytes as in the record
     * @param staticMemory as in the record
     * @param stackTop as in the record
     */
    public ExportView {
        exports = List.copyOf(exports);
    }

    /**
     * A view for a guest of whose memory nothing is known.
     *
     * @param exports what the guest exports
     * @param globalValue returns the value of an exported i32 global, by its name
     */
    public ExportView(List<ExportType> exports, ToIntFunction<String> globalValue) {
        this(exports, globalValue, (offset, length) -> null, StaticMemory.NONE, OptionalInt.empty());
    }

    /**
     * Returns a view for a guest that is not instantiated, whose globals have no value yet: they count as 0.
     *
     * @param exports what the guest exports
     * @return a view for a guest that is not instantiated, whose globals have no value yet
     */
    public static ExportView of(List<ExportType> exports) {
        return new ExportView(exports, name -> 0);
    }

    /**
     * Returns the type of an exported function.
     *
     * @param name the name of the export
     * @return the type; null if there is no function of that name
     */
    public @Nullable CoreFuncType function(String name) {
        for (ExportType export : exports) {
            if (export.name().equals(name) && export.type() instanceof CoreFuncType type) {
                return type;
            }
        }
        return null;
    }

    /** Returns whether there is an exported i32 global of that name whose value never changes. */
    boolean hasConstant(String name) {
        return exports.stream()
                .anyMatch(e -> e.name().equals(name)
                        && e.type() instanceof GlobalType global
                        && global.value() == CoreValType.I32
                        && !global.mutable());
    }

    /** Returns the exported i32 globals whose names end so. */
    List<String> globals(String suffix) {
        return exports.stream()
                .filter(e -> e.name().endsWith(suffix)
                        && e.type() instanceof GlobalType global
                        && global.value() == CoreValType.I32)
                .map(ExportType::name)
                .toList();
    }
}

package dev.airlock.convention;

import dev.airlock.placement.Placement.Allocate;
import dev.airlock.placement.Placement.Free;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.CoreValType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two exports of a guest that belong together: one sets bytes aside, the other takes them back.
 *
 * @param allocate the first
 * @param free the second; null where nothing is ever given back
 */
public record Allocator(Allocate allocate, @Nullable Free free) {
    private static final CoreValType I32 = CoreValType.I32;
    private static final CoreValType I64 = CoreValType.I64;

    /**
     * @param allocate how the host asks the guest for memory
     * @param free how the host returns memory to the guest
     * @throws IllegalArgumentException if one of the two has fat pointers and the other has none, or if the
     *     allocator is AssemblyScript's, whose objects are not freed
     */
    public Allocator {
        if (free != null && (allocate.form() == Allocate.Form.FAT) != (free.form() == Free.Form.FAT)) {
            throw new IllegalArgumentException(allocate.function() + " and " + free.function()
                    + ": either both or neither have fat pointers (Allocate.Form.FAT, Free.Form.FAT)");
        }
        if (free != null && allocate.form() == Allocate.Form.MANAGED) {
            throw new IllegalArgumentException(allocate.function()
                    + " makes managed objects, which are the collector's: leave " + free.function() + " out");
        }
    }

    /** Returns the core type that the first export has to have. */
    static CoreFuncType type(Allocate.Form form) {
        return switch (form) {
            case SIZE -> new CoreFuncType(List.of(I32), List.of(I32));
            case SIZE_ALIGN, MANAGED -> new CoreFuncType(List.of(I32, I32), List.of(I32));
            case FAT -> new CoreFuncType(List.of(I32), List.of(I64));
        };
    }

    /** Returns the core type that the second export has to have. */
    static CoreFuncType type(Free.Form form) {
        return switch (form) {
            case POINTER -> new CoreFuncType(List.of(I32), List.of());
            case POINTER_SIZE -> new CoreFuncType(List.of(I32, I32), List.of());
            case POINTER_SIZE_ALIGN -> new CoreFuncType(List.of(I32, I32, I32), List.of());
            case FAT -> new CoreFuncType(List.of(I64), List.of());
        };
    }

    /** Returns whether a guest exports both, with these types. */
    boolean isIn(ExportView exports) {
        return type(allocate.form()).equals(exports.function(allocate.function()))
                && (free == null || type(free.form()).equals(exports.function(free.function())));
    }

    /** As in {@code alloc(i32) -> i32 with dealloc(i32, i32)}. */
    @Override
    public String toString() {
        return allocate.function()
                + type(allocate.form())
                + (free == null ? "" : " with " + free.function() + type(free.form()));
    }
}

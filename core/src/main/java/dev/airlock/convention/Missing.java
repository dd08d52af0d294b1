package dev.airlock.convention;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExportType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What to say where a guest lacks an export that a function needs. */
final class Missing {
    private static final List<String> LIKE_ALLOCATORS = List.of("alloc", "free", "new", "pin", "release", "retain");

    private Missing() {}

    static String allocator(Convention convention, Signature signature, ExportView exports) {
        if (convention.allocators().isEmpty()) {
            return signature + " needs room in the guest, and the convention " + convention
                    + " has no allocator: add it by allocator(…)\n  the guest has " + likeAllocators(exports);
        }
        return signature + " needs room in the guest, which has no allocator of the convention " + convention
                + convention.allocators().stream()
                        .map(allocator -> "\n  looked for    " + allocator)
                        .collect(Collectors.joining())
                + "\n  the guest has " + likeAllocators(exports)
                + "\n"
                + (convention.objects() == null
                        ? "name the guest's own by allocator(…), or export one of these"
                        : "AssemblyScript exports it when compiled with --exportRuntime");
    }

    static String pins(ManagedObjects objects, Signature signature, ExportView exports) {
        return signature + " needs its arguments kept from the collector\n  looked for    " + objects.pin() + " and "
                + objects.unpin() + "\n  the guest has " + likeAllocators(exports)
                + "\nAssemblyScript exports them when compiled with --exportRuntime, from 0.18 on";
    }

    /** What sounds like an allocator, or else that nothing does. */
    private static String likeAllocators(ExportView exports) {
        String found = exports.exports().stream()
                .filter(export -> export.type() instanceof CoreFuncType && soundsLikeAllocator(export))
                .map(export -> export.name() + export.type())
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? "nothing like it" : found;
    }

    private static boolean soundsLikeAllocator(ExportType export) {
        String name = export.name().toLowerCase(Locale.ROOT);
        return LIKE_ALLOCATORS.stream().anyMatch(name::contains);
    }
}

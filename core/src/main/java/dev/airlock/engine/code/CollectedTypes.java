package dev.airlock.engine.code;

import dev.airlock.engine.binary.BinaryLayout;
import dev.airlock.error.ModuleException;
import run.endive.wasm.types.CompType;
import run.endive.wasm.types.TypeSection;

/**
 * Refuses modules that can make objects of a collector: they lie in the JVM's heap, where they are not counted for a guest, so no
 * limit holds for them. Making one needs a type.
 */
final class CollectedTypes {
    /** The number of the type section (core specification, section 5.5.2). */
    private static final int TYPE_SECTION = 1;

    private CollectedTypes() {}

    static void refuse(String module, BinaryLayout layout, TypeSection types) {
        for (int i = 0; i < types.subTypeCount(); i++) {
            CompType type = types.getSubType(i).compType();
            if (type.structType() != null || type.arrayType() != null) {
                throw new ModuleException(
                        module,
                        offset(layout),
                        "type " + i + " is " + (type.structType() != null ? "a struct" : "an array")
                                + ", an object of a collector, and this engine was made without them: see"
                                + " Engine.Builder.wasmGc",
                        null);
            }
        }
    }

    private static long offset(BinaryLayout layout) {
        return layout.sections().stream()
                .filter(section -> section.id() == TYPE_SECTION)
                .mapToLong(BinaryLayout.Section::start)
                .findFirst()
                .orElse(ModuleException.UNKNOWN_OFFSET);
    }
}

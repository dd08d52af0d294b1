package dev.airlock.engine;

import java.util.List;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.DataSection;
import run.endive.wasm.types.ElementSection;
import run.endive.wasm.types.PassiveDataSegment;
import run.endive.wasm.types.PassiveElement;

/**
 * A module for instances that are filled from an {@link InstanceImage}: it has no start function, no exports, and empty
 * segments, which are still as many, since compiled code drops them by number. To go through the segments of a large module
 * takes a multiple of what copying its memory does.
 */
final class BareModule {
    private BareModule() {}

    /**
     * Returns the same module without exports, for instances in compartments: Endive makes a map of them for each instance, which
     * is not used.
     */
    static WasmModule withoutExports(WasmModule module) {
        return WasmModule.builder()
                .setTypeSection(module.typeSection())
                .setImportSection(module.importSection())
                .setFunctionSection(module.functionSection())
                .setTableSection(module.tableSection())
                .setMemorySection(module.memorySection().orElse(null))
                .setGlobalSection(module.globalSection())
                .setStartSection(module.startSection().orElse(null))
                .setElementSection(module.elementSection())
                .setCodeSection(module.codeSection())
                .setDataSection(module.dataSection())
                .setDataCountSection(module.dataCountSection().orElse(null))
                .setTagSection(module.tagSection().orElse(null))
                .withValidation(false)
                .build();
    }

    static WasmModule of(WasmModule module) {
        ElementSection.Builder elements = ElementSection.builder();
        module.elementSection().stream()
                .forEach(element -> elements.addElement(new PassiveElement(element.type(), List.of())));
        DataSection.Builder data = DataSection.builder();
        for (int i = 0; i < module.dataSection().dataSegmentCount(); i++) {
            data.addDataSegment(PassiveDataSegment.EMPTY);
        }
        return WasmModule.builder()
                .setTypeSection(module.typeSection())
                .setImportSection(module.importSection())
                .setFunctionSection(module.functionSection())
                .setTableSection(module.tableSection())
                .setMemorySection(module.memorySection().orElse(null))
                .setGlobalSection(module.globalSection())
                .setElementSection(elements.build())
                .setCodeSection(module.codeSection())
                .setDataSection(data.build())
                .setDataCountSection(module.dataCountSection().orElse(null))
                .setTagSection(module.tagSection().orElse(null))
                .withValidation(false)
                .build();
    }
}

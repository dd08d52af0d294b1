package dev.airlock.engine.code;

import dev.airlock.engine.binary.BinaryLayout;
import dev.airlock.error.ModuleException;
import java.io.ByteArrayInputStream;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.CodeSection;
import run.endive.wasm.types.CustomSection;
import run.endive.wasm.types.DataCountSection;
import run.endive.wasm.types.DataSection;
import run.endive.wasm.types.ElementSection;
import run.endive.wasm.types.ExportSection;
import run.endive.wasm.types.FunctionSection;
import run.endive.wasm.types.GlobalSection;
import run.endive.wasm.types.ImportSection;
import run.endive.wasm.types.MemorySection;
import run.endive.wasm.types.Section;
import run.endive.wasm.types.StartSection;
import run.endive.wasm.types.TableSection;
import run.endive.wasm.types.TagSection;
import run.endive.wasm.types.TypeSection;

/** Calls Endive's parser and validator, and finds the place of what they refuse. */
final class WasmReader {
    private WasmReader() {}

    static WasmModule read(String module, BinaryLayout layout, byte[] reduced, boolean validate) {
        try {
            WasmModule.Builder read = WasmModule.builder().withValidation(validate);
            parser().parse(new ByteArrayInputStream(reduced), section -> add(read, section));
            return read.build();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            // Endive lets many of the JVM's own exceptions out where the contents of a section are not sound.
            throw failure(module, layout, reduced, e);
        } catch (OutOfMemoryError e) {
            // A count in the file asked for it, and what was read of it so far is garbage: no danger to the host.
            throw new ModuleException(
                    module, ModuleException.UNKNOWN_OFFSET, "it declares more than the heap has room for", e);
        }
    }

    private static ModuleException failure(String module, BinaryLayout layout, byte[] reduced, Throwable e) {
        String said = e instanceof WasmEngineException && e.getMessage() != null
                ? e.getMessage()
                : "its contents are not sound";
        BinaryLayout read = BinaryLayout.read(module, reduced);
        int failing = sectionsRead(reduced);
        if (failing == read.sections().size()) {
            return new ModuleException(module, ModuleException.UNKNOWN_OFFSET, "invalid: " + said, e);
        }
        BinaryLayout.Section section = read.sections().get(failing);
        int offset = layout.sections().stream()
                .filter(s -> s.id() == section.id())
                .findFirst()
                .orElse(section)
                .start();
        return new ModuleException(module, offset, "malformed " + section.name() + " section: " + said, e);
    }

    private static int sectionsRead(byte[] reduced) {
        int[] count = {0};
        try {
            parser().parse(new ByteArrayInputStream(reduced), section -> count[0]++);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            return count[0];
        }
        return count[0];
    }

    private static Parser parser() {
        return Parser.builder().withValidation(false).build();
    }

    /** As Endive does itself, but it takes a SHA-256 of all bytes on the way, which costs as much as the rest of a start. */
    private static void add(WasmModule.Builder module, Section section) {
        if (section instanceof CustomSection custom) {
            module.addCustomSection(custom.name(), custom);
        } else if (section instanceof TypeSection types) {
            module.setTypeSection(types);
        } else if (section instanceof ImportSection imports) {
            module.setImportSection(imports);
        } else if (section instanceof FunctionSection functions) {
            module.setFunctionSection(functions);
        } else if (section instanceof TableSection tables) {
            module.setTableSection(tables);
        } else if (section instanceof MemorySection memories) {
            module.setMemorySection(memories);
        } else if (section instanceof GlobalSection globals) {
            module.setGlobalSection(globals);
        } else if (section instanceof ExportSection exports) {
            module.setExportSection(exports);
        } else if (section instanceof StartSection start) {
            module.setStartSection(start);
        } else if (section instanceof ElementSection elements) {
            module.setElementSection(elements);
        } else if (section instanceof CodeSection code) {
            module.setCodeSection(code);
        } else if (section instanceof DataSection data) {
            module.setDataSection(data);
        } else if (section instanceof DataCountSection count) {
            module.setDataCountSection(count);
        } else if (section instanceof TagSection tags) {
            module.setTagSection(tags);
        } else {
            throw new IllegalStateException("Endive's parser gave a section of kind " + section.sectionId());
        }
    }
}

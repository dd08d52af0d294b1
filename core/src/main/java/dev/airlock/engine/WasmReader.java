package dev.airlock.engine;

import dev.airlock.error.ModuleException;
import java.io.ByteArrayInputStream;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;

/** Calls Endive's parser and validator, and finds the place of what they refuse. */
final class WasmReader {
    private WasmReader() {}

    static WasmModule read(String module, BinaryLayout layout, byte[] reduced, boolean validate) {
        try {
            return Parser.builder().withValidation(validate).build().parse(() -> new ByteArrayInputStream(reduced));
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
            Parser.builder()
                    .withValidation(false)
                    .build()
                    .parse(new ByteArrayInputStream(reduced), section -> count[0]++);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            return count[0];
        }
        return count[0];
    }
}

package dev.airlock.component;

import dev.airlock.engine.Engine;
import dev.airlock.error.ModuleException;

/**
 * What Jazzer is let loose on: see CONTRIBUTING.md. Its instrumentation of our classes guides it from what one input reached
 * to the next, which the seeded mutations of {@code MutationTest} cannot.
 */
public final class ComponentFuzz {
    private static final Engine ENGINE = Engine.create();

    private ComponentFuzz() {}

    /** A component, or refused by an error of ours, within its bytes; whatever else comes out is a finding. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            String wit = Component.compile(ENGINE, "fuzz.wasm", bytes).wit();
            if (!wit.startsWith("package root:component;")) {
                throw new IllegalStateException("it prints as " + wit);
            }
        } catch (ModuleException e) {
            if (e.byteOffset() > bytes.length) {
                throw new IllegalStateException("byte " + e.byteOffset() + " of " + bytes.length, e);
            }
        }
    }
}

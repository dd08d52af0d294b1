package dev.airlock.component;

import dev.airlock.engine.Engine;
import dev.airlock.error.ModuleException;

/**
 * The target of Jazzer: see CONTRIBUTING.md. Jazzer instruments our classes, so that the coverage of one input guides it
 * to the next; the seeded mutations of {@code MutationTest} are not guided.
 */
public final class ComponentFuzz {
    private static final Engine ENGINE = Engine.create();

    private ComponentFuzz() {}

    /** The input is a component, or is refused by an Airlock exception with an offset in it; any other outcome is a finding. */
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

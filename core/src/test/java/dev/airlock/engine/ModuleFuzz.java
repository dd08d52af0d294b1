package dev.airlock.engine;

/**
 * The target of Jazzer for modules: see CONTRIBUTING.md. Jazzer instruments our classes, so that the coverage of one input guides it
 * to the next; the seeded mutations of {@code ModuleMutationTest} are not guided.
 */
public final class ModuleFuzz {
    private ModuleFuzz() {}

    /** The input compiles to classes that the JVM verifies, or is refused with an offset in it; any other outcome is a finding. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        VerifiedModule.compiles(bytes);
    }
}

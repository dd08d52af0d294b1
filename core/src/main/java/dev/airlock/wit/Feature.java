package dev.airlock.wit;

/** Gated features of the component model that Airlock does not run (Explainer, "Gated Features"). */
public enum Feature {
    /** Value imports and exports, and start functions. */
    VALUES("value imports and exports, and start functions"),
    /** Nested namespaces and packages in names. */
    NESTED_NAMES("nested namespaces and packages in names"),
    /** Canonical interface names. */
    CANONICAL_NAMES("canonical interface names"),
    /** Threads that share everything. */
    SHARED_THREADS("shared-everything-threads"),
    /** Memories with 64-bit offsets. */
    MEMORY64("memory64"),
    /** Pages of other sizes than 65,536 bytes. */
    CUSTOM_PAGE_SIZES("custom page sizes"),
    /** Core types that are garbage-collected. */
    GC_TYPES("garbage-collected core types"),
    /** Core modules that import or export modules and instances. */
    MODULE_LINKING("core modules that import or export modules and instances");

    private final String text;

    Feature(String text) {
        this.text = text;
    }

    /** {@return the part of an error that names the feature} */
    public String needed() {
        return "needs the feature \"" + text + "\", which Airlock does not run";
    }
}

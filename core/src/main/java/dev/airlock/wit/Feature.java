package dev.airlock.wit;

/** Gated features of the component model that Airlock does not run (Explainer, "Gated Features"). */
public enum Feature {
    VALUES("value imports and exports, and start functions"),
    NESTED_NAMES("nested namespaces and packages in names"),
    CANONICAL_NAMES("canonical interface names"),
    SHARED_THREADS("shared-everything-threads"),
    MEMORY64("memory64"),
    CUSTOM_PAGE_SIZES("custom page sizes"),
    GC_TYPES("garbage-collected core types"),
    MODULE_LINKING("core modules that import or export modules and instances");

    private final String text;

    Feature(String text) {
        this.text = text;
    }

    /** The part of an error that names the feature. */
    public String needed() {
        return "needs the feature \"" + text + "\", which Airlock does not run";
    }
}

package dev.airlock.engine;

import dev.airlock.engine.runtime.FuncRef;
import dev.airlock.engine.validate.DefinedType;

/** A function of the host as one instance imports it. */
abstract class ImportedRef extends FuncRef {
    private final Instance importer;

    /** @param index of the import among the functions of the importer */
    ImportedRef(Instance importer, int index, DefinedType type) {
        super(null, 0, index, type);
        this.importer = importer;
    }

    final Instance importer() {
        return importer;
    }
}

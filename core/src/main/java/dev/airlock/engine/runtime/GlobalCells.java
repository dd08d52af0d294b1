package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ModuleDefinition;
import dev.airlock.engine.validate.ValidModule;
import java.util.BitSet;

/** Which globals of a module are cells, that others can have too; all others are typed fields of its instances. */
public final class GlobalCells {
    /** A JVM class has no more than 65,535 fields, and one with thousands is slow to define. */
    private static final int MOST_FIELDS = 500;

    private GlobalCells() {}

    /** Returns the indices of globals that are imported, exported, or beyond the fields. */
    public static BitSet of(ValidModule module) {
        var cells = new BitSet();
        cells.set(0, module.importedGlobals());
        for (ModuleDefinition.Export export : module.definition().exports()) {
            if (export.kind() == ModuleDefinition.GLOBAL) {
                cells.set(export.index());
            }
        }
        int fields = 0;
        for (int i = module.importedGlobals(); i < module.globalCount(); i++) {
            if (!cells.get(i) && ++fields > MOST_FIELDS) {
                cells.set(i);
            }
        }
        return cells;
    }
}

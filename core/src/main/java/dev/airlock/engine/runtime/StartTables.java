package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ModuleDefinition.Element;
import dev.airlock.engine.validate.ConstantExpression;
import dev.airlock.engine.validate.ValidModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of a module hold when active segments have been copied, shared by all instances from the second on. Only if
 * that is the same for all: the tables are the module's own, of functions, and so are those functions; offsets are constants.
 */
final class StartTables {
    /** Tables that are far larger than what is copied into them are not kept. */
    private static final int SPARE = 256;

    private final int imported;
    private final boolean areSame;
    private final int items;
    private volatile int @Nullable [] @Nullable [] known;

    StartTables(ValidModule module, @Nullable ElementSegment[] segments) {
        imported = module.importedTables();
        int copied = 0;
        boolean same = module.tableCount() > imported;
        List<Element> elements = module.definition().elements();
        for (int i = 0; i < segments.length; i++) {
            ConstantExpression offset = module.elementOffset(i);
            ElementSegment segment = segments[i];
            if (offset != null) {
                same &= segment != null
                        && segment.isOwn
                        && elements.get(i).table() >= imported
                        && (offset.isOnly(ConstantExpression.I32_CONST) || offset.isOnly(ConstantExpression.I64_CONST));
                copied += segment == null ? 0 : segment.length();
            }
        }
        for (int i = imported; i < module.tableCount(); i++) {
            same &= module.tableValue(i) == null;
        }
        areSame = same;
        items = copied;
    }

    boolean areKnown() {
        return known != null;
    }

    /** Returns what a table starts with, or null if it has to be made. */
    int @Nullable [] of(int table) {
        int[][] all = known;
        return all == null ? null : all[table - imported];
    }

    /** Keeps the tables of an instance into which the segments have just been copied. */
    void remember(InstanceState state) {
        if (!areSame || known != null) {
            return;
        }
        int[][] all = new int[state.tables.length - imported][];
        for (int i = 0; i < all.length; i++) {
            TableInstance table = state.tables[imported + i];
            if (!table.ofFunctions() || table.size() > 2L * items + SPARE) {
                return;
            }
            all[i] = table.share();
        }
        known = all;
    }
}

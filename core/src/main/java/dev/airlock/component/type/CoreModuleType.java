package dev.airlock.component.type;

import dev.airlock.type.ExportType;
import dev.airlock.type.ExternType;
import dev.airlock.type.ImportType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The type of a core module.
 *
 * @param imports in order; no two have the same pair of names
 * @param exports by name, in order
 */
public record CoreModuleType(List<ImportType> imports, Map<String, ExternType> exports) {
    public CoreModuleType {
        imports = List.copyOf(imports);
        exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
    }

    public static CoreModuleType of(List<ImportType> imports, List<ExportType> exports) {
        var byName = new LinkedHashMap<String, ExternType>();
        exports.forEach(export -> byName.put(export.name(), export.type()));
        return new CoreModuleType(imports, byName);
    }

    /** The number of imports and exports. */
    int size() {
        return imports.size() + exports.size();
    }
}

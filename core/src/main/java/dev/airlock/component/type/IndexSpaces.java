package dev.airlock.component.type;

import dev.airlock.type.CoreFuncType;
import dev.airlock.type.ExternType;
import dev.airlock.type.FuncType;
import dev.airlock.type.GlobalType;
import dev.airlock.type.MemoryType;
import dev.airlock.type.TableType;
import dev.airlock.type.TagType;
import java.util.List;
import java.util.Map;

/**
 * The types of all that a component defines, by index (Explainer, "Index Spaces"). Spaces only grow, so an entry keeps its
 * index.
 *
 * @param coreInstances the exports of each core instance
 * @param instances the type of each instance, with fresh resources: two instances share a variable only if they share the
 *     resource
 */
public record IndexSpaces(
        List<CoreFuncType> coreFuncs,
        List<TableType> coreTables,
        List<MemoryType> coreMemories,
        List<GlobalType> coreGlobals,
        List<TagType> coreTags,
        List<CoreDefinedType> coreTypes,
        List<CoreModuleType> coreModules,
        List<Map<String, ExternType>> coreInstances,
        List<FuncType> funcs,
        List<DefinedType> types,
        List<ComponentType> components,
        List<InstanceType> instances) {
    public IndexSpaces {
        coreFuncs = List.copyOf(coreFuncs);
        coreTables = List.copyOf(coreTables);
        coreMemories = List.copyOf(coreMemories);
        coreGlobals = List.copyOf(coreGlobals);
        coreTags = List.copyOf(coreTags);
        coreTypes = List.copyOf(coreTypes);
        coreModules = List.copyOf(coreModules);
        coreInstances = List.copyOf(coreInstances);
        funcs = List.copyOf(funcs);
        types = List.copyOf(types);
        components = List.copyOf(components);
        instances = List.copyOf(instances);
    }
}

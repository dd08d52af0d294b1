package dev.airlock.component.type;

import dev.airlock.component.binary.Definition;
import dev.airlock.component.binary.ParsedComponent;
import dev.airlock.engine.Module;
import java.util.ArrayList;
import java.util.List;

/**
 * A component that was found valid, to be linked: its definitions in order, and what each index in them means.
 *
 * @param parsed its definitions
 * @param type what it imports and exports
 * @param spaces the types of all that is defined, by index
 * @param modules the core modules among the definitions, in order and compiled; those aliased from outside are not here
 * @param nested the components among the definitions, in order; those aliased from outside are not here
 */
public record ResolvedComponent(
        ParsedComponent parsed,
        ComponentType type,
        IndexSpaces spaces,
        List<Module> modules,
        List<ResolvedComponent> nested) {
    public ResolvedComponent {
        modules = List.copyOf(modules);
        nested = List.copyOf(nested);
    }

    /** The core modules in this one and in those nested in it, in the binary's order. */
    public List<Module> allModules() {
        var all = new ArrayList<Module>();
        int ownModules = 0;
        int ownComponents = 0;
        for (Definition definition : parsed.definitions()) {
            if (definition instanceof Definition.CoreModule) {
                all.add(modules.get(ownModules++));
            } else if (definition instanceof Definition.Nested) {
                all.addAll(nested.get(ownComponents++).allModules());
            }
        }
        return List.copyOf(all);
    }
}

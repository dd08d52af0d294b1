package dev.airlock.component.type;

import dev.airlock.component.binary.ComponentDefinition;
import dev.airlock.component.binary.ParsedComponent;
import dev.airlock.engine.Module;
import java.util.ArrayList;
import java.util.List;

/**
 * A valid component, ready to be linked: its definitions in order, and the meaning of each index.
 *
 * @param parsed its definitions, as decoded
 * @param type what it imports and exports
 * @param spaces the types of all that is defined, by index
 * @param modules the compiled core modules among the definitions, in order; without those aliased from outside
 * @param nested the components among the definitions, in order; without those aliased from outside
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

    /** The core modules of this component and of those nested in it, in the order of the binary. */
    public List<Module> allModules() {
        var all = new ArrayList<Module>();
        int ownModules = 0;
        int ownComponents = 0;
        for (ComponentDefinition definition : parsed.definitions()) {
            if (definition instanceof ComponentDefinition.CoreModule) {
                all.add(modules.get(ownModules++));
            } else if (definition instanceof ComponentDefinition.Nested) {
                all.addAll(nested.get(ownComponents++).allModules());
            }
        }
        return List.copyOf(all);
    }
}

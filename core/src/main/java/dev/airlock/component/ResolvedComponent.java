package dev.airlock.component;

import dev.airlock.engine.Module;
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
record ResolvedComponent(
        ParsedComponent parsed,
        ComponentType type,
        IndexSpaces spaces,
        List<Module> modules,
        List<ResolvedComponent> nested) {
    ResolvedComponent {
        modules = List.copyOf(modules);
        nested = List.copyOf(nested);
    }
}

/**
 * Components: decode, validate, link and run (component model, Explainer).
 *
 * <p>The story of this room, as far as it goes:
 *
 * <pre>{@code
 * bytes ─▶ ComponentDecoder   definitions in order, indices as written
 *       ─▶ ParsedComponent    nested components inside; core modules stay ranges of bytes
 *       ─▶ Resolver           walks them in order: looks up indices, compiles core modules, checks the rules
 *       ─▶ ResolvedComponent  to be linked: the definitions, and the types of all index spaces
 * }</pre>
 *
 * <p>Whoever links walks the {@code Definition}s in order, with index spaces of its own that hold what there is at run
 * time. {@code ResolvedComponent.spaces()} has the type of each entry at the same index.
 *
 * <p><b>Resources.</b> A {@code ResourceType} in any of these types has a {@code ResourceVariable} for its owner. A
 * variable is made by {@code (type (sub resource))}, by a resource definition, and by each instance of something that
 * exports one. So within one component two resources are the same where their variables are. At run time each instance
 * keeps a map from variables to resources that really are: a resource definition puts a new one in; an import, an alias, an
 * export or an instance that adds an entry to an index space puts in those that its type there introduces, which it finds
 * beside each other in the type and in what is there at run time, export by export. To see whether an argument fits, and
 * what goes in the place of what, is {@code Subtyping}; {@code Substitution} puts it there.
 *
 * <p>A type that is written once can be used in a thousand places. {@code Validation} counts the work, so that a small file
 * cannot ask for a large heap.
 */
@NullMarked
package dev.airlock.component;

import org.jspecify.annotations.NullMarked;

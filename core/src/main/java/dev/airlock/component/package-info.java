/**
 * Components: link and run, and bind Java interfaces and objects to them (component model, Explainer).
 *
 * <p>The story of this room, and of the two that it stands on:
 *
 * <pre>{@code
 * bytes ─▶ binary.ComponentDecoder   definitions in order, indices as written
 *       ─▶ binary.ParsedComponent    nested components inside; core modules stay ranges of bytes
 *       ─▶ type.Resolver             walks them in order: looks up indices, compiles core modules, checks the rules
 *       ─▶ type.ResolvedComponent    to be linked: the definitions, and the types of all index spaces
 *       ─▶ ComponentCode             with the code of its crossings (LiftCode, LowerCode, BuiltInCode), made when first
 *                                    needed
 *
 * Component, ComponentLinker
 *       ─▶ ImportMatching          what the host offers for each import, or all that is wrong at once
 *       ─▶ ComponentInstantiation  walks the definitions again, with index spaces of what there is now (Linked)
 *       ─▶ ComponentState          one for each instance, nested ones too: handles, whether it runs, and by index what the
 *                                  code of its crossings looks up
 *       ─▶ ComponentInstance       what the host calls
 * }</pre>
 *
 * <p><b>Code and state.</b> The code of a crossing is made once for a component and shared by its instances: it takes a
 * {@code ComponentState} first and finds there, by index, its core functions, memories and resources. All states of one
 * instantiation share one {@code engine.Compartment}: one thread at a time, and a trap anywhere ends all of them.
 *
 * <p><b>Who may enter whom.</b> {@code Crossing} is the way from one instance into another: a sibling or a child that is
 * running cannot be entered, one's own parent can.
 *
 * <p><b>Resources.</b> In types a resource is a variable (see {@code component.type}). At run time each instance keeps a map
 * from variables to resources that really are: a resource definition puts a new one in; an import, an alias, an export or an
 * instance that adds an entry to an index space puts in those that its type there introduces, which it finds beside each
 * other in the type and in what is there at run time, export by export.
 */
@NullMarked
package dev.airlock.component;

import org.jspecify.annotations.NullMarked;

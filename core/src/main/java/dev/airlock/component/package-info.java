/**
 * Components: decode, validate, link and run (component model, Explainer).
 *
 * <p>The story of this room:
 *
 * <pre>{@code
 * bytes ─▶ ComponentDecoder   definitions in order, indices as written
 *       ─▶ ParsedComponent    nested components inside; core modules stay ranges of bytes
 *       ─▶ Resolver           walks them in order: looks up indices, compiles core modules, checks the rules
 *       ─▶ ResolvedComponent  to be linked: the definitions, and the types of all index spaces
 *       ─▶ ComponentCode      with the code of its crossings (LiftCode, LowerCode, BuiltInCode), made when first needed
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
 * <p><b>Types.</b> {@code ResolvedComponent.spaces()} has the type of each entry at the index that it has at run time.
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

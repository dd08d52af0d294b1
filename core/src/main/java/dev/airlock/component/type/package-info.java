/**
 * The types of components, and whether a component is valid (component model, Explainer).
 *
 * <p>{@code Resolver} walks a {@code ParsedComponent} in order, with a {@code Scope} for each component and type that it is
 * in: it looks up indices, compiles core modules and checks the rules. What comes out is a {@code ResolvedComponent}, whose
 * {@code spaces()} have the type of each entry at the index that it has at run time.
 *
 * <p><b>Resources.</b> A {@code ResourceType} in any of these types has a {@code ResourceVariable} for its owner. A
 * variable is made by {@code (type (sub resource))}, by a resource definition, and by each instance of something that
 * exports one. So within one component two resources are the same where their variables are. To see whether an argument
 * fits, and what goes in the place of what, is {@code Subtyping}; {@code Substitution} puts it there.
 *
 * <p>A type that is written once can be used in a thousand places. {@code Validation} counts the work, so that a small file
 * cannot ask for a large heap.
 *
 * <p>{@code WorldPrinter} prints such types as WIT.
 */
@NullMarked
package dev.airlock.component.type;

import org.jspecify.annotations.NullMarked;

/**
 * The types of components, and whether a component is valid (component model, Explainer).
 *
 * <p>{@code Resolver} visits the definitions of a {@code ParsedComponent} in order, with a {@code ComponentScope} for each component
 * and type around them: it resolves indices, compiles core modules and checks the rules. The result is a
 * {@code ResolvedComponent}. Its {@code spaces()} have the type of each entry, at the index that the entry has at run time.
 *
 * <p><b>Resources.</b> A {@code ResourceType} in any of these types has a {@code ResourceVariable} as its owner. A variable
 * is made by {@code (type (sub resource))}, by a resource definition, and by each instance of a component that exports a
 * resource. So within one component two resources are the same if their variables are. {@code Subtyping} checks whether an
 * argument matches and finds the resources that replace the variables; {@code Substitution} replaces them.
 *
 * <p>A type that is written once can be used in a thousand places. {@code Validation} counts the work, so that a small file
 * cannot ask for a large heap.
 *
 * <p>{@code WorldPrinter} prints such types as WIT.
 */
@NullMarked
package dev.airlock.component.type;

import org.jspecify.annotations.NullMarked;

/**
 * Components: link and run, and bind Java interfaces and objects to them (component model, Explainer).
 *
 * <p>From bytes to a running instance, with the packages below this one:
 *
 * <pre>{@code
 * bytes ─▶ binary.ComponentDecoder   definitions in order, indices as encoded
 *       ─▶ binary.ParsedComponent    nested components inside; core modules stay ranges of bytes
 *       ─▶ type.Resolver             visits them in order: resolves indices, compiles core modules, checks the rules
 *       ─▶ type.ResolvedComponent    the definitions, and the types of all index spaces
 *       ─▶ ComponentCode             with the code of its crossings (LiftCode, LowerCode, BuiltInCode), made when first
 *                                    needed
 *
 * Component, ComponentLinker
 *       ─▶ ImportMatching          the host's definition of each import, or all problems at once
 *       ─▶ ComponentInstantiation  executes the definitions, with index spaces of run-time entries (Linked)
 *       ─▶ ComponentState          one for each instance, nested ones too: handles, the current Task, whether it runs, and by
 *                                  index what the code of crossings needs
 *       ─▶ ComponentInstance       for the host to call
 * }</pre>
 *
 * <p><b>Code and state.</b> The code of a crossing is made once for a component and shared by its instances: it takes a
 * {@code ComponentState} first and finds there, by index, its core functions, memories and resources. All states of one
 * instantiation share one {@code engine.Compartment}: one thread at a time, and a trap anywhere ends all of them.
 *
 * <p><b>Entering instances.</b> {@code InstanceEntry} is the entry from one instance into another: a running sibling or child
 * cannot be entered, the parent can.
 *
 * <p><b>Resources.</b> In types a resource is a variable (see {@code component.type}). At run time each instance keeps a map
 * from variables to actual resources. A resource definition adds a new one. An import, an alias, an export or an instance that
 * adds an entry to an index space adds those that the entry's type introduces: type and entry are compared export by export.
 */
@NullMarked
package dev.airlock.component;

import org.jspecify.annotations.NullMarked;

/**
 * Binds Java interfaces to the exports of components, and Java objects to their imports.
 *
 * <p>{@link dev.airlock.component.bind.ComponentBindings} and {@link dev.airlock.component.bind.ComponentImports} are for
 * programs. For exports, {@code InterfaceBinding} finds a function for each method and {@code BoundMembers} makes one class for
 * all instances that differ only in a {@code BoundTarget}; a {@code BindingRecipe} binds further instances without reflection.
 * For imports, a {@code ServedObject} finds a method for each import, and {@code ImportServing} makes definitions for a linker.
 */
@NullMarked
package dev.airlock.component.bind;

import org.jspecify.annotations.NullMarked;

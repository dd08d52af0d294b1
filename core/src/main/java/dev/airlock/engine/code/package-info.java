/**
 * From a module's bytes to JVM classes: read, validated, compiled, kept and loaded.
 *
 * <p>The story of this room: {@link dev.airlock.engine.code.ModuleCompiler} gives the code of a module, from a folder where it
 * is known there, else by Endive's compiler, of which several runs may go side by side. What Endive makes is mended where a
 * JVM would leave it to its interpreter, where it does not keep to the specification, and where lines are wanted.
 * {@link dev.airlock.engine.code.LoadedCode} makes classes of it and gives out the method of each function. Nothing here knows
 * of instances: what compiled code calls of us, {@link dev.airlock.engine.code.IndirectCalls} and
 * {@link dev.airlock.engine.code.Tags}, finds them by {@link dev.airlock.engine.code.GuardedMachine}.
 *
 * <p>What is public here is so for the library itself, or for guest code; no program should use it.
 */
@NullMarked
package dev.airlock.engine.code;

import org.jspecify.annotations.NullMarked;

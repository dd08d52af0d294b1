/**
 * Core modules as their bytes say them: where each section and each function's body lies, names and the few other facts that
 * are read without Endive, and a binary with less in it for Endive to read.
 *
 * <p>The story of this room: {@link dev.airlock.engine.binary.BinaryLayout} finds the sections and refuses what is cut short.
 * {@link dev.airlock.engine.binary.DeclaredLocals} refuses what would take too long to compile.
 * {@link dev.airlock.engine.binary.ReducedModule} leaves out what is not wanted now. This room knows nothing of Endive.
 *
 * <p>What is public here is so for the library itself; no program should use it.
 */
@NullMarked
package dev.airlock.engine.binary;

import org.jspecify.annotations.NullMarked;

/**
 * A WASI command as a function: arguments and standard input go in, standard output and an exit code come out.
 *
 * <p>A {@link dev.airlock.program.Program} is compiled once and run in a fresh instance each time, so that no run sees
 * another's state. An {@link dev.airlock.program.Invocation} says what one run gets;
 * {@link dev.airlock.program.Running} is one that goes on in a thread of its own while the host writes to it and reads
 * from it.
 */
@NullMarked
package dev.airlock.program;

import org.jspecify.annotations.NullMarked;

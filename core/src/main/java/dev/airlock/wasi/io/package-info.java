/**
 * Sockets and waiting, for the doors of WASI: blocking calls that an interrupt ends, on channels that never block. What a
 * door adds is its own: descriptors, error numbers, the layout of memory.
 */
@NullMarked
package dev.airlock.wasi.io;

import org.jspecify.annotations.NullMarked;

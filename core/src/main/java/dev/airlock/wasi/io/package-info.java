/**
 * Sockets and waiting, for all WASI versions: calls that wait until an interrupt ends them, on channels that never block.
 * Descriptors, error numbers and the layout of memory belong to the packages of the versions.
 */
@NullMarked
package dev.airlock.wasi.io;

import org.jspecify.annotations.NullMarked;

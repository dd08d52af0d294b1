/**
 * A folder that a guest may reach, and nothing outside of it: files and directories on any {@code java.nio.file} file
 * system, with walls.
 *
 * <p>{@link dev.airlock.wasi.files.Directory#preopen} opens the folder. From there on everything is named by paths relative
 * to an open directory, which are resolved here, one name at a time, and never by the host. What the doors of WASI put
 * on top (descriptors, rights, error numbers) is not known in this room.
 */
@NullMarked
package dev.airlock.wasi.files;

import org.jspecify.annotations.NullMarked;

/**
 * Folders that a guest may reach, with nothing outside of them: files and directories on any {@code java.nio.file} file
 * system.
 *
 * <p>{@link dev.airlock.wasi.files.Directory#preopen} opens a folder. Everything else is named by paths relative to an
 * open directory. They are resolved here, one name at a time, and not by the host. Descriptors, rights and error
 * numbers belong to the WASI versions, which are built on top of this package.
 */
@NullMarked
package dev.airlock.wasi.files;

import org.jspecify.annotations.NullMarked;

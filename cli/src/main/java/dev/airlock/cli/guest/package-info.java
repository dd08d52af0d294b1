/** Reads the file named on the command line, and recognizes what it is before it is compiled. */
@NullMarked
package dev.airlock.cli.guest;

import org.jspecify.annotations.NullMarked;

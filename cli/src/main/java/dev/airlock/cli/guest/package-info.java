/** The file that is named on the command line: read once, told apart, and what can be said of it before it is compiled. */
@NullMarked
package dev.airlock.cli.guest;

import org.jspecify.annotations.NullMarked;

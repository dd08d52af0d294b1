/** The {@code airlock} command: one class for each subcommand, and one class that maps failures to exit codes. */
@NullMarked
package dev.airlock.cli;

import org.jspecify.annotations.NullMarked;

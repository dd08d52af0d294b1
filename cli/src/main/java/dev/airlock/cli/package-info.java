/** The {@code airlock} command: one class for each subcommand, and one place that turns failures into exit codes. */
@NullMarked
package dev.airlock.cli;

import org.jspecify.annotations.NullMarked;

/** Describes a guest for {@code inspect}, as text and as JSON. */
@NullMarked
package dev.airlock.cli.report;

import org.jspecify.annotations.NullMarked;

/** What {@code inspect} says of a guest, as a page and as JSON. */
@NullMarked
package dev.airlock.cli.report;

import org.jspecify.annotations.NullMarked;

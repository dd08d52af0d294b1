package dev.airlock.component.run;

import org.jspecify.annotations.Nullable;

/**
 * A captured table of handles. It has only resources that the component defines and waitable sets, since only these can be
 * restored.
 *
 * @param entries by index, without those that were never used
 * @param free the free indices; the last one is used next
 */
record HandleImage(@Nullable Object[] entries, int[] free) {
    /** A handle that owns a resource of the component, with the number of its type. */
    record Owned(int resource, Integer representation) {}
}

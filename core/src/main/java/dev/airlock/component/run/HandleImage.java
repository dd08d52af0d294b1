package dev.airlock.component.run;

import org.jspecify.annotations.Nullable;

/**
 * What a table of handles held at one moment: only what the guest itself can bring back, which are its own resources and sets
 * of waitables.
 *
 * @param entries by index, those that were never used left out
 * @param free the indices to be used again, the next one last
 */
record HandleImage(@Nullable Object[] entries, int[] free) {
    /** A handle that owned a resource of the component's, by the number that the table's instance knows it by. */
    record Owned(int resource, Integer representation) {}
}

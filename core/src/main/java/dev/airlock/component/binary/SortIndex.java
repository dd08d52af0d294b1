package dev.airlock.component.binary;

/** Refers to a definition by its index space and its index: {@code sortidx} and {@code core:sortidx}. */
public record SortIndex(Sort sort, int index) {
    @Override
    public String toString() {
        return sort + " " + index;
    }
}

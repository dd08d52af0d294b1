package dev.airlock.component.binary;

/** A definition, by the index space it is in and its place there: {@code sortidx} and {@code core:sortidx}. */
public record SortIndex(Sort sort, int index) {
    @Override
    public String toString() {
        return sort + " " + index;
    }
}

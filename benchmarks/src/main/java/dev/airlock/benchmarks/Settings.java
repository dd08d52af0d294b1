package dev.airlock.benchmarks;

/** What all forks have in common. */
final class Settings {
    /**
     * A heap of one size that is touched before it is used: on virtual machines the first touch of a page of memory can
     * cost more than all that is measured, and whose turn it is then is chance.
     */
    static final String HEAP = "-Xms512m";

    static final String HEAP_LIMIT = "-Xmx512m";

    static final String TOUCHED = "-XX:+AlwaysPreTouch";

    /** What the JVM itself chooses for larger heaps. In the smaller regions of this one, every guest's memory is huge. */
    static final String REGIONS = "-XX:G1HeapRegionSize=4m";

    /** Named, since the JVM takes another one by itself where it finds less than two cores or 2 GB. */
    static final String COLLECTOR = "-XX:+UseG1GC";

    private Settings() {}
}

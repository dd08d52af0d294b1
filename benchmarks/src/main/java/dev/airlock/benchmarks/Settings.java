package dev.airlock.benchmarks;

/** JVM options of all forks. */
final class Settings {
    /**
     * A heap of fixed size, touched in advance: on virtual machines the first touch of a page of memory can take longer
     * than the whole measurement, and would hit any of the peers at random.
     */
    static final String HEAP = "-Xms512m";

    static final String HEAP_LIMIT = "-Xmx512m";

    static final String TOUCHED = "-XX:+AlwaysPreTouch";

    /**
     * The size that the JVM chooses for larger heaps. With the smaller regions of this heap, every guest's memory would be
     * a humongous object.
     */
    static final String REGIONS = "-XX:G1HeapRegionSize=4m";

    /** Set explicitly, because the JVM chooses another collector if it finds less than two cores or 2 GB. */
    static final String COLLECTOR = "-XX:+UseG1GC";

    private Settings() {}
}

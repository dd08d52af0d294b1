package dev.airlock.benchmarks.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds after a garbage collection.
 *
 * @param heap bytes of live objects
 * @param classes bytes of metaspace and compiled code, the cost of each compiled module
 * @param loaded classes that are loaded
 * @param threads platform threads
 * @param descriptors open files, or 0 if the system does not report them
 */
record Vitals(long heap, long classes, int loaded, int threads, int descriptors) {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    static Vitals now() {
        // Cleaners and class unloading need a second collection, which frees what the first one found dead.
        for (int i = 0; i < 3; i++) {
            System.gc();
            pause();
        }
        long classes = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.NON_HEAP)
                .mapToLong(Vitals::used)
                .sum();
        return new Vitals(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                classes,
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                openFiles());
    }

    private static long used(MemoryPoolMXBean pool) {
        return pool.getUsage().getUsed();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException("the measuring thread was interrupted", e);
        }
    }

    private static int openFiles() {
        if (!Files.isDirectory(OPEN_FILES)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

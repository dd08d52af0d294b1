package dev.airlock.program;

import dev.airlock.engine.Instance;
import dev.airlock.engine.Linker;
import dev.airlock.engine.Module;
import dev.airlock.engine.Snapshot;
import dev.airlock.error.InstanceStateException;
import dev.airlock.limit.Limits;
import dev.airlock.type.CoreFuncType;
import dev.airlock.type.MemoryType;
import org.jspecify.annotations.Nullable;

/**
 * Creates an instance for each run of a program: from the module, or if runs are short, from a snapshot of an instance in which
 * nothing has run. A short run spends most of its time on getting a memory from the JVM, and a snapshot reuses the array of an
 * earlier run. But then stores mark where they write, which costs more the longer a run is. Thread-safe.
 */
final class FreshInstances {
    /**
     * The longest run, for each page of memory, that gains from a snapshot. Getting a page from the JVM takes 2 to 3 µs, and marks
     * may cost a tenth of a run's time: in a longer run they would cost more.
     */
    private static final long SHORT_NANOS_PER_PAGE = 30_000;

    /** A snapshot keeps as many arrays as the JVM has processors; since no setting asks for them, each has at most 16 MiB. */
    private static final int MOST_PAGES = 256;

    /** How many long runs in a row end the use of the snapshot: other work on the machine may delay any single run. */
    private static final int PATIENCE = 3;

    private final Module module;
    private final long shortRun;
    private volatile boolean capturable;
    private volatile int longRuns = PATIENCE;
    private volatile @Nullable Snapshot untouched;

    FreshInstances(Module module) {
        this.module = module;
        long pages =
                module.memories().stream().mapToLong(MemoryType::initialPages).sum();
        this.shortRun = pages * SHORT_NANOS_PER_PAGE;
        // Imports other than functions, and a start function, can give each instance another state.
        this.capturable = pages <= MOST_PAGES
                && module.startFunction().isEmpty()
                && module.imports().stream().allMatch(i -> i.type() instanceof CoreFuncType);
    }

    /** Returns an instance in which nothing has run. */
    Instance make(Linker linker) {
        Snapshot from = fromSnapshot() ? untouched() : null;
        return from == null ? linker.instantiate(module) : linker.instantiate(from);
    }

    /** Records how long a run took, without the creation of its instance. */
    void ran(long nanos) {
        if (nanos <= shortRun) {
            longRuns = 0;
        } else if (longRuns < PATIENCE) {
            // Threads that count at the same time may lose a count; later runs make up for it.
            longRuns = longRuns + 1;
        }
    }

    /** Returns whether the next run starts from the snapshot. */
    boolean fromSnapshot() {
        return capturable && longRuns < PATIENCE;
    }

    private @Nullable Snapshot untouched() {
        // Racing threads may each capture one; either will do.
        Snapshot known = untouched;
        if (known == null) {
            known = capture();
            untouched = known;
        }
        return known;
    }

    private @Nullable Snapshot capture() {
        Limits unlimited = Limits.defaults().memoryBytes(Limits.UNLIMITED).tableElements(Limits.UNLIMITED);
        // No function is called, so the imports need no implementation.
        try (Instance first =
                new Linker().unknownImportsAsTraps().limits(unlimited).instantiate(module)) {
            return first.snapshot();
        } catch (InstanceStateException e) {
            // Such as a memory that threads share.
            capturable = false;
            return null;
        }
    }
}

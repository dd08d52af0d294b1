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
 * Makes the instance that each run of a program has of its own: of the module, or where runs are short, of a snapshot of an
 * instance that has run nothing. A short run spends most of its time on getting a memory from the JVM, and a snapshot has
 * the array of an earlier one; but then stores mark where they write, which takes longer the longer a run is. Thread-safe.
 */
final class FreshInstances {
    /**
     * A page takes 2 to 3 µs to get from the JVM, and marks may cost a tenth of a run's time: from here on they would cost
     * more.
     */
    private static final long SHORT_NANOS_PER_PAGE = 30_000;

    /** A snapshot keeps as many arrays as the JVM has processors: no more than 16 MiB each that no setting asks for. */
    private static final int MOST_PAGES = 256;

    /** How many long runs in a row it takes to leave the snapshot: any run may be held up by what else the machine does. */
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
        // Whatever else is imported, and a start function, can make each instance another.
        this.capturable = pages <= MOST_PAGES
                && module.startFunction().isEmpty()
                && module.imports().stream().allMatch(i -> i.type() instanceof CoreFuncType);
    }

    /** Returns an instance in which nothing has run. */
    Instance make(Linker linker) {
        Snapshot from = fromSnapshot() ? untouched() : null;
        return from == null ? linker.instantiate(module) : linker.instantiate(from);
    }

    /** Takes note of how long the program itself has run. */
    void ran(long nanos) {
        if (nanos <= shortRun) {
            longRuns = 0;
        } else if (longRuns < PATIENCE) {
            // Threads that count at the same time lose some of it, and runs are counted again.
            longRuns = longRuns + 1;
        }
    }

    /** Returns whether the next run starts from the snapshot. */
    boolean fromSnapshot() {
        return capturable && longRuns < PATIENCE;
    }

    private @Nullable Snapshot untouched() {
        // Two threads may both make it, to the same end.
        Snapshot known = untouched;
        if (known == null) {
            known = capture();
            untouched = known;
        }
        return known;
    }

    private @Nullable Snapshot capture() {
        Limits unlimited = Limits.defaults().memoryBytes(Limits.UNLIMITED).tableElements(Limits.UNLIMITED);
        // Nothing is called, so nothing need be there to be called.
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

package dev.airlock;

import dev.airlock.component.Component;
import dev.airlock.component.ComponentSnapshot;
import dev.airlock.engine.Module;
import dev.airlock.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance at one moment, from which new instances start: see {@link GuestInstance#snapshot()} and {@link
 * Guest#instance(GuestSnapshot)}. Immutable and thread-safe.
 *
 * <p>It keeps the bytes of the guest's memories, and the arrays of a few closed instances for the next ones, as many as the
 * JVM has processors. It is not closed with its guest, and outlives the instance that it was made of.
 */
public final class GuestSnapshot {
    private final @Nullable Snapshot core;
    private final @Nullable ComponentSnapshot component;

    GuestSnapshot(Snapshot core) {
        this.core = core;
        this.component = null;
    }

    GuestSnapshot(ComponentSnapshot component) {
        this.core = null;
        this.component = component;
    }

    Snapshot of(Module module) {
        if (core == null || core.module() != module) {
            throw new IllegalArgumentException("this " + this + " was not made of " + module
                    + ": an instance starts from a snapshot of the same opened guest");
        }
        return core;
    }

    ComponentSnapshot of(Component guest) {
        if (component == null || component.component() != guest) {
            throw new IllegalArgumentException("this " + this + " was not made of " + guest
                    + ": an instance starts from a snapshot of the same opened guest");
        }
        return component;
    }

    @Override
    public String toString() {
        return String.valueOf(core == null ? component : core);
    }
}

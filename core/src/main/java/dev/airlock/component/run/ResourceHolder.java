package dev.airlock.component.run;

import org.jspecify.annotations.Nullable;

/** A Java object that stands for a resource of a component. */
public interface ResourceHolder {
    /** The resource; null if it stands for something else. */
    @Nullable
    HeldResource resource();
}

package dev.airlock.component.run;

import org.jspecify.annotations.Nullable;

/** A Java object that may represent a resource of a component. */
public interface ResourceHolder {
    /** The resource; null if the object represents something else. */
    @Nullable
    HeldResource resource();
}

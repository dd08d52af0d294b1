package dev.airlock.engine.runtime;

import dev.airlock.engine.validate.DefinedType.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * How hosts see references. The package {@code engine}, whose types are not known here, sets it before any instance exists:
 * a host asks exceptions of guests for their values without any other object of that package.
 */
public interface HostView {
    /** Returns a reference of a type as the host sees it. */
    @Nullable
    Object see(@Nullable Object reference, FieldType type);

    /** Sets the one view of this library. */
    static void install(HostView view) {
        Installed.view = view;
    }

    static @Nullable Object of(@Nullable Object reference, FieldType type) {
        return Installed.view.see(reference, type);
    }

    /** Holds the view, since an interface has constants only. */
    final class Installed {
        private static volatile HostView view = (reference, type) -> {
            throw new IllegalStateException("no instance was made yet");
        };

        private Installed() {}
    }
}

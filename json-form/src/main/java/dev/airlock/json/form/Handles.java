package dev.airlock.json.form;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** Calls the accessors and constructors of records. */
final class Handles {
    private Handles() {}

    static @Nullable Object invoke(MethodHandle handle, Object argument) {
        try {
            return handle.invoke(argument);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a record. A refusal by its own constructor is a mismatch, which gets the path to the place. */
    static Object construct(MethodHandle handle, @Nullable Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new Mismatch("its constructor refused it: " + e.getMessage());
        }
    }
}

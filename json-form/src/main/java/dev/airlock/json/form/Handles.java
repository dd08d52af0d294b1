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

    /** Makes a record. An exception of its constructor becomes a mismatch, so that the error has the path to the value. */
    static Object construct(MethodHandle handle, @Nullable Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new Mismatch("the constructor refused the value: " + e.getMessage());
        }
    }
}

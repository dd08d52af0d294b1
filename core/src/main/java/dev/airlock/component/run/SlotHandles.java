package dev.airlock.component.run;

import dev.airlock.abi.canonical.CanonicalContext;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Runs calls in a separate task, for instances that use the slots of a task ({@code context.set}). */
final class SlotHandles {
    private static final MethodHandle BEGIN;
    private static final MethodHandle END;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BEGIN = lookup.findStatic(
                    SlotHandles.class, "begin", MethodType.methodType(Task.class, CanonicalContext.class));
            END = lookup.findStatic(
                    SlotHandles.class,
                    "end",
                    MethodType.methodType(int.class, Throwable.class, int.class, Task.class, CanonicalContext.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private SlotHandles() {}

    /** {@code (CanonicalContext, int...) -> int}: the same call, in a separate task. */
    static MethodHandle aside(MethodHandle realloc) {
        MethodHandle withSlots = MethodHandles.dropArguments(realloc, 0, Task.class);
        return MethodHandles.foldArguments(MethodHandles.tryFinally(withSlots, END), BEGIN);
    }

    static Task begin(CanonicalContext context) {
        return ((ComponentState) context).beginTask();
    }

    @SuppressWarnings("unused") // its form is that of tryFinally
    static int end(Throwable thrown, int result, Task before, CanonicalContext context) {
        ((ComponentState) context).endTask(before);
        return result;
    }
}

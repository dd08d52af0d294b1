package dev.airlock.component.bind;

import dev.airlock.abi.canonical.CanonicalContext;
import dev.airlock.codegen.Handles;
import dev.airlock.component.ComponentInstance;
import dev.airlock.component.run.HeldResource;
import dev.airlock.component.run.HostCalls;
import dev.airlock.component.run.InstanceEntry;
import dev.airlock.component.run.LiftCode;
import dev.airlock.component.run.ResourceHolder;
import dev.airlock.component.run.Task;
import dev.airlock.engine.Compartment;
import dev.airlock.engine.RecordedCall;
import dev.airlock.error.ValueException;
import dev.airlock.event.FlightEvents;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The target of an implementation of a bound interface: what differs between instances of one component, by numbers that the
 * shared code has.
 *
 * @param entries the entries for calls of the functions
 * @param nested the implementations that methods for WIT interfaces return
 * @param resource the resource of the methods; null for an interface of functions
 */
record BoundTarget(
        ComponentInstance instance,
        InstanceEntry[] entries,
        Object[] nested,
        @Nullable HeldResource resource) implements ResourceHolder {
    private static final MethodHandle CONTEXT;
    private static final MethodHandle RESOURCE;
    private static final MethodHandle ENTER;
    private static final MethodHandle EXIT;
    private static final MethodHandle OPEN;
    private static final MethodHandle LEAVE;
    private static final MethodHandle RECORD;
    private static final MethodHandle END;
    private static final MethodHandle NESTED;
    private static final MethodHandle CLOSE;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            CONTEXT = ours(lookup, "context", CanonicalContext.class, int.class, Object.class);
            RESOURCE = ours(lookup, "resourceOf", Object.class, Object.class);
            ENTER = ours(lookup, "enter", int.class, int.class, Object.class);
            EXIT = ours(lookup, "exit", void.class, int.class, Throwable.class, int.class, Object.class);
            OPEN = ours(lookup, "open", Task.class, int.class, String.class, Object.class);
            LEAVE = ours(lookup, "leave", void.class, int.class, Throwable.class, Task.class, Object.class);
            RECORD = ours(lookup, "record", RecordedCall.class, int.class, String.class, Object.class);
            END = ours(lookup, "end", void.class, Throwable.class, RecordedCall.class, Object.class);
            NESTED = ours(lookup, "nestedAt", Object.class, int.class, Object.class);
            CLOSE = ours(lookup, "close", void.class, Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle ours(MethodHandles.Lookup lookup, String name, Class<?> result, Class<?>... params)
            throws ReflectiveOperationException {
        return lookup.findStatic(BoundTarget.class, name, MethodType.methodType(result, params));
    }

    /**
     * {@code (Object target, P...) -> R}: a call through the gate.
     *
     * @param entry the number of the entry
     * @param name the function's name, for errors
     */
    static MethodHandle call(LiftCode.Typed typed, int entry, boolean ofResource, String name) {
        MethodHandle inside =
                MethodHandles.filterArguments(typed.inside(), 0, MethodHandles.insertArguments(CONTEXT, 0, entry));
        if (ofResource) {
            inside = onItself(MethodHandles.filterArguments(
                    inside,
                    1,
                    RESOURCE.asType(
                            RESOURCE.type().changeReturnType(inside.type().parameterType(1)))));
        }
        MethodHandle entered = MethodHandles.foldArguments(
                Handles.guarded(inside, MethodHandles.insertArguments(LEAVE, 0, entry), Task.class),
                MethodHandles.insertArguments(OPEN, 0, entry, name));
        MethodHandle recorded = MethodHandles.foldArguments(
                Handles.guarded(entered, END, RecordedCall.class),
                MethodHandles.insertArguments(RECORD, 0, entry, name));
        MethodHandle gated = MethodHandles.foldArguments(
                Handles.guarded(recorded, MethodHandles.insertArguments(EXIT, 0, entry), int.class),
                MethodHandles.insertArguments(ENTER, 0, entry));
        MethodHandle outcome = typed.outcome();
        if (outcome == null) {
            return gated;
        }
        return MethodHandles.filterReturnValue(
                gated,
                outcome.asType(
                        outcome.type().changeParameterType(0, gated.type().returnType())));
    }

    /** Passes one target as both the context and the resource. */
    private static MethodHandle onItself(MethodHandle call) {
        int count = call.type().parameterCount();
        int[] order = new int[count];
        for (int i = 1; i < count; i++) {
            order[i] = i - 1;
        }
        return MethodHandles.permuteArguments(call, call.type().dropParameterTypes(1, 2), order);
    }

    /** {@code (Object target) -> Object}: the implementation of a WIT interface. */
    static MethodHandle nested(int index) {
        return MethodHandles.insertArguments(NESTED, 0, index);
    }

    /** {@code (Object target)}: closes the instance or the resource. */
    static MethodHandle close() {
        return CLOSE;
    }

    static Object make(MethodHandle constructor, BoundTarget target) {
        try {
            return (Object) constructor.invokeExact((Object) target);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("a generated class cannot be made", e);
        }
    }

    // Called by method handle.

    private static InstanceEntry entry(int index, Object target) {
        return ((BoundTarget) target).entries[index];
    }

    static CanonicalContext context(int index, Object target) {
        return entry(index, target).callee();
    }

    static Object resourceOf(Object target) {
        return Objects.requireNonNull(((BoundTarget) target).resource);
    }

    static int enter(int index, Object target) {
        return entry(index, target).callee().compartment().enter();
    }

    @SuppressWarnings("unused") // its form is that of tryFinally
    static void exit(int index, @Nullable Throwable thrown, int before, Object target) {
        entry(index, target).callee().compartment().exit(before);
    }

    static Task open(int index, String name, Object target) {
        BoundTarget bound = (BoundTarget) target;
        if (bound.resource != null) {
            bound.resource.checkThere();
        }
        InstanceEntry entry = bound.entries[index];
        HostCalls.checkOpen(entry, name);
        return entry.enter();
    }

    static void leave(int index, @Nullable Throwable thrown, Task before, Object target) {
        InstanceEntry entry = entry(index, target);
        if (thrown == null || thrown instanceof ValueException) {
            entry.leave(before);
            return;
        }
        Compartment compartment = entry.callee().compartment();
        throw Handles.sneaky(compartment.leave(thrown));
    }

    static @Nullable RecordedCall record(int index, String name, Object target) {
        return entry(index, target).callee().recorded(name, FlightEvents.Direction.IN);
    }

    @SuppressWarnings("unused") // its form is that of tryFinally
    static void end(@Nullable Throwable thrown, @Nullable RecordedCall recorded, Object target) {
        if (recorded != null) {
            recorded.end();
        }
    }

    static Object nestedAt(int index, Object target) {
        return ((BoundTarget) target).nested[index];
    }

    static void close(Object target) {
        BoundTarget bound = (BoundTarget) target;
        if (bound.resource != null) {
            bound.resource.close();
        } else {
            bound.instance.close();
        }
    }

    @Override
    public String toString() {
        return resource == null ? instance.toString() : resource.toString();
    }
}

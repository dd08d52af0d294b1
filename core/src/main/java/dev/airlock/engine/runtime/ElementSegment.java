package dev.airlock.engine.runtime;

import dev.airlock.engine.validate.ValidModule;
import org.jspecify.annotations.Nullable;

/**
 * The references of an element segment (core specification, section 4.2.11), evaluated once. One that holds functions alone keeps
 * their indices, and all instances of the module share it.
 */
public final class ElementSegment {
    public static final ElementSegment DROPPED = new ElementSegment(new int[0], new int[0], true, null);

    private static final int NULL = -1;

    /** Indices of functions, or {@link #NULL}; null if the segment holds anything else. */
    private final int @Nullable [] functions;

    /** The slots of the functions, 0 for null and for imported ones. */
    final int @Nullable [] slots;

    /** Whether the slots say all: no function is imported. */
    final boolean isOwn;

    private final @Nullable Object @Nullable [] values;

    private ElementSegment(
            int @Nullable [] functions, int @Nullable [] slots, boolean isOwn, @Nullable Object @Nullable [] values) {
        this.functions = functions;
        this.slots = slots;
        this.isOwn = isOwn;
        this.values = values;
    }

    ElementSegment(@Nullable Object[] values) {
        this(null, null, false, values);
    }

    /** Returns a segment that all instances of a module share; null if each has to evaluate its own. */
    static @Nullable ElementSegment shared(ValidModule module, int index, FunctionSlots slots) {
        int[] functions = module.elementFunctions(index);
        if (functions == null) {
            return null;
        }
        int[] numbers = new int[functions.length];
        boolean isOwn = true;
        for (int i = 0; i < functions.length; i++) {
            numbers[i] = functions[i] == NULL ? 0 : slots.of(functions[i]);
            isOwn &= functions[i] == NULL || numbers[i] != 0;
        }
        return new ElementSegment(functions, numbers, isOwn, null);
    }

    public int length() {
        return functions != null ? functions.length : values().length;
    }

    private @Nullable Object[] values() {
        if (values == null) {
            throw new IllegalStateException("a segment of functions");
        }
        return values;
    }

    /** Returns the reference at an index, which is within the segment. */
    public @Nullable Object get(int index, InstanceState instance) {
        if (functions == null) {
            return values()[index];
        }
        return functions[index] == NULL ? null : instance.function(functions[index]);
    }

    /** Whether it holds nothing that belongs to one instance. */
    boolean isShared() {
        return functions != null;
    }
}

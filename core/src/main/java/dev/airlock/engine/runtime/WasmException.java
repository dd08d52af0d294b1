package dev.airlock.engine.runtime;

import dev.airlock.engine.binary.ValueTypes;
import dev.airlock.engine.validate.DefinedType.FieldType;
import dev.airlock.error.TrapCode;
import dev.airlock.limit.CollectedHeap;
import dev.airlock.memory.linear.GuestTrap;
import dev.airlock.type.V128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception of a guest (core specification, section 4.2.11), which is also what an {@code exnref} refers to: throwing it
 * again throws the same object.
 */
public final class WasmException extends dev.airlock.error.WasmException {
    private static final long serialVersionUID = 1L;

    /** With the arrays of values, and the trace of a shallow stack; the account looks at the depth by itself. */
    private static final int BYTES = 900;

    public final transient TagInstance tag;

    /** The numbers among its values, in order; floats as raw bits, a vector as two. */
    public final transient long[] n;

    /** The references among its values, in order. */
    public final transient @Nullable Object[] r;

    private transient boolean isCounted;

    public WasmException(TagInstance tag, long[] n, @Nullable Object[] r) {
        super("uncaught exception");
        this.tag = tag;
        this.n = n;
        this.r = r;
    }

    /** Makes what {@code throw} throws. */
    public static WasmException make(int tag, InstanceState instance, long[] n, @Nullable Object[] r) {
        var made = new WasmException(instance.tags[tag], n, r);
        made.count(instance.collected);
        return made;
    }

    /** Counts it for the guest that may keep it, which is the first that sees it. */
    public void count(CollectedHeap heap) {
        if (!isCounted) {
            isCounted = true;
            heap.made(this, BYTES + 8L * (n.length + r.length));
        }
    }

    /** Makes it of values in the spill. */
    public static WasmException ofSpill(int tag, InstanceState instance, int numbers, int references) {
        long[] n = Arrays.copyOf(instance.spill.n, numbers);
        return make(tag, instance, n, Arrays.copyOf(instance.spill.r, references));
    }

    /** Returns what {@code throw_ref} throws again. */
    public static WasmException thrown(@Nullable Object reference) {
        if (reference instanceof WasmException exception) {
            return exception;
        }
        throw new GuestTrap(TrapCode.NULL_REFERENCE, "null exception reference");
    }

    @Override
    public List<@Nullable Object> values() {
        List<@Nullable Object> values = new ArrayList<>();
        int number = 0;
        int reference = 0;
        for (FieldType type : tag.type.first()) {
            switch (ValueTypes.carrier(type.code())) {
                case 'I' -> values.add((int) n[number++]);
                case 'J' -> values.add(n[number++]);
                case 'F' -> values.add(Float.intBitsToFloat((int) n[number++]));
                case 'D' -> values.add(Double.longBitsToDouble(n[number++]));
                case 'V' -> {
                    values.add(new V128(n[number], n[number + 1]));
                    number += 2;
                }
                default -> values.add(HostView.of(r[reference++], type));
            }
        }
        return Collections.unmodifiableList(values);
    }
}

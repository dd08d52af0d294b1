package dev.airlock.abi.placed;

import dev.airlock.memory.Interruption;
import dev.airlock.memory.Memory;
import dev.airlock.placement.ManagedClass;
import dev.airlock.placement.ManagedClasses;
import dev.airlock.placement.ManagedList;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes managed objects in an AssemblyScript guest. Each is pinned as soon as it is made, until the call ends, since
 * the guest's collector may run when the next one is made.
 */
final class ManagedWriter {
    private final Memory memory;
    private final Object guest;
    private final MethodHandle allocate;
    private final MethodHandle pin;
    private final ManagedClasses classes;
    private final String function;
    private int[] pinned = new int[8];
    private int count = 1;

    private ManagedWriter(
            Memory memory,
            Object guest,
            MethodHandle allocate,
            MethodHandle pin,
            ManagedClasses classes,
            String function) {
        this.memory = memory;
        this.guest = guest;
        this.allocate = allocate;
        this.pin = pin;
        this.classes = classes;
        this.function = function;
    }

    /**
     * Makes a value of several objects.
     *
     * @param allocate {@code (Object guest, int size, int class) -> int}
     * @param pin {@code (Object guest, int pointer)}
     * @return the value's pointer, then those of all objects that were made, which are pinned
     */
    static int[] make(
            Memory memory,
            Object guest,
            MethodHandle allocate,
            MethodHandle pin,
            ManagedForm form,
            @Nullable Object encoded,
            ManagedClasses classes,
            String function)
            throws Throwable {
        var writer = new ManagedWriter(memory, guest, allocate, pin, classes, function);
        int pointer = form.make(writer, encoded);
        int[] objects = Arrays.copyOf(writer.pinned, writer.count);
        objects[0] = pointer;
        return objects;
    }

    /** Takes a value of several objects apart: see {@link ManagedForm}. */
    static @Nullable Object encode(@Nullable Object value, ManagedForm form, String name) throws Throwable {
        return form.encode(value, name);
    }

    /**
     * Unpins objects.
     *
     * @param made what {@link #make} returned; null for nothing
     */
    static void unpin(Object guest, MethodHandle unpin, int @Nullable [] made) throws Throwable {
        for (int i = 1; made != null && i < made.length; i++) {
            int pointer = made[i];
            // Whatever happens from here on, it is not unpinned twice.
            made[i] = 0;
            if (pointer != 0) {
                unpin.invokeExact(guest, pointer);
            }
        }
    }

    /** Makes an object that is its elements. */
    int block(@Nullable Object elements, int align, int number) throws Throwable {
        int pointer = object(byteSize(Objects.requireNonNull(elements)), align, number);
        store(pointer, elements);
        return pointer;
    }

    /** Makes a list of any kind. */
    int list(@Nullable Object elements, int width, ManagedClass list) throws Throwable {
        Object all = Objects.requireNonNull(elements);
        if (!list.list().hasBuffer()) {
            return block(all, width, list.number());
        }
        int buffer = block(all, width, classes.buffer());
        int pointer = object(list.list().fields(), ManagedReader.POINTER, list.number());
        storeFields(memory, pointer, buffer, byteSize(all) / width, width, list.list());
        return pointer;
    }

    /** Sets the fields of an object that refers to a buffer, for elements of this many bytes. */
    static void storeFields(Memory memory, int pointer, int buffer, int count, int width, ManagedList list) {
        memory.writeInt(pointer, buffer);
        memory.writeInt(pointer + 4, buffer);
        memory.writeInt(pointer + 8, count * width);
        if (list == ManagedList.ARRAY) {
            memory.writeInt(pointer + 12, count);
        }
    }

    private int object(int size, int align, int number) throws Throwable {
        int pointer = (int) allocate.invokeExact(guest, size, number);
        Blocks.allocated(memory, pointer, size, align, function);
        pin.invokeExact(guest, pointer);
        if (count == pinned.length) {
            pinned = Arrays.copyOf(pinned, count * 2);
        }
        pinned[count++] = pointer;
        if ((count & Interruption.ELEMENTS) == 0) {
            Interruption.check();
        }
        return pointer;
    }

    private static int byteSize(Object elements) {
        int width = elements instanceof byte[]
                ? 1
                : elements instanceof short[] ? 2 : elements instanceof int[] || elements instanceof float[] ? 4 : 8;
        return Array.getLength(elements) * width;
    }

    private void store(int pointer, Object elements) {
        if (elements instanceof byte[] bytes) {
            Blocks.store(memory, pointer, bytes);
        } else if (elements instanceof short[] shorts) {
            Blocks.store(memory, pointer, shorts);
        } else if (elements instanceof int[] ints) {
            Blocks.store(memory, pointer, ints);
        } else if (elements instanceof long[] longs) {
            Blocks.store(memory, pointer, longs);
        } else if (elements instanceof float[] floats) {
            Blocks.store(memory, pointer, floats);
        } else {
            Blocks.store(memory, pointer, (double[]) elements);
        }
    }

    /** AssemblyScript stores a bool in a byte. */
    static byte[] bytes(boolean[] bools) {
        byte[] bytes = new byte[bools.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bools[i] ? 1 : 0);
        }
        return bytes;
    }
}

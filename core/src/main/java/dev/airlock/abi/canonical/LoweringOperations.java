package dev.airlock.abi.canonical;

import dev.airlock.abi.EncodedBytes;
import dev.airlock.abi.Scalars;
import dev.airlock.error.TrapCode;
import dev.airlock.memory.Interruption;
import dev.airlock.memory.linear.LinearMemory;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The operations of {@link LoweringStep}s, shared by the interpreter and by generated code: they encode values to
 * blocks of bytes, ask the guest for room, and copy the blocks.
 */
final class LoweringOperations {
    private LoweringOperations() {}

    /**
     * Returns what is copied for a string: the string itself if its characters are its bytes, else an array of bytes.
     *
     * @param context of the receiver
     */
    static Object encodeText(@Nullable String value, CanonicalContext context, StringEncoding encoding, String name) {
        String text = Scalars.notNull(value, name);
        if (context.isNarrow(text, encoding)) {
            if (text.length() > CanonicalOperations.MAX_BYTES) {
                throw CanonicalOperations.tooLong(text.length(), name);
            }
            return text;
        }
        byte[] bytes = encoding == StringEncoding.UTF8
                ? EncodedBytes.encodeUtf8(text, name)
                : EncodedBytes.encodeUtf16(text, name);
        if (bytes.length > CanonicalOperations.MAX_BYTES) {
            throw CanonicalOperations.tooLong(bytes.length, name);
        }
        return bytes;
    }

    /** Returns the length in code units, with the tag if there is one. */
    static int countText(Object block, StringEncoding encoding) {
        if (block instanceof String text) {
            return text.length();
        }
        int bytes = ((byte[]) block).length;
        return switch (encoding) {
            case UTF8 -> bytes;
            case UTF16 -> bytes / 2;
            case LATIN1_UTF16 -> bytes / 2 | CanonicalOperations.UTF16_TAG;
        };
    }

    static byte[] encodeBytes(@Nullable Object value, String name) {
        return limited(EncodedBytes.encodeBytes(value, name), 1, name);
    }

    static byte[] encodeBools(boolean @Nullable [] value, String name) {
        boolean[] bools = Scalars.notNull(value, name);
        byte[] bytes = new byte[bools.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bools[i] ? 1 : 0);
        }
        return limited(bytes, 1, name);
    }

    static <T> T limited(@Nullable T array, int width, String name) {
        T given = Scalars.notNull(array, name);
        long bytes = (long) java.lang.reflect.Array.getLength(given) * width;
        if (bytes > CanonicalOperations.MAX_BYTES) {
            throw CanonicalOperations.tooLong(bytes, name);
        }
        return given;
    }

    /**
     * Asks the guest for a block of its memory.
     *
     * @param realloc {@code (CanonicalContext, int, int, int, int) -> int}
     */
    static int allocate(MethodHandle realloc, CanonicalContext context, int align, int size) throws Throwable {
        context.mayLeave(false);
        int pointer = (int) realloc.invokeExact(context, 0, 0, align, size);
        context.mayLeave(true);
        return pointer;
    }

    /** Checks the block that {@code realloc} returned: it lies in the memory and is aligned. */
    static int allocated(LinearMemory memory, int pointer, int size, int align, String function) {
        if ((pointer & (align - 1)) != 0) {
            throw CanonicalOperations.trap(
                    TrapCode.BAD_POINTER,
                    "unaligned pointer: realloc gave " + Integer.toUnsignedString(pointer)
                            + " for a block of alignment " + align + ", for a call of " + function);
        }
        if (Integer.toUnsignedLong(pointer) + size > memory.size()) {
            throw CanonicalOperations.trap(
                    TrapCode.MEMORY_OUT_OF_BOUNDS,
                    "out of bounds memory access: realloc gave a block at offset " + Integer.toUnsignedString(pointer)
                            + ", length " + size + ", but the memory has " + memory.size()
                            + " bytes, for a call of " + function);
        }
        return pointer;
    }

    /** Returns the size in bytes of an image, a primitive array, or a string of bytes. */
    static int size(Object block) {
        if (block instanceof String text) {
            return text.length();
        } else if (block instanceof Image image) {
            return image.bytes().length;
        } else if (block instanceof byte[] bytes) {
            return bytes.length;
        } else if (block instanceof Slice slice) {
            return slice.length();
        } else if (block instanceof short[] shorts) {
            return shorts.length * Short.BYTES;
        } else if (block instanceof int[] ints) {
            return ints.length * Integer.BYTES;
        } else if (block instanceof long[] longs) {
            return longs.length * Long.BYTES;
        } else if (block instanceof float[] floats) {
            return floats.length * Float.BYTES;
        }
        return ((double[]) block).length * Double.BYTES;
    }

    /** Allocates a block and those that it refers to, and fills them. */
    static int place(
            MethodHandle realloc,
            LinearMemory memory,
            CanonicalContext context,
            Object block,
            int align,
            String function)
            throws Throwable {
        if (block instanceof Transcoded text) {
            return text.place(realloc, memory, context, function);
        }
        int size = size(block);
        int pointer = allocated(memory, allocate(realloc, context, align, size), size, align, function);
        fill(realloc, memory, context, pointer, block, function);
        return pointer;
    }

    /**
     * Fills a block of memory that has been checked.
     *
     * @param realloc null if the block refers to no other
     */
    static void fill(
            @Nullable MethodHandle realloc,
            LinearMemory memory,
            CanonicalContext context,
            int pointer,
            Object block,
            String function)
            throws Throwable {
        memory.wasWritten(size(block));
        if (block instanceof String text) {
            Interruption.write(text, memory.toWrite(pointer, text.length()), pointer);
        } else if (block instanceof Image image) {
            for (int i = 0; i < image.children(); i++) {
                Image.Child child = image.child(i);
                image.putInt(child.place(), placeChild(realloc, memory, context, child, function));
            }
            copy(memory, pointer, image.bytes());
        } else if (block instanceof byte[] bytes) {
            copy(memory, pointer, bytes);
        } else if (block instanceof Slice slice) {
            copy(memory, pointer, slice);
        } else if (block instanceof short[] shorts) {
            copy(memory, pointer, shorts);
        } else if (block instanceof int[] ints) {
            copy(memory, pointer, ints);
        } else if (block instanceof long[] longs) {
            copy(memory, pointer, longs);
        } else if (block instanceof float[] floats) {
            copy(memory, pointer, floats);
        } else {
            copy(memory, pointer, (double[]) block);
        }
    }

    private static int placeChild(
            @Nullable MethodHandle realloc,
            LinearMemory memory,
            CanonicalContext context,
            Image.Child child,
            String function)
            throws Throwable {
        if (child instanceof Image.Block block) {
            return place(
                    Objects.requireNonNull(realloc, "no realloc"),
                    memory,
                    context,
                    block.elements(),
                    block.align(),
                    function);
        }
        Image.Handle handle = (Image.Handle) child;
        return lowerHandle(context, handle.resource(), handle.own(), handle.representation());
    }

    static int lowerHandle(CanonicalContext context, int resource, boolean own, Object representation) {
        return own ? context.lowerOwn(resource, representation) : context.lowerBorrow(resource, representation);
    }

    private static ByteBuffer viewToWrite(LinearMemory memory, int pointer, int size) {
        return ByteBuffer.wrap(memory.toWrite(pointer, size), pointer, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    // Not by LinearMemory's own copy, whose exceptions only the engine may see.

    static void copy(LinearMemory memory, int pointer, byte[] bytes) {
        Interruption.copy(bytes, 0, memory.toWrite(pointer, bytes.length), pointer, bytes.length);
    }

    static void copy(LinearMemory memory, int pointer, Slice slice) {
        byte[] target = memory.toWrite(pointer, slice.length());
        Interruption.copy(slice.memory().bytes(), slice.pointer(), target, pointer, slice.length());
    }

    static void copy(LinearMemory memory, int pointer, short[] shorts) {
        ShortBuffer target =
                viewToWrite(memory, pointer, shorts.length * Short.BYTES).asShortBuffer();
        Interruption.copy(shorts.length, Short.BYTES, (from, count) -> target.put(shorts, from, count));
    }

    static void copy(LinearMemory memory, int pointer, int[] ints) {
        IntBuffer target =
                viewToWrite(memory, pointer, ints.length * Integer.BYTES).asIntBuffer();
        Interruption.copy(ints.length, Integer.BYTES, (from, count) -> target.put(ints, from, count));
    }

    static void copy(LinearMemory memory, int pointer, long[] longs) {
        LongBuffer target =
                viewToWrite(memory, pointer, longs.length * Long.BYTES).asLongBuffer();
        Interruption.copy(longs.length, Long.BYTES, (from, count) -> target.put(longs, from, count));
    }

    static void copy(LinearMemory memory, int pointer, float[] floats) {
        FloatBuffer target =
                viewToWrite(memory, pointer, floats.length * Float.BYTES).asFloatBuffer();
        Interruption.copy(floats.length, Float.BYTES, (from, count) -> target.put(floats, from, count));
    }

    static void copy(LinearMemory memory, int pointer, double[] doubles) {
        DoubleBuffer target =
                viewToWrite(memory, pointer, doubles.length * Double.BYTES).asDoubleBuffer();
        Interruption.copy(doubles.length, Double.BYTES, (from, count) -> target.put(doubles, from, count));
    }
}

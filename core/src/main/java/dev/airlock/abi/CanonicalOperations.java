package dev.airlock.abi;

import dev.airlock.error.Trap;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.memory.LinearMemory;
import dev.airlock.memory.Text;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of the canonical ABI do, shared by those who interpret plans and by the code that is generated from them.
 *
 * <p>What Java does wrong is a {@link ValueException}; what the guest does wrong is a {@link Trap}.
 */
final class CanonicalOperations {
    /** How many bytes a list or string may have (Canonical ABI, {@code MAX_LIST_BYTE_LENGTH}). */
    static final int MAX_BYTES = (1 << 28) - 1;

    /** {@code (CanonicalContext, old, old size, align, size) -> pointer}. */
    static final MethodType REALLOC =
            MethodType.methodType(int.class, CanonicalContext.class, int.class, int.class, int.class, int.class);

    static final int UTF16_TAG = 1 << 31;

    private CanonicalOperations() {}

    private static Trap trap(TrapCode code, String message) {
        return new Trap(code, message, List.of(), null);
    }

    static Trap badValue(String message) {
        return trap(TrapCode.BAD_VALUE, message);
    }

    static ValueException tooLong(long bytes, String name) {
        return new ValueException(
                name + ": takes " + bytes + " bytes, and a list or string has " + MAX_BYTES + " at the most");
    }

    // Java to guest.

    static void present(@Nullable Object value, String name) {
        Blocks.notNull(value, name);
    }

    /**
     * What is to be copied for a string: the string itself where its characters are the bytes, else an array of bytes.
     *
     * @param context of whoever gets it
     */
    static Object encodeText(@Nullable String value, CanonicalContext context, StringEncoding encoding, String name) {
        String text = Blocks.notNull(value, name);
        if (context.isNarrow(text, encoding)) {
            if (text.length() > MAX_BYTES) {
                throw tooLong(text.length(), name);
            }
            return text;
        }
        byte[] bytes = encoding == StringEncoding.UTF8 ? Blocks.encodeUtf8(text, name) : Blocks.encodeUtf16(text, name);
        if (bytes.length > MAX_BYTES) {
            throw tooLong(bytes.length, name);
        }
        return bytes;
    }

    /** In code units, with the tag where there is one. */
    static int countText(Object block, StringEncoding encoding) {
        if (block instanceof String text) {
            return text.length();
        }
        int bytes = ((byte[]) block).length;
        return switch (encoding) {
            case UTF8 -> bytes;
            case UTF16 -> bytes / 2;
            case LATIN1_UTF16 -> bytes / 2 | UTF16_TAG;
        };
    }

    static byte[] encodeBytes(@Nullable Object value, String name) {
        return limited(Blocks.encodeBytes(value, name), 1, name);
    }

    static byte[] encodeBools(boolean @Nullable [] value, String name) {
        boolean[] bools = Blocks.notNull(value, name);
        byte[] bytes = new byte[bools.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bools[i] ? 1 : 0);
        }
        return limited(bytes, 1, name);
    }

    static <T> T limited(@Nullable T array, int width, String name) {
        T given = Blocks.notNull(array, name);
        long bytes = (long) java.lang.reflect.Array.getLength(given) * width;
        if (bytes > MAX_BYTES) {
            throw tooLong(bytes, name);
        }
        return given;
    }

    static int length(@Nullable Object[] array, int fixed, String name) {
        if (fixed >= 0 && array.length != fixed) {
            throw new ValueException(
                    name + ": takes " + fixed + (fixed == 1 ? " element" : " elements") + ", got " + array.length);
        }
        return array.length;
    }

    /** A failure with the place of an element in the stead of its brackets. */
    static ValueException at(ValueException failure, String path, int index) {
        String message = String.valueOf(failure.getMessage());
        if (!message.startsWith(path)) {
            return failure;
        }
        String place = path.substring(0, path.length() - 1) + index + "]";
        var told = new ValueException(place + message.substring(path.length()), failure.getCause());
        told.setStackTrace(failure.getStackTrace());
        return told;
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

    /** What {@code realloc} gave, checked: some bytes of the memory, aligned. */
    static int allocated(LinearMemory memory, int pointer, int size, int align, String function) {
        if ((pointer & (align - 1)) != 0) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    "unaligned pointer: realloc gave " + Integer.toUnsignedString(pointer)
                            + " for a block of alignment " + align + ", for a call of " + function);
        }
        if (Integer.toUnsignedLong(pointer) + size > memory.size()) {
            throw trap(
                    TrapCode.MEMORY_OUT_OF_BOUNDS,
                    "out of bounds memory access: realloc gave a block at offset " + Integer.toUnsignedString(pointer)
                            + ", length " + size + ", but the memory has " + memory.size()
                            + " bytes, for a call of " + function);
        }
        return pointer;
    }

    /** The size of a block in bytes, of an image, a primitive array, or a string of bytes. */
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

    /** Sets a block aside, with what it refers to, and fills it. */
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
     * @param realloc null where the block refers to none
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

    static Object liftHandle(CanonicalContext context, int resource, boolean own, int handle) {
        return own ? context.liftOwn(resource, handle) : context.liftBorrow(resource, handle);
    }

    private static ByteBuffer view(LinearMemory memory, int pointer, int size) {
        return ByteBuffer.wrap(memory.bytes(), pointer, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer viewToWrite(LinearMemory memory, int pointer, int size) {
        return ByteBuffer.wrap(memory.toWrite(pointer, size), pointer, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    // Not by LinearMemory's own way of copying, which throws what only the engine may see.

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

    // Guest to Java.

    static void mayLeave(CanonicalContext context, String function) {
        if (!context.mayLeave()) {
            throw trap(
                    TrapCode.CANNOT_LEAVE,
                    "cannot leave component instance: it called " + function
                            + " while it allocated or tidied up for another call");
        }
    }

    static void checkCase(int number, int cases, String what) {
        if (Integer.compareUnsigned(number, cases) >= 0) {
            throw trap(TrapCode.BAD_VALUE, what + " is case " + Integer.toUnsignedString(number) + " of " + cases);
        }
    }

    static float oneNan(float value) {
        return Float.isNaN(value) ? Float.NaN : value;
    }

    static double oneNan(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    static void checkArea(LinearMemory memory, int pointer, int size, int align, String what) {
        check(memory, pointer, size, align, what);
    }

    /** The same for an area that is read next. */
    static void checkLifted(LinearMemory memory, int pointer, int size, int align, String what) {
        check(memory, pointer, size, align, what);
        memory.wasRead(size);
    }

    private static void check(LinearMemory memory, int pointer, long size, int align, String what) {
        if ((pointer & (align - 1)) != 0) {
            throw trap(
                    TrapCode.BAD_POINTER,
                    "unaligned pointer: " + Integer.toUnsignedString(pointer) + " for what takes alignment " + align
                            + ": " + what);
        }
        if (Integer.toUnsignedLong(pointer) + size > memory.size()) {
            throw trap(
                    TrapCode.MEMORY_OUT_OF_BOUNDS,
                    "out of bounds memory access: offset " + Integer.toUnsignedString(pointer) + ", length " + size
                            + ", but the memory has " + memory.size() + " bytes: " + what);
        }
    }

    /** @return the size in bytes */
    private static int checkBytes(
            LinearMemory memory, int pointer, long size, int align, @Nullable Budget budget, String what) {
        if (size > MAX_BYTES) {
            throw trap(
                    TrapCode.BAD_VALUE,
                    what + " has " + size + " bytes, and a list or string has " + MAX_BYTES + " at the most");
        }
        check(memory, pointer, size, align, what);
        memory.allowance().checkString(size);
        memory.wasRead(size);
        if (budget != null) {
            budget.take(size);
        }
        return (int) size;
    }

    static void checkList(
            LinearMemory memory, int pointer, int count, int size, int align, @Nullable Budget budget, String what) {
        checkBytes(memory, pointer, Integer.toUnsignedLong(count) * size, align, budget, what);
    }

    static String decodeText(
            LinearMemory memory,
            int pointer,
            int count,
            StringEncoding encoding,
            @Nullable Budget budget,
            String what) {
        long units = Integer.toUnsignedLong(count);
        return switch (encoding) {
            case UTF8 -> {
                int size = checkBytes(memory, pointer, units, 1, budget, what);
                yield decode(memory, pointer, size, StandardCharsets.UTF_8, what);
            }
            case UTF16 -> {
                int size = checkBytes(memory, pointer, units * 2, 2, budget, what);
                yield decode(memory, pointer, size, StandardCharsets.UTF_16LE, what);
            }
            case LATIN1_UTF16 -> {
                if ((count & UTF16_TAG) != 0) {
                    int size = checkBytes(memory, pointer, (count ^ UTF16_TAG) * 2L, 2, budget, what);
                    yield decode(memory, pointer, size, StandardCharsets.UTF_16LE, what);
                }
                int size = checkBytes(memory, pointer, units, 2, budget, what);
                yield new String(memory.bytes(), pointer, size, StandardCharsets.ISO_8859_1);
            }
        };
    }

    private static String decode(LinearMemory memory, int pointer, int size, Charset charset, String what) {
        try {
            return Text.decode(memory.bytes(), pointer, size, 0, charset, Interruption::check);
        } catch (ValueException e) {
            throw trap(TrapCode.BAD_VALUE, what + " is no text: " + e.getMessage());
        }
    }

    /** Which of the methods below is for which elements. */
    static String decoder(Form.Elements form) {
        return switch (form) {
            case BYTES -> "decodeBytes";
            case SHORTS -> "decodeShorts";
            case INTS -> "decodeInts";
            case LONGS -> "decodeLongs";
            case FLOATS -> "decodeFloats";
            case DOUBLES -> "decodeDoubles";
            case BOOLS -> "decodeBools";
            case CHARS -> "decodeChars";
        };
    }

    static byte[] decodeBytes(LinearMemory memory, int pointer, int count, @Nullable Budget budget, String what) {
        int size = checkBytes(memory, pointer, Integer.toUnsignedLong(count), 1, budget, what);
        byte[] bytes = new byte[size];
        Interruption.copy(memory.bytes(), pointer, bytes, 0, size);
        return bytes;
    }

    static boolean[] decodeBools(LinearMemory memory, int pointer, int count, @Nullable Budget budget, String what) {
        int size = checkBytes(memory, pointer, Integer.toUnsignedLong(count), 1, budget, what);
        byte[] bytes = memory.bytes();
        boolean[] bools = new boolean[size];
        Interruption.copy(size, 1, (from, some) -> {
            for (int i = from; i < from + some; i++) {
                bools[i] = bytes[pointer + i] != 0;
            }
        });
        return bools;
    }

    static short[] decodeShorts(LinearMemory memory, int pointer, int count, @Nullable Budget budget, String what) {
        int size = checkBytes(memory, pointer, Integer.toUnsignedLong(count) * Short.BYTES, 2, budget, what);
        short[] shorts = new short[count];
        ShortBuffer source = view(memory, pointer, size).asShortBuffer();
        Interruption.copy(count, Short.BYTES, (from, some) -> source.get(shorts, from, some));
        return shorts;
    }

    static int[] decodeInts(LinearMemory memory, int pointer, int count, @Nullable Budget budget, String what) {
        int size = checkBytes(memory, pointer, Integer.toUnsignedLong(count) * Integer.BYTES, 4, budget, what);
        int[] ints = new int[count];
        IntBuffer source = view(memory, pointer, size).asIntBuffer();
        Interruption.copy(count, Integer.BYTES, (from, some) -> source.get(ints, from, some));
        return ints;
    }

    static int[] decodeChars(LinearMemory memory, int pointer, int count, @Nullable Budget budget, String what) {
        int[] chars = decodeInts(memory, pointer, count, budget, what);
        Interruption.copy(count, Integer.BYTES, (from, some) -> {
            for (int i = from; i < from + some; i++) {
                Scalars.liftChar(chars[i], what);
            }
        });
        return chars;
    }

    static long[] decodeLongs(LinearMemory memory, int pointer, int count, @Nullable Budget budget, String what) {
        int size = checkBytes(memory, pointer, Integer.toUnsignedLong(count) * Long.BYTES, 8, budget, what);
        long[] longs = new long[count];
        LongBuffer source = view(memory, pointer, size).asLongBuffer();
        Interruption.copy(count, Long.BYTES, (from, some) -> source.get(longs, from, some));
        return longs;
    }

    static float[] decodeFloats(LinearMemory memory, int pointer, int count, @Nullable Budget budget, String what) {
        int size = checkBytes(memory, pointer, Integer.toUnsignedLong(count) * Float.BYTES, 4, budget, what);
        float[] floats = new float[count];
        FloatBuffer source = view(memory, pointer, size).asFloatBuffer();
        Interruption.copy(count, Float.BYTES, (from, some) -> {
            source.get(floats, from, some);
            for (int i = from; i < from + some; i++) {
                floats[i] = oneNan(floats[i]);
            }
        });
        return floats;
    }

    static double[] decodeDoubles(LinearMemory memory, int pointer, int count, @Nullable Budget budget, String what) {
        int size = checkBytes(memory, pointer, Integer.toUnsignedLong(count) * Double.BYTES, 8, budget, what);
        double[] doubles = new double[count];
        DoubleBuffer source = view(memory, pointer, size).asDoubleBuffer();
        Interruption.copy(count, Double.BYTES, (from, some) -> {
            source.get(doubles, from, some);
            for (int i = from; i < from + some; i++) {
                doubles[i] = oneNan(doubles[i]);
            }
        });
        return doubles;
    }

    // Numbers of areas that have been checked. What LinearMemory throws cannot come to pass.

    static int getByte(LinearMemory memory, int at) {
        return memory.read(at) & 0xff;
    }

    static int getShort(LinearMemory memory, int at) {
        return memory.readShort(at) & 0xffff;
    }
}

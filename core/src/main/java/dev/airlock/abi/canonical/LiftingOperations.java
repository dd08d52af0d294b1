package dev.airlock.abi.canonical;

import dev.airlock.abi.GuestText;
import dev.airlock.abi.Scalars;
import dev.airlock.abi.form.Budget;
import dev.airlock.abi.form.Form;
import dev.airlock.abi.form.HeapCost;
import dev.airlock.error.TrapCode;
import dev.airlock.error.ValueException;
import dev.airlock.memory.Interruption;
import dev.airlock.memory.Text;
import dev.airlock.memory.linear.LinearMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The operations of {@link LiftingStep}s, shared by the interpreter and by generated code: checks of where the guest
 * says its values are, and copies of them in Java.
 */
final class LiftingOperations {
    private LiftingOperations() {}

    static Object liftHandle(CanonicalContext context, int resource, boolean own, int handle) {
        return own ? context.liftOwn(resource, handle) : context.liftBorrow(resource, handle);
    }

    private static ByteBuffer view(LinearMemory memory, int pointer, int size) {
        return ByteBuffer.wrap(memory.bytes(), pointer, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Checks an area that is read next. */
    static void checkArea(LinearMemory memory, int pointer, int size, int align, String what) {
        CanonicalOperations.check(memory, pointer, size, align, what);
        memory.wasRead(size);
    }

    /**
     * Checks where a string or list lies, and its size.
     *
     * @param budget of all strings and lists of the crossing; null if this is the only one
     * @param nested whether it is within a list
     * @return the size in bytes
     */
    private static int checkBytes(
            LinearMemory memory,
            int pointer,
            long size,
            int align,
            @Nullable Budget budget,
            boolean nested,
            String what) {
        if (size > CanonicalOperations.MAX_BYTES) {
            throw CanonicalOperations.trap(
                    TrapCode.BAD_VALUE,
                    what + " has " + size + " bytes, and a list or string has " + CanonicalOperations.MAX_BYTES
                            + " at the most");
        }
        CanonicalOperations.check(memory, pointer, size, align, what);
        memory.allowance().checkString(size);
        memory.wasRead(size);
        if (nested && budget != null) {
            budget.take(size);
        }
        return (int) size;
    }

    /** Checks the heap that Java needs for it, before it is made. */
    private static void lift(LinearMemory memory, long heap, @Nullable Budget budget, String what) {
        if (budget == null) {
            memory.allowance().checkLifted(heap, what);
        } else {
            budget.lift(heap, what);
        }
    }

    /**
     * Checks a list.
     *
     * @param each the heap that Java needs for each element, in bytes
     */
    static void checkList(
            LinearMemory memory,
            int pointer,
            int count,
            int size,
            int align,
            long each,
            @Nullable Budget budget,
            boolean nested,
            String what) {
        long elements = Integer.toUnsignedLong(count);
        checkBytes(memory, pointer, elements * size, align, budget, nested, what);
        lift(memory, HeapCost.plus(nested ? 0 : HeapCost.LIST, HeapCost.times(elements, each)), budget, what);
    }

    /** Checks the heap that Java needs for a list of fixed length, which may be long. */
    static void checkLifted(LinearMemory memory, long heap, @Nullable Budget budget, String what) {
        lift(memory, heap, budget, what);
    }

    static String decodeText(
            LinearMemory memory,
            int pointer,
            int count,
            StringEncoding encoding,
            @Nullable Budget budget,
            boolean nested,
            String what) {
        long units = Integer.toUnsignedLong(count);
        int fixed = nested ? 0 : HeapCost.TEXT;
        return switch (encoding) {
            case UTF8 -> {
                int size = checkBytes(memory, pointer, units, 1, budget, nested, what);
                yield decodeUtf8(memory, pointer, size, budget, fixed, what);
            }
            case UTF16 -> {
                int size = checkBytes(memory, pointer, units * 2, 2, budget, nested, what);
                lift(memory, (long) fixed + size, budget, what);
                yield decode(memory, pointer, size, StandardCharsets.UTF_16LE, what);
            }
            case LATIN1_UTF16 -> {
                if ((count & CanonicalOperations.UTF16_TAG) != 0) {
                    int size = checkBytes(
                            memory, pointer, (count ^ CanonicalOperations.UTF16_TAG) * 2L, 2, budget, nested, what);
                    lift(memory, (long) fixed + size, budget, what);
                    yield decode(memory, pointer, size, StandardCharsets.UTF_16LE, what);
                }
                int size = checkBytes(memory, pointer, units, 2, budget, nested, what);
                lift(memory, (long) fixed + size, budget, what);
                yield new String(memory.bytes(), pointer, size, StandardCharsets.ISO_8859_1);
            }
        };
    }

    /**
     * Decodes UTF-8. Java has one byte for each character of ASCII text, and may have two of other text. The larger
     * counts until it is known which it is: at once if the larger is too much, and else when the text is there.
     */
    private static String decodeUtf8(
            LinearMemory memory, int pointer, int size, @Nullable Budget budget, int fixed, String what) {
        long heap = fixed + 2L * size;
        boolean fits = budget == null ? memory.allowance().mayLift(heap) : budget.mayLift(heap);
        if (!fits && GuestText.isAscii(memory, pointer, size)) {
            lift(memory, (long) fixed + size, budget, what);
            return new String(memory.bytes(), pointer, size, StandardCharsets.ISO_8859_1);
        }
        lift(memory, heap, budget, what);
        String text = decode(memory, pointer, size, StandardCharsets.UTF_8, what);
        if (budget != null && text.length() == size) {
            budget.giveBack(size);
        }
        return text;
    }

    private static String decode(LinearMemory memory, int pointer, int size, Charset charset, String what) {
        try {
            return Text.decode(memory.bytes(), pointer, size, 0, charset, Interruption::check);
        } catch (ValueException e) {
            throw CanonicalOperations.trap(TrapCode.BAD_VALUE, what + " is no text: " + e.getMessage());
        }
    }

    /** Returns the method below that decodes these elements. */
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

    private static int checkArray(
            LinearMemory memory,
            int pointer,
            int count,
            int width,
            @Nullable Budget budget,
            boolean nested,
            String what) {
        int size = checkBytes(memory, pointer, Integer.toUnsignedLong(count) * width, width, budget, nested, what);
        lift(memory, (long) (nested ? 0 : HeapCost.ARRAY) + size, budget, what);
        return size;
    }

    static byte[] decodeBytes(
            LinearMemory memory, int pointer, int count, @Nullable Budget budget, boolean nested, String what) {
        int size = checkArray(memory, pointer, count, 1, budget, nested, what);
        return Interruption.copyOf(memory.bytes(), pointer, size);
    }

    static boolean[] decodeBools(
            LinearMemory memory, int pointer, int count, @Nullable Budget budget, boolean nested, String what) {
        int size = checkArray(memory, pointer, count, 1, budget, nested, what);
        byte[] bytes = memory.bytes();
        boolean[] bools = new boolean[size];
        Interruption.copy(size, 1, (from, some) -> {
            for (int i = from; i < from + some; i++) {
                bools[i] = bytes[pointer + i] != 0;
            }
        });
        return bools;
    }

    static short[] decodeShorts(
            LinearMemory memory, int pointer, int count, @Nullable Budget budget, boolean nested, String what) {
        int size = checkArray(memory, pointer, count, 2, budget, nested, what);
        short[] shorts = new short[count];
        ShortBuffer source = view(memory, pointer, size).asShortBuffer();
        Interruption.copy(count, Short.BYTES, (from, some) -> source.get(shorts, from, some));
        return shorts;
    }

    static int[] decodeInts(
            LinearMemory memory, int pointer, int count, @Nullable Budget budget, boolean nested, String what) {
        int size = checkArray(memory, pointer, count, 4, budget, nested, what);
        int[] ints = new int[count];
        IntBuffer source = view(memory, pointer, size).asIntBuffer();
        Interruption.copy(count, Integer.BYTES, (from, some) -> source.get(ints, from, some));
        return ints;
    }

    static int[] decodeChars(
            LinearMemory memory, int pointer, int count, @Nullable Budget budget, boolean nested, String what) {
        int[] chars = decodeInts(memory, pointer, count, budget, nested, what);
        Interruption.copy(count, Integer.BYTES, (from, some) -> {
            for (int i = from; i < from + some; i++) {
                Scalars.liftChar(chars[i], what);
            }
        });
        return chars;
    }

    static long[] decodeLongs(
            LinearMemory memory, int pointer, int count, @Nullable Budget budget, boolean nested, String what) {
        int size = checkArray(memory, pointer, count, 8, budget, nested, what);
        long[] longs = new long[count];
        LongBuffer source = view(memory, pointer, size).asLongBuffer();
        Interruption.copy(count, Long.BYTES, (from, some) -> source.get(longs, from, some));
        return longs;
    }

    static float[] decodeFloats(
            LinearMemory memory, int pointer, int count, @Nullable Budget budget, boolean nested, String what) {
        int size = checkArray(memory, pointer, count, 4, budget, nested, what);
        float[] floats = new float[count];
        FloatBuffer source = view(memory, pointer, size).asFloatBuffer();
        Interruption.copy(count, Float.BYTES, (from, some) -> {
            source.get(floats, from, some);
            for (int i = from; i < from + some; i++) {
                floats[i] = CanonicalOperations.oneNan(floats[i]);
            }
        });
        return floats;
    }

    static double[] decodeDoubles(
            LinearMemory memory, int pointer, int count, @Nullable Budget budget, boolean nested, String what) {
        int size = checkArray(memory, pointer, count, 8, budget, nested, what);
        double[] doubles = new double[count];
        DoubleBuffer source = view(memory, pointer, size).asDoubleBuffer();
        Interruption.copy(count, Double.BYTES, (from, some) -> {
            source.get(doubles, from, some);
            for (int i = from; i < from + some; i++) {
                doubles[i] = CanonicalOperations.oneNan(doubles[i]);
            }
        });
        return doubles;
    }

    // Numbers of areas that have been checked, so LinearMemory does not throw.

    static int getByte(LinearMemory memory, int at) {
        return memory.read(at) & 0xff;
    }

    static int getShort(LinearMemory memory, int at) {
        return memory.readShort(at) & 0xffff;
    }
}

package dev.airlock.abi.placed;

import dev.airlock.abi.Scalars;
import dev.airlock.error.TrapCode;
import dev.airlock.mapping.BlockForm;
import dev.airlock.memory.Memory;
import dev.airlock.shape.ScalarForm;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A number in a managed object: a field of a class, or an element of a list whose elements are objects in Java. Enums
 * of AssemblyScript are i32.
 *
 * @param type Java's type of the number: a u8 may be an int or, as bits, a byte
 * @param cases of an enum; else 0
 * @param wrap {@code (Object number) -> Object}
 * @param unwrap {@code (Object) -> Object number}
 */
record ManagedSlot(ScalarForm form, Class<?> type, int cases, MethodHandle wrap, MethodHandle unwrap) {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Its size in bytes, and its alignment. */
    int size() {
        return block().width();
    }

    /** Returns the form of a list of such numbers. */
    BlockForm block() {
        return switch (form) {
            case BOOL, S8, U8 -> BlockForm.BYTES;
            case S16, U16 -> BlockForm.SHORTS;
            case S32, U32, CHAR, ENUM -> BlockForm.INTS;
            case S64, U64 -> BlockForm.LONGS;
            case F32 -> BlockForm.FLOATS;
            case F64 -> BlockForm.DOUBLES;
        };
    }

    private boolean asBits() {
        return type == byte.class || type == Byte.class || type == short.class || type == Short.class;
    }

    Object read(ManagedReader reader, Memory memory, int at) throws Throwable {
        Object number = switch (form) {
            case BOOL -> memory.readByte(at) != 0;
            case S8 -> memory.readByte(at);
            case U8 -> asBits() ? (Object) memory.readByte(at) : (Object) memory.readUnsignedByte(at);
            case S16 -> memory.readShort(at);
            case U16 -> asBits() ? (Object) memory.readShort(at) : (Object) memory.readUnsignedShort(at);
            case S32, U32, CHAR -> memory.readInt(at);
            case ENUM -> enumeration(reader, memory.readInt(at));
            case S64, U64 -> memory.readLong(at);
            case F32 -> memory.readFloat(at);
            case F64 -> memory.readDouble(at);
        };
        return wrap.invoke(number);
    }

    private int enumeration(ManagedReader reader, int number) {
        if (number < 0 || number >= cases) {
            throw reader.trap(
                    TrapCode.BAD_VALUE, " gave case " + Integer.toUnsignedString(number), " of an enum of " + cases);
        }
        return number;
    }

    /** Writes one of several that lie side by side. */
    void write(byte[] to, int at, @Nullable Object value, String name, int index) throws Throwable {
        Object number = unwrap.invoke(value == null ? Scalars.notNull(value, element(name, index)) : value);
        switch (form) {
            case BOOL -> to[at] = (byte) Scalars.lowerBool((boolean) number);
            case S8 -> to[at] = (byte) number;
            case U8 -> to[at] = (byte) (asBits() ? (byte) number : Scalars.lowerU8((int) number, element(name, index)));
            case S16 -> SHORTS.set(to, at, (short) number);
            case U16 ->
                SHORTS.set(
                        to,
                        at,
                        asBits() ? (short) number : (short) Scalars.lowerU16((int) number, element(name, index)));
            case S32, U32, CHAR, ENUM -> INTS.set(to, at, (int) number);
            case S64, U64 -> LONGS.set(to, at, (long) number);
            case F32 -> INTS.set(to, at, Float.floatToRawIntBits((float) number));
            case F64 -> LONGS.set(to, at, Double.doubleToRawLongBits((double) number));
        }
    }

    private static String element(String name, int index) {
        return name + "[" + index + "]";
    }

    @Override
    public String toString() {
        return form.name().toLowerCase(java.util.Locale.ROOT);
    }
}

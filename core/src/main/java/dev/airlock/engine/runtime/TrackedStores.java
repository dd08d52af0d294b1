package dev.airlock.engine.runtime;

import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.memory.linear.Views;
import dev.airlock.memory.linear.WriteMarks;
import java.util.Objects;

/** What {@link PlainStores} are for memories that go back to an image: they mark what they write. */
public final class TrackedStores {
    /** Whether stores mark what they write. */
    public static final boolean TRACKED = true;

    private TrackedStores() {}

    /** Memories of instances that go back to a snapshot have marks. */
    private static WriteMarks marks(LinearMemory memory) {
        return Objects.requireNonNull(memory.marks);
    }

    private static int address(int base, int offset) {
        return base + offset | base & Integer.MIN_VALUE | offset & Integer.MIN_VALUE;
    }

    public static void i8(int base, int value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length);
        marks(memory).store(address);
        bytes[address] = (byte) value;
    }

    public static void i8(int base, int value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit);
        marks(memory).store(address);
        bytes[address] = (byte) value;
    }

    public static void i16(int base, int value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 1);
        marks(memory).store(address);
        Views.SHORTS.set(bytes, address, (short) value);
    }

    public static void i16(int base, int value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 1);
        marks(memory).store(address);
        Views.SHORTS.set(bytes, address, (short) value);
    }

    public static void i32(int base, int value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 3);
        marks(memory).store(address);
        Views.INTS.set(bytes, address, value);
    }

    public static void i32(int base, int value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 3);
        marks(memory).store(address);
        Views.INTS.set(bytes, address, value);
    }

    public static void i64(int base, long value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 7);
        marks(memory).store(address);
        Views.LONGS.set(bytes, address, value);
    }

    public static void i64(int base, long value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 7);
        marks(memory).store(address);
        Views.LONGS.set(bytes, address, value);
    }

    public static void f32(int base, float value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 3);
        marks(memory).store(address);
        Views.INTS.set(bytes, address, Float.floatToRawIntBits(value));
    }

    public static void f32(int base, float value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 3);
        marks(memory).store(address);
        Views.INTS.set(bytes, address, Float.floatToRawIntBits(value));
    }

    public static void f64(int base, double value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 7);
        marks(memory).store(address);
        Views.LONGS.set(bytes, address, Double.doubleToRawLongBits(value));
    }

    public static void f64(int base, double value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 7);
        marks(memory).store(address);
        Views.LONGS.set(bytes, address, Double.doubleToRawLongBits(value));
    }

    public static void v128(int base, long low, long high, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 15);
        marks(memory).store(address);
        marks(memory).store(address + 8);
        Views.LONGS.set(bytes, address, low);
        Views.LONGS.set(bytes, address + 8, high);
    }

    public static void v128(int base, long low, long high, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 15);
        marks(memory).store(address);
        marks(memory).store(address + 8);
        Views.LONGS.set(bytes, address, low);
        Views.LONGS.set(bytes, address + 8, high);
    }

    public static void v128(int base, int a, int b, int c, int d, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 15);
        marks(memory).store(address);
        marks(memory).store(address + 8);
        Views.INTS.set(bytes, address, a);
        Views.INTS.set(bytes, address + 4, b);
        Views.INTS.set(bytes, address + 8, c);
        Views.INTS.set(bytes, address + 12, d);
    }

    public static void v128(
            int base, int a, int b, int c, int d, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 15);
        marks(memory).store(address);
        marks(memory).store(address + 8);
        Views.INTS.set(bytes, address, a);
        Views.INTS.set(bytes, address + 4, b);
        Views.INTS.set(bytes, address + 8, c);
        Views.INTS.set(bytes, address + 12, d);
    }

    public static void v128(
            int base, float a, float b, float c, float d, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 15);
        marks(memory).store(address);
        marks(memory).store(address + 8);
        Views.FLOATS.set(bytes, address, a);
        Views.FLOATS.set(bytes, address + 4, b);
        Views.FLOATS.set(bytes, address + 8, c);
        Views.FLOATS.set(bytes, address + 12, d);
    }

    public static void v128(
            int base, float a, float b, float c, float d, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 15);
        marks(memory).store(address);
        marks(memory).store(address + 8);
        Views.FLOATS.set(bytes, address, a);
        Views.FLOATS.set(bytes, address + 4, b);
        Views.FLOATS.set(bytes, address + 8, c);
        Views.FLOATS.set(bytes, address + 12, d);
    }

    public static void v128(int base, double a, double b, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 15);
        marks(memory).store(address);
        marks(memory).store(address + 8);
        Views.DOUBLES.set(bytes, address, a);
        Views.DOUBLES.set(bytes, address + 8, b);
    }

    public static void v128(int base, double a, double b, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 15);
        marks(memory).store(address);
        marks(memory).store(address + 8);
        Views.DOUBLES.set(bytes, address, a);
        Views.DOUBLES.set(bytes, address + 8, b);
    }

    /** Called before generated code itself stores a number at an address. */
    public static void mark(int address, LinearMemory memory) {
        marks(memory).store(address);
    }

    /** Called before generated code itself stores a vector at an address. */
    public static void mark128(int address, LinearMemory memory) {
        marks(memory).store(address);
        marks(memory).store(address + 8);
    }
}

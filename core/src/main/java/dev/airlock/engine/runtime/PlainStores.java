package dev.airlock.engine.runtime;

import dev.airlock.memory.linear.LinearMemory;
import dev.airlock.memory.linear.Views;
import java.util.Objects;

/**
 * The stores of generated code into memory 0, if that is an array (core specification, section 4.6.7). For instances that go
 * back to an image, the loader of their code replaces this class by {@link TrackedStores}, so that all others pay nothing.
 *
 * <p>Operands are an address and a value, then the array, the memory and the offset; a limit, if the array may be longer than the
 * memory. An offset below zero is out of bounds with any address.
 */
public final class PlainStores {
    /** Whether stores mark what they write. */
    public static final boolean TRACKED = false;

    private PlainStores() {}

    private static int address(int base, int offset) {
        return base + offset | base & Integer.MIN_VALUE | offset & Integer.MIN_VALUE;
    }

    public static void i8(int base, int value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length);
        bytes[address] = (byte) value;
    }

    public static void i8(int base, int value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit);
        bytes[address] = (byte) value;
    }

    public static void i16(int base, int value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Views.SHORTS.set(bytes, address, (short) value);
    }

    public static void i16(int base, int value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 1);
        Views.SHORTS.set(bytes, address, (short) value);
    }

    public static void i32(int base, int value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Views.INTS.set(bytes, address, value);
    }

    public static void i32(int base, int value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 3);
        Views.INTS.set(bytes, address, value);
    }

    public static void i64(int base, long value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Views.LONGS.set(bytes, address, value);
    }

    public static void i64(int base, long value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 7);
        Views.LONGS.set(bytes, address, value);
    }

    public static void f32(int base, float value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Views.INTS.set(bytes, address, Float.floatToRawIntBits(value));
    }

    public static void f32(int base, float value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 3);
        Views.INTS.set(bytes, address, Float.floatToRawIntBits(value));
    }

    public static void f64(int base, double value, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Views.LONGS.set(bytes, address, Double.doubleToRawLongBits(value));
    }

    public static void f64(int base, double value, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 7);
        Views.LONGS.set(bytes, address, Double.doubleToRawLongBits(value));
    }

    public static void v128(int base, long low, long high, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 15);
        Views.LONGS.set(bytes, address, low);
        Views.LONGS.set(bytes, address + 8, high);
    }

    public static void v128(int base, long low, long high, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 15);
        Views.LONGS.set(bytes, address, low);
        Views.LONGS.set(bytes, address + 8, high);
    }

    public static void v128(int base, int a, int b, int c, int d, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 15);
        Views.INTS.set(bytes, address, a);
        Views.INTS.set(bytes, address + 4, b);
        Views.INTS.set(bytes, address + 8, c);
        Views.INTS.set(bytes, address + 12, d);
    }

    public static void v128(
            int base, int a, int b, int c, int d, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 15);
        Views.INTS.set(bytes, address, a);
        Views.INTS.set(bytes, address + 4, b);
        Views.INTS.set(bytes, address + 8, c);
        Views.INTS.set(bytes, address + 12, d);
    }

    public static void v128(
            int base, float a, float b, float c, float d, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 15);
        Views.FLOATS.set(bytes, address, a);
        Views.FLOATS.set(bytes, address + 4, b);
        Views.FLOATS.set(bytes, address + 8, c);
        Views.FLOATS.set(bytes, address + 12, d);
    }

    public static void v128(
            int base, float a, float b, float c, float d, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 15);
        Views.FLOATS.set(bytes, address, a);
        Views.FLOATS.set(bytes, address + 4, b);
        Views.FLOATS.set(bytes, address + 8, c);
        Views.FLOATS.set(bytes, address + 12, d);
    }

    public static void v128(int base, double a, double b, byte[] bytes, LinearMemory memory, int offset) {
        int address = address(base, offset);
        Objects.checkIndex(address, bytes.length - 15);
        Views.DOUBLES.set(bytes, address, a);
        Views.DOUBLES.set(bytes, address + 8, b);
    }

    public static void v128(int base, double a, double b, byte[] bytes, LinearMemory memory, int offset, int limit) {
        int address = address(base, offset);
        Objects.checkIndex(address, limit - 15);
        Views.DOUBLES.set(bytes, address, a);
        Views.DOUBLES.set(bytes, address + 8, b);
    }

    public static void mark(int address, LinearMemory memory) {}

    public static void mark128(int address, LinearMemory memory) {}
}

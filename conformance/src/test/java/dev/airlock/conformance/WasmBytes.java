package dev.airlock.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes parts of the binary format (core specification, section 5). */
public final class WasmBytes {
    public static final int I32 = 0x7F;
    public static final int I64 = 0x7E;
    public static final int F32 = 0x7D;
    public static final int F64 = 0x7C;
    public static final int V128 = 0x7B;
    public static final int FUNCREF = 0x70;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Begins with the header of a module. */
    public static WasmBytes module() {
        return new WasmBytes().raw(0, 'a', 's', 'm', 1, 0, 0, 0);
    }

    public WasmBytes raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    public WasmBytes u(long value) {
        long left = value;
        do {
            int low = (int) left & 0x7F;
            left >>>= 7;
            bytes.write(left == 0 ? low : low | 0x80);
        } while (left != 0);
        return this;
    }

    public WasmBytes s(long value) {
        long left = value;
        boolean more = true;
        while (more) {
            int low = (int) left & 0x7F;
            left >>= 7;
            more = left != ((low & 0x40) == 0 ? 0 : -1);
            bytes.write(more ? low | 0x80 : low);
        }
        return this;
    }

    /** Little-endian. */
    public WasmBytes fixed(long bits, int width) {
        for (int i = 0; i < width; i++) {
            bytes.write((int) (bits >>> 8 * i));
        }
        return this;
    }

    public WasmBytes name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        u(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    public WasmBytes append(WasmBytes other) {
        bytes.writeBytes(other.toByteArray());
        return this;
    }

    /** Appends other bytes and their number before. */
    public WasmBytes sized(WasmBytes other) {
        u(other.bytes.size());
        return append(other);
    }

    public WasmBytes section(int id, WasmBytes content) {
        return raw(id).sized(content);
    }

    /** Appends the function type with these parameters and results. */
    public WasmBytes functionType(int[] parameters, int[] results) {
        return raw(0x60).u(parameters.length).raw(parameters).u(results.length).raw(results);
    }

    public int size() {
        return bytes.size();
    }

    public byte[] toByteArray() {
        return bytes.toByteArray();
    }
}

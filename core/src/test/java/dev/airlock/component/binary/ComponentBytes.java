package dev.airlock.component.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes components byte by byte. */
public final class ComponentBytes {
    private static final byte[] HEADER = {0x00, 'a', 's', 'm', 0x0d, 0x00, 0x01, 0x00};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Starts a component without sections. */
    public static ComponentBytes component() {
        return new ComponentBytes().raw(HEADER);
    }

    /** Starts the contents of a section, or a part of them. */
    public static ComponentBytes contents(int... bytes) {
        return new ComponentBytes().raw(bytes);
    }

    public ComponentBytes raw(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    public ComponentBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public ComponentBytes u32(long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    public ComponentBytes name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).raw(utf8);
    }

    public ComponentBytes section(int id, ComponentBytes contents) {
        return raw(id).u32(contents.bytes().length).raw(contents.bytes());
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}

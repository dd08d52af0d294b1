package dev.airlock.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts a module's binary together (core specification, section 5.5). */
public final class Binary {
    private Binary() {}

    /** A module of these sections. */
    public static byte[] module(byte[]... sections) {
        return concat(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, concat(sections));
    }

    /** A section of numbers below 128, which stand for one byte each, and names, which bring their length. */
    public static byte[] section(int id, Object... parts) {
        var contents = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof String name) {
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                contents.write(bytes.length);
                contents.writeBytes(bytes);
            } else if (part instanceof byte[] bytes) {
                contents.writeBytes(bytes);
            } else {
                contents.write((Integer) part);
            }
        }
        var section = new ByteArrayOutputStream();
        section.write(id);
        int left = contents.size();
        for (; left > 127; left >>>= 7) {
            section.write(left & 0x7f | 0x80);
        }
        section.write(left);
        section.writeBytes(contents.toByteArray());
        return section.toByteArray();
    }

    /** All arrays, one after the other. */
    public static byte[] concat(byte[]... arrays) {
        var all = new ByteArrayOutputStream();
        for (byte[] array : arrays) {
            all.writeBytes(array);
        }
        return all.toByteArray();
    }
}

package dev.airlock.engine.validate;

import dev.airlock.engine.Binary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes modules of any size, section by section (core specification, section 5.5), for tests of what reads them. */
public final class ModuleBytes {
    private final List<byte[]> types = new ArrayList<>();
    private final List<byte[]> before = new ArrayList<>();
    private final List<byte[]> between = new ArrayList<>();
    private final List<byte[]> after = new ArrayList<>();
    private final ByteArrayOutputStream functions = new ByteArrayOutputStream();
    private final ByteArrayOutputStream bodies = new ByteArrayOutputStream();
    private int functionCount;

    /** Bytes in order. */
    public static byte[] bytes(int... values) {
        byte[] made = new byte[values.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = (byte) values[i];
        }
        return made;
    }

    /** An unsigned number. */
    public static byte[] number(long value) {
        var out = new ByteArrayOutputStream();
        long left = value;
        for (; left >>> 7 != 0; left >>>= 7) {
            out.write((int) left & 0x7F | 0x80);
        }
        out.write((int) left);
        return out.toByteArray();
    }

    /** A heap type or block type that is an index: the number has a sign. */
    public static byte[] index(int value) {
        var out = new ByteArrayOutputStream();
        int left = value;
        for (; left > 0x3F; left >>>= 7) {
            out.write(left & 0x7F | 0x80);
        }
        out.write(left);
        return out.toByteArray();
    }

    public static byte[] all(byte[]... parts) {
        return Binary.concat(parts);
    }

    public static byte[] name(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return all(number(bytes.length), bytes);
    }

    /** The same bytes again and again. */
    public static byte[] times(int count, int... values) {
        byte[] made = new byte[count * values.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = (byte) values[i % values.length];
        }
        return made;
    }

    public static byte[] section(int id, byte[]... contents) {
        byte[] all = all(contents);
        return all(bytes(id), number(all.length), all);
    }

    /** A function type of values that are all i32. */
    public static byte[] function(int parameters, int results) {
        return all(bytes(0x60), number(parameters), times(parameters, 0x7F), number(results), times(results, 0x7F));
    }

    /** Adds a type, or a recursion group. */
    public ModuleBytes type(byte[]... parts) {
        types.add(all(parts));
        return this;
    }

    /** Adds a section that stands before the functions. */
    public ModuleBytes early(int id, byte[]... contents) {
        before.add(section(id, contents));
        return this;
    }

    /** Adds a section that stands between the functions and their bodies. */
    public ModuleBytes middle(int id, byte[]... contents) {
        between.add(section(id, contents));
        return this;
    }

    /** Adds a section at the end. */
    public ModuleBytes late(int id, byte[]... contents) {
        after.add(section(id, contents));
        return this;
    }

    /** Adds a function without locals. */
    public ModuleBytes body(int type, int... operators) {
        return code(type, all(bytes(0), bytes(operators)));
    }

    /** Adds a function by its declarations of locals and its operators. */
    public ModuleBytes code(int type, byte[]... parts) {
        byte[] all = all(parts);
        functions.writeBytes(number(type));
        bodies.writeBytes(number(all.length));
        bodies.writeBytes(all);
        functionCount++;
        return this;
    }

    public byte[] module() {
        List<byte[]> sections = new ArrayList<>();
        if (!types.isEmpty()) {
            sections.add(section(1, number(types.size()), all(types.toArray(byte[][]::new))));
        }
        sections.addAll(before);
        if (functionCount > 0) {
            sections.add(section(3, number(functionCount), functions.toByteArray()));
        }
        sections.addAll(between);
        if (functionCount > 0) {
            sections.add(section(10, number(functionCount), bodies.toByteArray()));
        }
        sections.addAll(after);
        return Binary.module(sections.toArray(byte[][]::new));
    }
}

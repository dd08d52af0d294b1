package dev.airlock.engine.code;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much code each guest function has in a class (Java Virtual Machine specification, section 4.1). ASM would read all of
 * the code to tell its size; it stands at the front of it.
 */
final class MethodSizes {

    /** {@code -XX:HugeMethodLimit}, which only debug builds of the JVM let one change: more than these are not compiled. */
    static final int HOTSPOT_LIMIT = 8000;

    private final ByteBuffer in;
    private final String[] texts;
    private final Map<Integer, Integer> sizes = new TreeMap<>();

    private MethodSizes(byte[] classFile) {
        in = ByteBuffer.wrap(classFile, 8, classFile.length - 8);
        texts = new String[unsigned16()];
    }

    /** From the indices of the functions to the bytes of code that their methods have. */
    static Map<Integer, Integer> of(byte[] classFile) {
        var read = new MethodSizes(classFile);
        read.constants();
        read.skip(6);
        read.skip(2 * read.unsigned16());
        read.members(false);
        read.members(true);
        return read.sizes;
    }

    private void constants() {
        for (int i = 1; i < texts.length; i++) {
            int tag = in.get();
            switch (tag) {
                case 1 -> {
                    int length = unsigned16();
                    // The names that are looked for have no character that Java's own UTF-8 writes another way.
                    texts[i] =
                            new String(in.array(), in.position(), length, java.nio.charset.StandardCharsets.ISO_8859_1);
                    skip(length);
                }
                case 5, 6 -> {
                    skip(8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> skip(2);
                case 15 -> skip(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
                default -> throw new IllegalArgumentException("a class file with a constant of kind " + tag);
            }
        }
    }

    private void members(boolean methods) {
        for (int left = unsigned16(); left > 0; left--) {
            skip(2);
            String name = texts[unsigned16()];
            skip(2);
            for (int attributes = unsigned16(); attributes > 0; attributes--) {
                String attribute = texts[unsigned16()];
                int length = in.getInt();
                if (methods && attribute.equals("Code") && name.startsWith(CodeCompiler.METHOD_PREFIX)) {
                    sizes.put(
                            Integer.parseInt(name.substring(CodeCompiler.METHOD_PREFIX.length())),
                            in.getInt(in.position() + 4));
                }
                skip(length);
            }
        }
    }

    private int unsigned16() {
        return Short.toUnsignedInt(in.getShort());
    }

    private void skip(int count) {
        in.position(in.position() + count);
    }
}

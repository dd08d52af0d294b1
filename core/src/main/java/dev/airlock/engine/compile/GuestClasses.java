package dev.airlock.engine.compile;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Beginnings of generated classes, and the one change that is made to finished ones. */
final class GuestClasses {
    private static final byte[] PLAIN = constant(ModulePlan.STORES);
    private static final byte[] TRACKED = constant(ModulePlan.RUNTIME + "TrackedStores");

    private GuestClasses() {}

    /** Begins a class; frames are written by hand, so nothing is computed but the size of stacks. */
    static ClassWriter begin(String name, String superclass) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, name, null, superclass, null);
        return writer;
    }

    /** A name in the constant pool of a class file (JVM specification, section 4.4.7). */
    private static byte[] constant(String name) {
        byte[] text = name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] made = new byte[text.length + 3];
        made[0] = 1;
        made[1] = (byte) (text.length >>> 8);
        made[2] = (byte) text.length;
        System.arraycopy(text, 0, made, 3, text.length);
        return made;
    }

    /** Returns a class whose stores are tracked: the name of the class that has them is replaced in the constant pool. */
    static byte[] tracked(byte[] plain) {
        for (int i = 10; i + PLAIN.length <= plain.length; i++) {
            if (Arrays.equals(plain, i, i + PLAIN.length, PLAIN, 0, PLAIN.length)) {
                ByteArrayOutputStream made = new ByteArrayOutputStream(plain.length + TRACKED.length);
                made.write(plain, 0, i);
                made.writeBytes(TRACKED);
                made.write(plain, i + PLAIN.length, plain.length - i - PLAIN.length);
                return made.toByteArray();
            }
        }
        return plain;
    }
}

package dev.airlock.engine.load;

import dev.airlock.engine.runtime.PlainStores;
import dev.airlock.engine.runtime.TrackedStores;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns classes whose stores leave no marks into classes whose stores do, for instances that are reset. */
final class StoreTracking {
    private static final byte[] PLAIN = constant(PlainStores.class);
    private static final byte[] TRACKED = constant(TrackedStores.class);

    private StoreTracking() {}

    /** The name of a class in the constant pool of a class file (JVM specification, section 4.4.7). */
    private static byte[] constant(Class<?> named) {
        byte[] text = named.getName().replace('.', '/').getBytes(StandardCharsets.US_ASCII);
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

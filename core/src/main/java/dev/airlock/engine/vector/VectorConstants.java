package dev.airlock.engine.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Makes the constants of generated code that uses {@code jdk.incubator.vector}. The module's classes are looked up by name, since
 * a JVM has them only if it was started so.
 */
public final class VectorConstants {
    private static final String PACKAGE = "jdk.incubator.vector.";

    private VectorConstants() {}

    /** A bootstrap method: returns a vector of 16 bytes. */
    public static Object vector(MethodHandles.Lookup lookup, String name, Class<?> type, long low, long high)
            throws Throwable {
        Class<?> longs = lookup.findClass(PACKAGE + "LongVector");
        Class<?> species = lookup.findClass(PACKAGE + "VectorSpecies");
        Object vector = lookup.findStatic(
                        longs, "fromArray", MethodType.methodType(longs, species, long[].class, int.class))
                .invoke(lookup.findStaticGetter(longs, "SPECIES_128", species).invoke(), new long[] {low, high}, 0);
        return lookup.findVirtual(longs, "reinterpretAsBytes", MethodType.methodType(type))
                .invoke(vector);
    }

    /** A bootstrap method: returns a shuffle of 16 bytes, whose numbers from 16 on are those of a second vector. */
    public static Object shuffle(MethodHandles.Lookup lookup, String name, Class<?> type, long low, long high)
            throws Throwable {
        int[] numbers = new int[16];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (int) ((i < 8 ? low : high) >>> i * 8) & 31;
        }
        Class<?> bytes = lookup.findClass(PACKAGE + "ByteVector");
        Class<?> species = lookup.findClass(PACKAGE + "VectorSpecies");
        return lookup.findStatic(type, "fromArray", MethodType.methodType(type, species, int[].class, int.class))
                .invoke(lookup.findStaticGetter(bytes, "SPECIES_128", species).invoke(), numbers, 0);
    }
}

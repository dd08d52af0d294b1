package dev.airlock.engine.runtime;

/**
 * The constants 0 and 1 for generated code. HotSpot's C2 leaves out {@code x - 0}, {@code x * 1} and {@code x / 1} where it knows
 * the constant, and so keeps a signalling NaN that each of these must make quiet (core specification, section 4.3.3). It does
 * not know a field that is not final. Other constants it loads from memory as well, so this costs nothing.
 */
@SuppressWarnings("NonFinalStaticField")
public final class FloatConstants {
    public static float floatZero = 0;
    public static float floatOne = 1;
    public static double doubleZero = 0;
    public static double doubleOne = 1;

    private FloatConstants() {}
}

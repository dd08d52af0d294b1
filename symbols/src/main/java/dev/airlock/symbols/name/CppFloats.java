package dev.airlock.symbols.name;

/** Floating-point literals, which symbols contain as bits. */
final class CppFloats {
    private CppFloats() {}

    /** Returns the text of C's {@code %a}: the exponent has a sign, and an empty fraction is left out. */
    static String hexadecimal(String bits) {
        double value;
        try {
            value = bits.length() == 8
                    ? Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16))
                    : Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        } catch (NumberFormatException e) {
            throw NotUnderstood.INSTANCE;
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw NotUnderstood.INSTANCE;
        }
        String text = Double.toHexString(value).replace(".0p", "p");
        return text.contains("p-") ? text : text.replace("p", "p+");
    }
}

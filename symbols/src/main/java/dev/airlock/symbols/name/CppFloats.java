package dev.airlock.symbols.name;

/** Floating-point literals, which stand in symbols as their bits. */
final class CppFloats {
    private CppFloats() {}

    /** As C writes it for {@code %a}: an exponent always has a sign, and a fraction of nothing is left out. */
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

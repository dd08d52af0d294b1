package dev.airlock.wit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * Prints floats with the fewest digits that read back as the same number, and the nearest such text if there are
 * several. {@link Double#toString(double)} does so only from JDK 19 on.
 */
final class Floats {
    /** Longer numbers have an exponent, as in JavaScript. */
    private static final int MAX_PLAIN_DIGITS = 21;

    private static final int MAX_LEADING_ZEROS = 6;

    private Floats() {}

    static String print(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number) || number == 0) {
            return special(number);
        }
        String usual = Double.toString(number);
        return print(new BigDecimal(usual), new BigDecimal(number), d -> d.doubleValue() == number);
    }

    static String print(float number) {
        if (Float.isNaN(number) || Float.isInfinite(number) || number == 0) {
            return special(number);
        }
        String usual = Float.toString(number);
        return print(new BigDecimal(usual), new BigDecimal(number), d -> d.floatValue() == number);
    }

    private static String special(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        return number < 0 ? "-inf" : "inf";
    }

    private static String print(BigDecimal usual, BigDecimal exact, Predicate<BigDecimal> same) {
        BigDecimal best = usual.stripTrailingZeros();
        for (int digits = best.precision(); digits > 0; digits--) {
            BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (!same.test(shorter)) {
                break;
            }
            best = shorter.stripTrailingZeros();
        }
        return layOut(best);
    }

    private static String layOut(BigDecimal number) {
        String digits = number.unscaledValue().abs().toString();
        String sign = number.signum() < 0 ? "-" : "";
        int exponent = digits.length() - number.scale() - 1;
        if (exponent >= -MAX_LEADING_ZEROS - 1 && exponent < MAX_PLAIN_DIGITS) {
            return number.toPlainString();
        }
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
    }
}

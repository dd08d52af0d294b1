package dev.airlock.wit;

import org.jspecify.annotations.Nullable;

/**
 * A version of an interface, by Semantic Versioning 2.0.
 *
 * @param major the first number
 * @param minor the second number
 * @param patch the third number
 * @param prerelease the part after the hyphen, or an empty string
 * @param build the part after the plus sign, or an empty string; precedence ignores it
 */
public record Version(long major, long minor, long patch, String prerelease, String build) {
    /** Keeps numbers within a {@code long}. */
    private static final int MOST_DIGITS = 18;

    /** Parses a version; returns null if the text is not one. */
    static @Nullable Version parse(String text) {
        int plus = text.indexOf('+');
        String build = plus < 0 ? "" : text.substring(plus + 1);
        String rest = plus < 0 ? text : text.substring(0, plus);
        int hyphen = rest.indexOf('-');
        String prerelease = hyphen < 0 ? "" : rest.substring(hyphen + 1);
        String[] numbers = (hyphen < 0 ? rest : rest.substring(0, hyphen)).split("\\.", -1);
        if (numbers.length != 3
                || !isNumber(numbers[0])
                || !isNumber(numbers[1])
                || !isNumber(numbers[2])
                || (hyphen >= 0 && !areIdentifiers(prerelease, true))
                || (plus >= 0 && !areIdentifiers(build, false))) {
            return null;
        }
        return new Version(
                Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]), prerelease, build);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && isDigits(text)
                && (text.length() == 1 || text.charAt(0) != '0');
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean areIdentifiers(String text, boolean inPrerelease) {
        for (String identifier : text.split("\\.", -1)) {
            boolean sound = !identifier.isEmpty() && identifier.chars().allMatch(Version::isIdentifierPart);
            boolean leadingZero = identifier.length() > 1 && identifier.charAt(0) == '0' && isDigits(identifier);
            if (!sound || (inPrerelease && leadingZero)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIdentifierPart(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch + (prerelease.isEmpty() ? "" : "-" + prerelease)
                + (build.isEmpty() ? "" : "+" + build);
    }
}

package dev.airlock.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the name that was probably meant. Public for other rooms; no program should use it. */
public final class Nearest {
    private Nearest() {}

    /**
     * {@code " (did you mean \"get_input\"?)"}, or nothing if no other name is near.
     *
     * @param wanted the name that was not found
     * @param known the names that there are
     * @return the end of an error message; empty if no name is near
     */
    public static String hint(String wanted, Collection<String> known) {
        return known.stream()
                .filter(name -> !name.equals(wanted))
                .filter(name -> Math.abs(fold(name).length() - fold(wanted).length()) <= reach(wanted))
                .filter(name -> distance(wanted, name) <= reach(wanted))
                .min(Comparator.comparingInt(name -> distance(wanted, name)))
                .map(name -> " (did you mean \"" + name + "\"?)")
                .orElse("");
    }

    /**
     * Returns the same for a name that may be written in several ways: a hint for the first that has one.
     *
     * @param ways the ways to write the name
     * @param known the names that there are
     * @return the hint, or an empty text
     */
    public static String hint(List<String> ways, Collection<String> known) {
        return ways.stream()
                .map(way -> hint(way, known))
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static int reach(String wanted) {
        // A single letter is a letter away from every other.
        return wanted.length() == 1 ? 0 : Math.max(1, wanted.length() / 3);
    }

    /** Returns how many letters to put in, leave out, change, or swap with the next one. */
    private static int distance(String a, String b) {
        String from = fold(a);
        String to = fold(b);
        int[] before = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] free = before;
            before = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + change);
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
        }
        return row[to.length()];
    }

    /** Case and word separators differ between languages' habits, so they count for nothing. */
    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}

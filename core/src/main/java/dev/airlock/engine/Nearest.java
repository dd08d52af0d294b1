package dev.airlock.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that was probably meant. Public for other rooms; no program should use it. */
public final class Nearest {
    private Nearest() {}

    /** {@code " (did you mean \"get_input\"?)"}, or nothing where no name is near. */
    public static String hint(String wanted, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(wanted, name) <= Math.max(1, wanted.length() / 3))
                .min(Comparator.comparingInt(name -> distance(wanted, name)))
                .map(name -> " (did you mean \"" + name + "\"?)")
                .orElse("");
    }

    private static int distance(String a, String b) {
        String from = fold(a);
        String to = fold(b);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int above = row[j];
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[to.length()];
    }

    /** Case and word separators differ between languages' habits, so they count for nothing. */
    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}

package dev.airlock.json.form;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Derives the names in payloads from WIT's labels: the names that Java uses for them. */
final class Labels {
    private Labels() {}

    /** Returns {@code firstName} for {@code first-name}. */
    static String member(String label) {
        String[] words = label.toLowerCase(Locale.ROOT).split("-");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(w -> w.substring(0, 1).toUpperCase(Locale.ROOT) + w.substring(1))
                        .collect(Collectors.joining());
    }

    /** Returns {@code DARK_RED} for {@code dark-red}. */
    static String constant(String label) {
        return label.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}

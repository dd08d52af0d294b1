package dev.airlock.wit;

import java.util.Set;

/** The words that WAVE reserves at the place of a value (wasm-wave, "Keywords"). */
final class WaveWords {
    private static final Set<String> ALL = Set.of("true", "false", "inf", "nan", "some", "none", "ok", "err");

    private WaveWords() {}

    static boolean isKeyword(String word) {
        return ALL.contains(word);
    }

    /** Returns the name of a case as WAVE writes it. */
    static String escape(String label) {
        return isKeyword(label) ? "%" + label : label;
    }
}

package dev.airlock.wit;

import java.util.Set;

/** The words that WAVE reserves where a value is expected (wasm-wave, "Keywords"). */
final class WaveWords {
    private static final Set<String> ALL = Set.of("true", "false", "inf", "nan", "some", "none", "ok", "err");

    private WaveWords() {}

    static boolean isKeyword(String word) {
        return ALL.contains(word);
    }

    /** A case's name as WAVE writes it. */
    static String escape(String label) {
        return isKeyword(label) ? "%" + label : label;
    }
}

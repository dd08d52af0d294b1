package dev.airlock.component.binary;

import org.jspecify.annotations.Nullable;

/**
 * {@code canonopt*}: how values are lifted and lowered (Explainer, "Canonical ABI").
 *
 * @param encoding the encoding of strings; UTF-8 by default
 * @param memory the index of a core memory, or null
 * @param realloc the index of a core function, or null
 * @param postReturn the index of a core function, or null
 * @param async whether calls use the async ABI
 * @param callback the index of a core function, or null
 */
public record CanonOptions(
        StringEncoding encoding,
        @Nullable Integer memory,
        @Nullable Integer realloc,
        @Nullable Integer postReturn,
        boolean async,
        @Nullable Integer callback) {
    /** The options of a definition that gives none. */
    static final CanonOptions NONE = new CanonOptions(StringEncoding.UTF8, null, null, null, false, null);

    /** The encoding of strings in memory. */
    public enum StringEncoding {
        UTF8("utf8"),
        UTF16("utf16"),
        LATIN1_UTF16("latin1+utf16");

        private final String text;

        StringEncoding(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static CanonOptions ofMemory(int memory) {
        return new CanonOptions(StringEncoding.UTF8, memory, null, null, false, null);
    }
}

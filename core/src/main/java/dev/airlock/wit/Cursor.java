package dev.airlock.wit;

import dev.airlock.error.WitException;

/**
 * A position in a text, and the operations to read on from it. The grammars of WIT and WAVE never need more than one
 * token of look-ahead, so there is no list of tokens: a parser asks for what may come next.
 */
final class Cursor {
    static final int END = -1;

    private final SourceText source;
    private final String text;
    private final boolean blockComments;
    private int offset;

    /**
     * Starts at the beginning of a text.
     *
     * @param limit the longest text, in UTF-16 units
     * @param blockComments whether there are comments between slash-star and star-slash, as in WIT but not in WAVE
     */
    Cursor(SourceText source, int limit, boolean blockComments) {
        this.source = source;
        this.text = source.text();
        this.blockComments = blockComments;
        if (text.length() > limit) {
            throw source.error(0, "the text may have " + limit + " characters, it has " + text.length());
        }
    }

    SourceText source() {
        return source;
    }

    int offset() {
        return offset;
    }

    void moveTo(int newOffset) {
        offset = newOffset;
    }

    /** Returns the character at this position, or {@link #END}. */
    int here() {
        return offset < text.length() ? text.charAt(offset) : END;
    }

    /** Moves past spaces, line ends and comments, and returns the new offset. */
    int skipBlank() {
        while (true) {
            int c = here();
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                offset++;
            } else if (text.startsWith("//", offset)) {
                int newline = text.indexOf('\n', offset);
                offset = newline < 0 ? text.length() : newline;
            } else if (blockComments && text.startsWith("/*", offset)) {
                skipBlockComment();
            } else {
                return offset;
            }
        }
    }

    private void skipBlockComment() {
        int start = offset;
        int depth = 0;
        do {
            if (text.startsWith("/*", offset)) {
                depth++;
                offset += 2;
            } else if (text.startsWith("*/", offset)) {
                depth--;
                offset += 2;
            } else if (offset == text.length()) {
                throw source.error(start, "this comment has no end: expected \"*/\"");
            } else {
                offset++;
            }
        } while (depth > 0);
    }

    /** Returns whether the next token, after blanks, starts with a piece. */
    boolean at(String piece) {
        skipBlank();
        return text.startsWith(piece, offset);
    }

    boolean atEnd() {
        return skipBlank() == text.length();
    }

    /** Moves past a piece if it comes next, and returns whether it did. */
    boolean accept(String piece) {
        boolean found = at(piece);
        if (found) {
            offset += piece.length();
        }
        return found;
    }

    void expect(String piece) {
        if (!accept(piece)) {
            throw expected('"' + piece + '"');
        }
    }

    /**
     * Moves past the next word and returns it: ASCII letters, digits, {@code _} and {@code -}, except the start of an
     * arrow. Empty if something else comes next.
     */
    String word() {
        int start = skipBlank();
        while (isWordPart(here()) && !text.startsWith("->", offset)) {
            offset++;
        }
        return text.substring(start, offset);
    }

    /** Returns the next word without moving. */
    String peekWord() {
        int start = skipBlank();
        String word = word();
        offset = start;
        return word;
    }

    static boolean isWordPart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /** Returns the error for a token that the grammar does not have here. */
    WitException expected(String what) {
        int at = skipBlank();
        return source.error(at, "expected " + what + ", got " + describeNext());
    }

    /** Describes the next token for errors. */
    String describeNext() {
        if (atEnd()) {
            return "the end of the text";
        }
        String word = peekWord();
        return SourceText.quote(!word.isEmpty() ? word : Character.toString(text.codePointAt(offset)));
    }
}

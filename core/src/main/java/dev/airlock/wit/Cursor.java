package dev.airlock.wit;

import dev.airlock.error.WitException;

/**
 * A place in a text, moved on piece by piece. The grammars of WIT and WAVE never need more than one piece of look-ahead,
 * so there is no list of tokens: a parser asks for what may come next.
 */
final class Cursor {
    static final int END = -1;

    private final Source source;
    private final String text;
    private final boolean blockComments;
    private int offset;

    /**
     * @param limit how long the text may be
     * @param blockComments whether there are comments with an end of their own, as in WIT and not in WAVE
     */
    Cursor(Source source, int limit, boolean blockComments) {
        this.source = source;
        this.text = source.text();
        this.blockComments = blockComments;
        if (text.length() > limit) {
            throw source.error(0, "the text may have " + limit + " characters, it has " + text.length());
        }
    }

    Source source() {
        return source;
    }

    int offset() {
        return offset;
    }

    void moveTo(int newOffset) {
        offset = newOffset;
    }

    /** The character here, or {@link #END}. */
    int here() {
        return offset < text.length() ? text.charAt(offset) : END;
    }

    /** Moves past spaces, line ends and comments, and tells where that is. */
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

    /** Whether the next piece, after blanks, starts so. */
    boolean at(String piece) {
        skipBlank();
        return text.startsWith(piece, offset);
    }

    boolean atEnd() {
        return skipBlank() == text.length();
    }

    /** Moves past the piece if it is next. */
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
     * The next piece as a word: ASCII letters, digits, {@code _} and {@code -}, though not the start of an arrow; empty
     * where something else is next.
     */
    String word() {
        int start = skipBlank();
        while (isWordPart(here()) && !text.startsWith("->", offset)) {
            offset++;
        }
        return text.substring(start, offset);
    }

    /** The next piece as a word, without moving. */
    String peekWord() {
        int start = skipBlank();
        String word = word();
        offset = start;
        return word;
    }

    static boolean isWordPart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /** The error for a next piece that is not what the grammar has here. */
    WitException expected(String what) {
        int at = skipBlank();
        return source.error(at, "expected " + what + ", got " + describeNext());
    }

    /** The next piece in words. */
    String describeNext() {
        if (atEnd()) {
            return "the end of the text";
        }
        String word = peekWord();
        return Source.quote(!word.isEmpty() ? word : Character.toString(text.codePointAt(offset)));
    }
}

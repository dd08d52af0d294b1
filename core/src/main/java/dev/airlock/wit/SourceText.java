package dev.airlock.wit;

import dev.airlock.error.WitException;

/**
 * A text with its source. Converts offsets to lines and columns for errors.
 *
 * @param name the name of the file, or an empty string
 * @param text the whole text
 */
record SourceText(String name, String text) {
    /** The most characters of a line that an error shows. */
    private static final int WINDOW = 100;

    /** The most characters of a word that an error repeats. */
    private static final int WORD_IN_MESSAGE = 40;

    /** Returns the error for a problem at an offset, for the caller to throw. */
    WitException error(int offset, String problem) {
        int at = Math.min(offset, text.length());
        return new WitException(name, line(at), column(at), problem, excerpt(at));
    }

    /** Returns the place of an offset in the form {@code line 2, column 14}. */
    String place(int offset) {
        return "line " + line(offset) + ", column " + column(offset);
    }

    private int line(int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    private int column(int offset) {
        return offset - lineStart(offset) + 1;
    }

    private int lineStart(int offset) {
        return offset == 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
    }

    private String excerpt(int offset) {
        int lineStart = lineStart(offset);
        int newline = text.indexOf('\n', offset);
        int lineEnd = newline < 0 ? text.length() : newline;
        int start = Math.max(lineStart, offset - WINDOW / 2);
        int end = Math.min(lineEnd, start + WINDOW);
        String before = start > lineStart ? "…" : "";
        return "  " + before + visible(text.substring(start, end)) + (end < lineEnd ? "…" : "") + "\n  "
                + " ".repeat(before.length() + offset - start) + "^";
    }

    /** Returns the line with exactly one column for each character. */
    private static String visible(String line) {
        StringBuilder shown = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            shown.append(Character.isISOControl(c) || Unicode.isBidiControl(c) ? ' ' : c);
        }
        return shown.toString().stripTrailing();
    }

    /** Returns a piece of the text in quotes, cut if it is long. */
    static String quote(String word) {
        return '"' + cut(word) + '"';
    }

    /** Returns a piece of the text, cut if it is long. */
    static String cut(String word) {
        return word.length() <= WORD_IN_MESSAGE ? word : word.substring(0, WORD_IN_MESSAGE) + "…";
    }
}

package dev.airlock.wit;

import dev.airlock.type.ValType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds where the arguments of a call begin and end. It knows only the brackets, quotes and comments of WAVE. It does
 * not recurse, since no type bounds the depth of the text.
 */
final class WaveSplitter {
    /** A pair of a map is a level in the text, but not in the type. */
    private static final int MAX_BRACKETS = 2 * ValType.MAX_DEPTH;

    private final Cursor cursor;
    private final String text;
    private final List<String> pieces = new ArrayList<>();

    WaveSplitter(Cursor cursor) {
        this.cursor = cursor;
        this.text = cursor.source().text();
    }

    /** Returns the pieces between the commas, up to the closing parenthesis, and moves past it. */
    List<String> split() {
        Deque<Character> open = new ArrayDeque<>();
        open.push(')');
        int start = cursor.skipBlank();
        int end = start;
        while (true) {
            cursor.skipBlank();
            int c = cursor.here();
            switch (c) {
                case Cursor.END -> throw cursor.expected("\"" + open.peek() + "\"");
                case '(' -> open(open, ')');
                case '[' -> open(open, ']');
                case '{' -> open(open, '}');
                case ')', ']', '}' -> {
                    if (open.pop() != c) {
                        throw cursor.source()
                                .error(cursor.offset(), "the brackets do not match here: got \"" + (char) c + "\"");
                    }
                    if (open.isEmpty()) {
                        endPiece(start, end, true);
                        cursor.moveTo(cursor.offset() + 1);
                        return pieces;
                    }
                }
                default -> {}
            }
            if (c == ',' && open.size() == 1) {
                endPiece(start, end, false);
                cursor.moveTo(cursor.offset() + 1);
                start = cursor.skipBlank();
                end = start;
            } else {
                skipPiece(c);
                end = cursor.offset();
            }
        }
    }

    private void open(Deque<Character> open, char close) {
        if (open.size() > MAX_BRACKETS) {
            throw cursor.source()
                    .error(cursor.offset(), "brackets nest to a depth of " + MAX_BRACKETS + ", no value needs more");
        }
        open.push(close);
    }

    private void endPiece(int start, int end, boolean last) {
        if (start < end) {
            pieces.add(text.substring(start, end));
        } else if (!last) {
            throw cursor.expected("an argument");
        }
    }

    private void skipPiece(int c) {
        if (c == '"' && text.startsWith("\"\"\"", cursor.offset())) {
            int close = text.indexOf("\"\"\"", cursor.offset() + 3);
            if (close < 0) {
                throw cursor.source().error(cursor.offset(), "this string has no end: expected a closing \"\"\"");
            }
            cursor.moveTo(close + 3);
        } else if (c == '"') {
            new Quoted(cursor).string();
        } else if (c == '\'') {
            skipCharacter();
        } else {
            cursor.moveTo(cursor.offset() + 1);
        }
    }

    private void skipCharacter() {
        int start = cursor.offset();
        cursor.moveTo(start + 1);
        if (cursor.here() != Cursor.END) {
            new Quoted(cursor).character(new StringBuilder());
        }
        if (cursor.here() != '\'') {
            throw cursor.source().error(start, "expected one character between single quotes, as in 'x' or '\\n'");
        }
        cursor.moveTo(cursor.offset() + 1);
    }
}

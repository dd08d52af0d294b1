package dev.airlock.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A part of a {@code .wast} file: a list, a word, or a string. */
sealed interface SExpression {
    record Items(List<SExpression> items) implements SExpression {}

    record Word(String text) implements SExpression {}

    record Text(String text) implements SExpression {}

    /** Reads a text that consists of one expression. */
    static SExpression parse(String text) {
        var reader = new Reader(text);
        SExpression read = reader.read();
        reader.end();
        return read;
    }

    /** A reader of one text. */
    final class Reader {
        private final String text;
        private int at;

        private Reader(String text) {
            this.text = text;
        }

        private SExpression read() {
            skipSpace();
            char first = text.charAt(at);
            if (first == '(') {
                at++;
                var items = new ArrayList<SExpression>();
                for (skipSpace(); text.charAt(at) != ')'; skipSpace()) {
                    items.add(read());
                }
                at++;
                return new Items(items);
            }
            if (first == '"') {
                return new Text(string());
            }
            int start = at;
            while (at < text.length() && "() \n\t\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            if (start == at) {
                throw new IllegalArgumentException("no expression at " + at + " of " + text);
            }
            return new Word(text.substring(start, at));
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private void end() {
            skipSpace();
            if (at < text.length()) {
                throw new IllegalArgumentException("more than one expression: " + text);
            }
        }

        /** Resolves the escapes of the text format; each {@code \hh} is a byte of UTF-8. */
        private String string() {
            var bytes = new java.io.ByteArrayOutputStream();
            for (at++; text.charAt(at) != '"'; ) {
                char c = text.charAt(at);
                if (c != '\\') {
                    int codePoint = text.codePointAt(at);
                    at += Character.charCount(codePoint);
                    put(bytes, Character.toString(codePoint));
                    continue;
                }
                char escaped = text.charAt(at + 1);
                at += 2;
                switch (escaped) {
                    case 'n' -> put(bytes, "\n");
                    case 't' -> put(bytes, "\t");
                    case 'r' -> put(bytes, "\r");
                    case '"', '\'', '\\' -> put(bytes, String.valueOf(escaped));
                    case 'u' -> {
                        int end = text.indexOf('}', at);
                        put(bytes, Character.toString(Integer.parseInt(text.substring(at + 1, end), 16)));
                        at = end + 1;
                    }
                    default -> {
                        bytes.write(Integer.parseInt(text.substring(at - 1, at + 1), 16));
                        at++;
                    }
                }
            }
            at++;
            return bytes.toString(StandardCharsets.UTF_8);
        }

        private static void put(java.io.ByteArrayOutputStream bytes, String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}

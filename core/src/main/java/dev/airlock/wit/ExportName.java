package dev.airlock.wit;

import org.jspecify.annotations.Nullable;

/**
 * Names of functions as guests export them. The names in a component are kebab-case, those in a core module can be any
 * text.
 *
 * <p>Accepted without quotes: letters and digits of any script, and {@code _ - . : / # @ $ + ! [ ]} and {@code *}, as
 * long as no comment starts inside. A leading {@code %} is dropped, as in WIT. Any other name needs double quotes.
 */
final class ExportName {
    private static final String MARKS = "_-.:/#@$+![]*";

    private ExportName() {}

    /** Moves past the characters of an unquoted name and returns them; may be empty. */
    private static String run(Cursor cursor) {
        int start = cursor.offset();
        int end = endOfRun(cursor.source().text(), start);
        cursor.moveTo(end);
        return cursor.source().text().substring(start, end);
    }

    private static int endOfRun(String text, int start) {
        int end = start;
        while (end < text.length() && !text.startsWith("//", end) && !text.startsWith("/*", end)) {
            int c = text.codePointAt(end);
            if (!Character.isLetterOrDigit(c) && MARKS.indexOf(c) < 0) {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    /** Reads the name before the colon of a signature, and the colon. */
    static String readBeforeColon(Cursor cursor) {
        int start = cursor.skipBlank();
        if (cursor.at("\"")) {
            String name = new Quoted(cursor).string();
            cursor.expect(":");
            return name;
        }
        boolean escaped = cursor.accept("%");
        int nameStart = cursor.offset();
        String run = run(cursor);
        int runEnd = cursor.offset();
        int length;
        if (cursor.accept(":")) {
            length = run.length();
        } else if (run.endsWith(":")) {
            length = run.length() - 1;
        } else if (run.endsWith(":func") || run.endsWith(":async")) {
            length = run.lastIndexOf(':');
            cursor.moveTo(nameStart + length + 1);
        } else if (run.isEmpty()) {
            cursor.moveTo(escaped ? nameStart : start);
            throw cursor.expected(escaped ? "a name" : "a type or a function, as in \"greet: func()\"");
        } else {
            cursor.moveTo(runEnd);
            throw cursor.expected("\":\" after the function's name " + SourceText.quote(run));
        }
        if (length == 0) {
            cursor.moveTo(start);
            throw cursor.expected("a function's name");
        }
        return run.substring(0, length);
    }

    /** Reads the name before the parenthesis of a call. */
    static String readBeforeParenthesis(Cursor cursor) {
        cursor.skipBlank();
        if (cursor.at("\"")) {
            return new Quoted(cursor).string();
        }
        boolean escaped = cursor.here() == '%';
        if (escaped) {
            cursor.moveTo(cursor.offset() + 1);
        }
        String name = run(cursor);
        if (name.isEmpty()) {
            throw cursor.expected("a function's name, as in \"greet()\"");
        }
        return name;
    }

    /** Returns the name if the text consists of nothing else, otherwise null. */
    static @Nullable String readAlone(SourceText source) {
        Cursor cursor = new Cursor(source, WitParser.MAX_TEXT, true);
        cursor.skipBlank();
        String name;
        if (cursor.at("\"")) {
            name = new Quoted(cursor).string();
        } else {
            cursor.accept("%");
            name = run(cursor);
        }
        return name.isEmpty() || !cursor.atEnd() ? null : name;
    }

    private static String leadingWord(String name) {
        int end = 0;
        while (end < name.length() && Cursor.isWordPart(name.charAt(end))) {
            end++;
        }
        return name.substring(0, end);
    }

    /** Returns the text that reads back as the name. */
    static String print(String name) {
        if (!name.isEmpty() && endOfRun(name, 0) == name.length()) {
            return Keywords.isKeyword(leadingWord(name)) ? "%" + name : name;
        }
        StringBuilder quoted = new StringBuilder();
        Quoted.print(name, '"', quoted);
        return quoted.toString();
    }
}

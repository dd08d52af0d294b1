package dev.airlock.wit;

import org.jspecify.annotations.Nullable;

/**
 * The name of a function as its guest exports it. A component's are kebab-case, a core module's can be any text.
 *
 * <p>Accepted bare: letters and digits of any script, and {@code _ - . : / # @ $ + ! [ ]} and {@code *}, as long as no
 * comment starts inside. A {@code %} in front is dropped, as in WIT. Any other name goes in double quotes.
 */
final class ExportName {
    private static final String MARKS = "_-.:/#@$+![]*";

    private ExportName() {}

    /** Moves past the characters of a bare name and gives them, none of them maybe. */
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

    /** The name in front of the colon of a signature; the cursor moves past the colon. */
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
            throw cursor.expected("\":\" after the function's name " + Source.quote(run));
        }
        if (length == 0) {
            cursor.moveTo(start);
            throw cursor.expected("a function's name");
        }
        return run.substring(0, length);
    }

    /** The name in front of the parenthesis of a call. */
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

    /** The name if the text is that and nothing else; else null. */
    static @Nullable String readAlone(Source source) {
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

    /** The name so that it is read back. */
    static String print(String name) {
        if (!name.isEmpty() && endOfRun(name, 0) == name.length()) {
            return Keywords.isKeyword(leadingWord(name)) ? "%" + name : name;
        }
        StringBuilder quoted = new StringBuilder();
        Quoted.print(name, '"', quoted);
        return quoted.toString();
    }
}

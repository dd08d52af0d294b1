package dev.airlock.cli;

import dev.airlock.error.WitException;
import dev.airlock.wit.WaveCall;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Recognizes calls on the command line, and suggests the call that a user probably meant. */
final class CallText {
    /** A call's name, as in {@link WaveCall}. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}_\\[][\\p{L}\\p{N}_.:/#@$+!\\[\\]*-]*");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.eE+-]*|-?inf|nan");
    private static final Pattern VALUE = Pattern.compile("(?s)true|false|none|(some|ok|err)\\(.*|[\"'\\[({].*");
    private static final Pattern BARE = Pattern.compile("\\p{L}.*");

    private CallText() {}

    /** Returns whether a text is a mistyped option: it starts with a hyphen and is not a number. */
    static boolean isOption(String text) {
        return text.startsWith("-") && !NUMBER.matcher(text).matches();
    }

    /**
     * Returns the call that words probably mean: for {@code add 1 2}, {@code add(1, 2)}.
     *
     * @param words the command line's arguments, from the first that is not a call
     * @return the call in quotes for the shell; empty if the meaning is unclear
     */
    static String meant(List<String> words) {
        String joined = joined(words);
        return joined.isEmpty() ? fromWords(words) : joined;
    }

    /** Returns the call that a shell has split into words; empty if there is none. */
    private static String joined(List<String> words) {
        for (int end = 2; end <= words.size(); end++) {
            String text = String.join(" ", words.subList(0, end));
            if (text.endsWith(")") && isCall(text)) {
                return inQuotes(text);
            }
        }
        return "";
    }

    private static boolean isCall(String text) {
        try {
            WaveCall.parse(text);
            return true;
        } catch (WitException e) {
            return false;
        }
    }

    private static String fromWords(List<String> words) {
        var all = new ArrayList<String>();
        for (String text : words) {
            if (!all.isEmpty() && text.matches("(?s)[^\"'\\[{(\\s]+\\(.*\\)")) {
                // The next call starts here.
                break;
            }
            all.addAll(pieces(text.strip(), all.isEmpty() ? 2 : 1));
        }
        if (all.isEmpty() || !NAME.matcher(all.get(0)).matches()) {
            return "";
        }
        if (all.stream().anyMatch(word -> word.endsWith(",") || word.endsWith(")") && word.indexOf('(') < 0)) {
            // The words contain an incomplete call.
            return "";
        }
        return forShell(
                all.get(0),
                all.subList(1, all.size()).stream().map(CallText::asValue).toList());
    }

    /** Splits a text at blanks; a text with quotes into at most {@code most} pieces. */
    private static List<String> pieces(String text, int most) {
        boolean quotes = text.indexOf('"') >= 0 || text.indexOf('\'') >= 0;
        return List.of(text.split("\\s+", quotes ? most : 0));
    }

    /** Returns the call with its bare words in quotes; empty if it has none. */
    static String quoted(WaveCall call) {
        List<String> args = call.argumentTexts();
        List<String> values = args.stream().map(CallText::asValue).toList();
        return values.equals(args) ? "" : forShell(call.name(), values);
    }

    private static String forShell(String name, List<String> values) {
        String call = name + values.stream().collect(Collectors.joining(", ", "(", ")"));
        return inQuotes(call);
    }

    private static String inQuotes(String call) {
        return "'" + call.replace("'", "'\\''") + "'";
    }

    /**
     * Returns whether a call has arguments other than numbers. If it did not fit, the function's numbers may then stand for
     * something else.
     */
    static boolean hasMoreThanNumbers(WaveCall call) {
        return !call.argumentTexts().stream()
                .allMatch(text -> NUMBER.matcher(text.strip()).matches());
    }

    private static String asValue(String word) {
        return NUMBER.matcher(word).matches() || VALUE.matcher(word).matches()
                ? word
                : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Guesses a signature from a call, as an example for the user. Only the guest's author knows the real one. */
    static String signature(WaveCall call) {
        var params = new ArrayList<String>();
        for (String text : call.argumentTexts()) {
            params.add("arg" + (params.size() + 1) + ": " + guess(text.strip()));
        }
        return call.name() + ": func(" + String.join(", ", params) + ") -> string";
    }

    private static String guess(String argument) {
        // Lists in a command line are not nested deeper.
        for (int depth = 0; depth < 3; depth++) {
            if (!argument.startsWith("[", depth)) {
                return "list<".repeat(depth)
                        + guessElement(argument.substring(depth).strip())
                        + ">".repeat(depth);
            }
        }
        return "string";
    }

    private static String guessElement(String argument) {
        if (argument.matches("(?s)(true|false)\\b.*")) {
            return "bool";
        }
        if (argument.startsWith("\"") || BARE.matcher(argument).matches()) {
            return "string";
        }
        return argument.matches("(?s)-?[0-9]*[.eE].*") ? "f64" : "s32";
    }
}

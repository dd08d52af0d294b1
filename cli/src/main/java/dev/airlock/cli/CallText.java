package dev.airlock.cli;

import dev.airlock.error.WitException;
import dev.airlock.wit.WaveCall;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Calls as the command line has them, and what to write for those that are meant and not said. */
final class CallText {
    /** A name without what follows it in a call, as in {@link WaveCall}. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}_\\[][\\p{L}\\p{N}_.:/#@$+!\\[\\]*-]*");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.eE+-]*|-?inf|nan");
    private static final Pattern VALUE = Pattern.compile("(?s)true|false|none|(some|ok|err)\\(.*|[\"'\\[({].*");
    private static final Pattern BARE = Pattern.compile("\\p{L}.*");

    private CallText() {}

    /** A text that starts with a hyphen and is no number is a mistyped option. */
    static boolean isOption(String text) {
        return text.startsWith("-") && !NUMBER.matcher(text).matches();
    }

    /**
     * The call that is probably meant by words: by {@code add 1 2}, {@code add(1, 2)}.
     *
     * @param words the texts from the one that is no call
     * @return the call for the shell, in quotes; empty if that is not plain to see
     */
    static String meant(List<String> words) {
        String joined = joined(words);
        return joined.isEmpty() ? fromWords(words) : joined;
    }

    /** The call that a shell has cut into words; empty if there is none. */
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
                // The next call.
                break;
            }
            all.addAll(pieces(text.strip(), all.isEmpty() ? 2 : 1));
        }
        if (all.isEmpty() || !NAME.matcher(all.get(0)).matches()) {
            return "";
        }
        if (all.stream().anyMatch(word -> word.endsWith(",") || word.endsWith(")") && word.indexOf('(') < 0)) {
            // Half a call.
            return "";
        }
        return forShell(
                all.get(0),
                all.subList(1, all.size()).stream().map(CallText::asValue).toList());
    }

    /** The pieces between blanks; a text with quotes is cut into so many at the most. */
    private static List<String> pieces(String text, int most) {
        boolean quotes = text.indexOf('"') >= 0 || text.indexOf('\'') >= 0;
        return List.of(text.split("\\s+", quotes ? most : 0));
    }

    /** The same call with its bare words in quotes; empty if it has none. */
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

    /** Whether a call that did not fit may be one whose numbers stand for something else: if not all it has are numbers. */
    static boolean hasMoreThanNumbers(WaveCall call) {
        return !call.argumentTexts().stream()
                .allMatch(text -> NUMBER.matcher(text.strip()).matches());
    }

    private static String asValue(String word) {
        return NUMBER.matcher(word).matches() || VALUE.matcher(word).matches()
                ? word
                : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A signature that a call may have. Only the guest's author knows. */
    static String signature(WaveCall call) {
        var params = new ArrayList<String>();
        for (String text : call.argumentTexts()) {
            params.add("arg" + (params.size() + 1) + ": " + guess(text.strip()));
        }
        return call.name() + ": func(" + String.join(", ", params) + ") -> string";
    }

    private static String guess(String argument) {
        // Deeper than any type of a list that a person writes.
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

package dev.airlock.shape;

import dev.airlock.error.SignatureException;
import dev.airlock.mapping.LanguageTypes;
import dev.airlock.type.Labels;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From Java's names to those of guests.
 *
 * <p>A Java name is taken apart into words. A word ends at an underscore or a dollar sign, before an upper-case letter
 * that follows a lower-case letter or a digit, and before the last of several upper-case letters if a lower-case letter
 * follows it. A plural's s stays with the capitals before it. Digits belong to the word before them.
 *
 * <table>
 * <caption>Examples</caption>
 * <tr><th>Java</th><th>kebab</th><th>snake</th></tr>
 * <tr><td>{@code getInputSize}</td><td>{@code get-input-size}</td><td>{@code get_input_size}</td></tr>
 * <tr><td>{@code toJSON}</td><td>{@code to-json}</td><td>{@code to_json}</td></tr>
 * <tr><td>{@code URLParser}</td><td>{@code url-parser}</td><td>{@code url_parser}</td></tr>
 * <tr><td>{@code parseURLs}</td><td>{@code parse-urls}</td><td>{@code parse_urls}</td></tr>
 * <tr><td>{@code sha256Of}</td><td>{@code sha256-of}</td><td>{@code sha256_of}</td></tr>
 * <tr><td>{@code x2y}</td><td>{@code x2y}</td><td>{@code x2y}</td></tr>
 * <tr><td>{@code DARK_RED}</td><td>{@code dark-red}</td><td>{@code dark_red}</td></tr>
 * <tr><td>{@code _x}, {@code x_}</td><td>{@code x}</td><td>{@code _x}, {@code x_}</td></tr>
 * </table>
 */
public final class Names {
    private Names() {}

    /**
     * The label of WIT for a Java name: its words in lower case, with hyphens between them.
     *
     * @throws SignatureException if that is no label, as for {@code _1} and {@code größe}
     */
    public static String kebab(String javaName) {
        String label = joined(javaName, "-");
        if (!Labels.isLabel(label)) {
            throw new SignatureException("\"" + javaName
                    + "\" makes no WIT name: one is made of ASCII letters and digits, and starts with a letter");
        }
        return label;
    }

    /** The same as languages with snake case have it. Underscores in front and at the end are kept. */
    public static String snake(String javaName) {
        int start = 0;
        int end = javaName.length();
        while (start < end && javaName.charAt(start) == '_') {
            start++;
        }
        while (end > start && javaName.charAt(end - 1) == '_') {
            end--;
        }
        return javaName.substring(0, start) + joined(javaName.substring(start, end), "_") + javaName.substring(end);
    }

    /** A method's name as its author wrote it: another language's compiler may have added to it. */
    public static String of(Method method) {
        LanguageTypes.FunctionFacts facts = Languages.function(method);
        return facts == null ? method.getName() : facts.name();
    }

    /** The names under which a guest may have a Java method, the likeliest first: as written, in snake, in kebab case. */
    public static List<String> candidates(String javaName) {
        var names = new LinkedHashSet<String>();
        names.add(javaName);
        names.add(snake(javaName));
        String kebab = joined(javaName, "-");
        if (Labels.isLabel(kebab)) {
            names.add(kebab);
        }
        return List.copyOf(names);
    }

    /** A label for the name of a Java type, type arguments and all, or null where none can be made of it. */
    static @Nullable String typeName(String javaText) {
        String label = joined(javaText.replaceAll("[^\\p{Alnum}\\P{ASCII}]+", "_"), "-");
        return Labels.isLabel(label) ? label : null;
    }

    private static String joined(String javaName, String separator) {
        return words(javaName).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(separator));
    }

    private static List<String> words(String name) {
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean separator = i == name.length() || name.charAt(i) == '_' || name.charAt(i) == '$';
            if (separator || (i > start && startsWord(name, i))) {
                if (i > start) {
                    words.add(name.substring(start, i));
                }
                start = separator ? i + 1 : i;
            }
        }
        return words;
    }

    private static boolean startsWord(String name, int i) {
        if (!Character.isUpperCase(name.charAt(i))) {
            return false;
        }
        if (!Character.isUpperCase(name.charAt(i - 1))) {
            return true;
        }
        boolean lowerFollows = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
        return lowerFollows && !isPlural(name, i + 1);
    }

    /** Whether an s after capitals is there to make them many, since no word goes on after it. */
    private static boolean isPlural(String name, int i) {
        return name.charAt(i) == 's' && (i + 1 == name.length() || !Character.isLowerCase(name.charAt(i + 1)));
    }

    /**
     * The things of a guest that a Java name means: those with one of the name's {@link #candidates}; if there are none,
     * those whose name differs from a candidate only in case, hyphens and underscores, as {@code HTTP-get} and
     * {@code httpGet}. Underscores in front and at the end count: {@code start} does not mean {@code _start}.
     *
     * @param nameOf the guest's name of a thing
     * @return none if nothing fits, several if the name is ambiguous
     */
    public static <T> List<T> meant(String javaName, Collection<T> things, Function<T, String> nameOf) {
        List<String> candidates = candidates(javaName);
        List<T> exact = things.stream()
                .filter(thing -> candidates.contains(nameOf.apply(thing)))
                .toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        Set<String> folded = candidates.stream().map(Names::folded).collect(Collectors.toSet());
        return things.stream()
                .filter(thing -> folded.contains(folded(nameOf.apply(thing))))
                .toList();
    }

    /**
     * The one of several Java things that a label means, by the rule of {@link #meant}: that whose name makes the label; if
     * there is none, the only one whose name does so without case and hyphens, as {@code isXml} for {@code is-XML} and
     * {@code a12} for {@code a1-2}.
     *
     * @return null if there is none, or more than one
     */
    static <T> @Nullable T match(String label, List<T> things, Function<T, String> javaName) {
        for (T thing : things) {
            if (joined(javaName.apply(thing), "-").equals(label)) {
                return thing;
            }
        }
        List<T> near = things.stream()
                .filter(thing -> folded(joined(javaName.apply(thing), "-")).equals(folded(label)))
                .toList();
        return near.size() == 1 ? near.get(0) : null;
    }

    /** Whether two labels differ at most in case and hyphens. */
    static boolean isSame(String label, String other) {
        return folded(label).equals(folded(other));
    }

    private static String folded(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && name.charAt(start) == '_') {
            start++;
        }
        while (end > start && name.charAt(end - 1) == '_') {
            end--;
        }
        String inside = name.substring(start, end).replace("-", "").replace("_", "");
        return name.substring(0, start) + inside.toLowerCase(Locale.ROOT) + name.substring(end);
    }
}

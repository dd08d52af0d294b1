package dev.airlock.wit;

import dev.airlock.type.Labels;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of an import or an export: {@code externname} (Explainer, "Import and Export Definitions"). */
public sealed interface ExternName {
    /** {@return the name as in the binary} */
    String text();

    /** {@return the key that no two names in one scope may share: "strongly-unique" (Explainer, "Name Uniqueness")} */
    default String unique() {
        return text().toLowerCase(Locale.ROOT);
    }

    /** A label: {@code greet}. */
    record Plain(String text) implements ExternName {}

    /** {@code [constructor]blob}. */
    record Constructor(String text, String resource) implements ExternName {}

    /** {@code [method]blob.size}. */
    record Method(String text, String resource, String member) implements ExternName {
        @Override
        public String unique() {
            return uniqueMember(resource, member);
        }
    }

    /** {@code [static]blob.merge}. */
    record Static(String text, String resource, String member) implements ExternName {
        @Override
        public String unique() {
            return uniqueMember(resource, member);
        }
    }

    /** {@code wasi:http/types@0.2.0}. */
    record Interface(
            String text,
            String namespace,
            String packageName,
            String label,
            @Nullable Version version) implements ExternName {}

    private static String uniqueMember(String resource, String member) {
        String type = resource.toLowerCase(Locale.ROOT);
        String name = member.toLowerCase(Locale.ROOT);
        return type.equals(name) ? name : type + "." + name;
    }

    /** Thrown if a text is not a name of an import or export. */
    final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private Malformed(String problem) {
            super(problem);
        }
    }

    /** A version as later specifications shorten it. */
    Pattern CANONICAL_VERSION = Pattern.compile("[1-9][0-9]*|0\\.[1-9][0-9]*");

    /** The prefixes of older specifications for names that are not interfaces. */
    Pattern OLDER_FORM = Pattern.compile("(url|integrity|relative-url|locked-dep|unlocked-dep)=");

    /**
     * Parses a name.
     *
     * @param text the name as in the binary
     * @return the name
     * @throws Malformed if the text is not a name
     */
    static ExternName parse(String text) throws Malformed {
        if (text.startsWith("[")) {
            return annotated(text);
        }
        if (text.indexOf(':') >= 0 || OLDER_FORM.matcher(text).lookingAt()) {
            return parseInterface(text);
        }
        if (!Labels.isLabel(text)) {
            throw new Malformed(quote(text) + " is not a name: " + (text.isEmpty() ? "it is empty" : LABELS));
        }
        return new Plain(text);
    }

    /**
     * Parses a name that is known to be well-formed.
     *
     * @param text the name as in the binary
     * @return the name
     * @throws IllegalStateException if the text is not a name
     */
    static ExternName known(String text) {
        try {
            return parse(text);
        } catch (Malformed e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** The grammar of labels, for errors. */
    String LABELS =
            "a name has words of letters and digits with one hyphen between them, each word in one case, the first"
                    + " starting with a letter";

    private static ExternName annotated(String text) throws Malformed {
        String constructor = "[constructor]";
        String method = "[method]";
        String statics = "[static]";
        if (text.startsWith(constructor)) {
            return new Constructor(text, label(text, text.substring(constructor.length())));
        }
        boolean isMethod = text.startsWith(method);
        if (!isMethod && !text.startsWith(statics)) {
            throw new Malformed(
                    quote(text) + " is not a name: brackets hold one of \"constructor\", \"method\", \"static\"");
        }
        int start = isMethod ? method.length() : statics.length();
        int dot = text.indexOf('.', start);
        if (dot < 0) {
            throw new Malformed(quote(text) + " is not a name: after the bracket come a resource, a dot and a label");
        }
        String resource = label(text, text.substring(start, dot));
        String member = label(text, text.substring(dot + 1));
        return isMethod ? new Method(text, resource, member) : new Static(text, resource, member);
    }

    private static String label(String text, String label) throws Malformed {
        if (!Labels.isLabel(label)) {
            throw new Malformed(quote(text) + " is not a name, since " + quote(label) + " is not one: " + LABELS);
        }
        return label;
    }

    /**
     * Parses the name of an interface.
     *
     * @param text the name as in the binary
     * @return the name
     * @throws Malformed if the text is not the name of an interface
     */
    static Interface parseInterface(String text) throws Malformed {
        if (OLDER_FORM.matcher(text).lookingAt()) {
            throw new Malformed(
                    quote(text) + " is a name of an older specification; the component model no longer has such names");
        }
        int at = text.indexOf('@');
        String path = at < 0 ? text : text.substring(0, at);
        int colon = path.indexOf(':');
        int slash = path.indexOf('/', colon + 1);
        if (colon < 0 || slash < 0) {
            throw new Malformed(quote(text) + " is not the name of an interface, such as \"wasi:io/streams@0.2.0\"");
        }
        if (path.indexOf(':', colon + 1) >= 0 || path.indexOf('/', slash + 1) >= 0) {
            throw new Malformed(quote(text) + " " + Feature.NESTED_NAMES.needed());
        }
        String namespace = words(text, path.substring(0, colon));
        String packageName = words(text, path.substring(colon + 1, slash));
        String label = label(text, path.substring(slash + 1));
        return new Interface(
                text, namespace, packageName, label, at < 0 ? null : version(text, text.substring(at + 1)));
    }

    private static String words(String text, String words) throws Malformed {
        if (!Labels.isLabel(words) || !words.equals(words.toLowerCase(Locale.ROOT))) {
            throw new Malformed(quote(text) + " is not a name, since " + quote(words)
                    + " is not one: it has words in lower case with one hyphen between them");
        }
        return words;
    }

    private static Version version(String text, String version) throws Malformed {
        Version parsed = Version.parse(version);
        if (parsed == null) {
            throw new Malformed(
                    CANONICAL_VERSION.matcher(version).matches()
                            ? quote(text) + " " + Feature.CANONICAL_NAMES.needed()
                            : quote(text) + " is not a name, since " + quote(version)
                                    + " is not a version, such as \"0.2.0\"");
        }
        return parsed;
    }

    /**
     * Quotes a name for errors: shortened if long, with {@code ?} for characters that a terminal might obey.
     *
     * @param name any text
     * @return the name in double quotes
     */
    static String quote(String name) {
        var shown = new StringBuilder("\"");
        name.codePoints().limit(MOST_SHOWN).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return shown.append(name.codePointCount(0, name.length()) > MOST_SHOWN ? "…\"" : "\"")
                .toString();
    }

    /** The most characters of a name that an error shows. */
    int MOST_SHOWN = 80;
}

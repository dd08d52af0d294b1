package dev.airlock.wit;

import dev.airlock.error.Nearest;
import dev.airlock.error.WitException;
import dev.airlock.type.FuncType;
import dev.airlock.type.OwnType;
import dev.airlock.type.ResourceType;
import dev.airlock.type.ValType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads declarations of types and signatures of functions, in any order, then looks up the names in them.
 *
 * <p>For an item of the full grammar that is not supported yet, such as a package or a world, add a method to {@link
 * #item}, with a scope of its own.
 */
final class WitParser implements Scope {
    /** In UTF-16 units. The text of all WASI interfaces is a third of this. */
    static final int MAX_TEXT = 1 << 20;

    private static final int MAX_DECLARATIONS = 10_000;

    /** Types that refer to each other nest the calls that look them up. */
    private static final int MAX_CHAIN = 200;

    private static final Set<String> NOT_YET =
            Set.of("package", "interface", "world", "use", "import", "export", "include");

    private final SourceText source;
    private final Cursor cursor;
    private final TypeParser parser;

    private final Map<String, Declared> declared = new LinkedHashMap<>();
    private final Map<String, TypeParser.FuncText> functions = new LinkedHashMap<>();

    private final Map<String, ValType> types = new LinkedHashMap<>();
    private final Map<String, ResourceType> resources = new LinkedHashMap<>();
    private final Set<String> inProgress = new HashSet<>();

    /** A declared name: its type, and the place of its declaration. */
    private record Declared(TypeText text, int offset) {}

    private WitParser(SourceText source) {
        this.source = source;
        this.cursor = new Cursor(source, MAX_TEXT, true);
        this.parser = new TypeParser(cursor);
    }

    static WitSignatures parse(SourceText source) {
        WitParser parser = new WitParser(source);
        parser.checkCharacters();
        while (!parser.cursor.atEnd()) {
            parser.item();
        }
        return parser.resolve();
    }

    private void checkCharacters() {
        String text = source.text();
        for (int i = 0; i < text.length(); i++) {
            if (Unicode.isRefusedInWit(text.charAt(i))) {
                throw source.error(i, String.format("WIT does not allow the character U+%04X", (int) text.charAt(i)));
            }
        }
    }

    private void item() {
        int start = cursor.skipBlank();
        String word = cursor.word();
        boolean isName = word.isEmpty() || cursor.at(":");
        if (!isName && Keywords.declaresType(word)) {
            declaration(word);
            return;
        }
        if (!isName && NOT_YET.contains(word)) {
            cursor.moveTo(start);
            throw cursor.expected("a type or a function (packages, interfaces and worlds are not read here)");
        }
        cursor.moveTo(start);
        String name = ExportName.readBeforeColon(cursor);
        TypeParser.FuncText function = parser.function();
        if (functions.put(name, function) != null) {
            throw source.error(start, "the function " + SourceText.quote(name) + " is declared twice");
        }
        cursor.accept(";");
    }

    private void declaration(String keyword) {
        int start = cursor.skipBlank();
        String name = parser.identifier("a name for the " + (keyword.equals("flags") ? "flags type" : keyword));
        TypeText text = switch (keyword) {
            case "record" -> parser.record(name, start);
            case "variant" -> parser.variant(name, start);
            case "enum" -> parser.enumeration(name, start);
            case "flags" -> parser.flags(name, start);
            case "resource" -> {
                ResourceType resource = new ResourceType(name);
                resources.put(name, resource);
                yield scope -> new OwnType(resource);
            }
            default -> {
                cursor.expect("=");
                yield parser.type();
            }
        };
        if (declared.put(name, new Declared(text, start)) != null) {
            throw source.error(start, "the type " + SourceText.quote(name) + " is declared twice");
        }
        if (declared.size() > MAX_DECLARATIONS) {
            throw source.error(start, "a text declares at most " + MAX_DECLARATIONS + " types");
        }
        cursor.accept(";");
    }

    private WitSignatures resolve() {
        declared.forEach((name, declaration) -> type(name, declaration.offset()));
        Map<String, FuncType> resolved = new LinkedHashMap<>();
        functions.forEach((name, function) -> resolved.put(name, function.resolve(this)));
        Map<String, ValType> inOrder = new LinkedHashMap<>();
        for (String name : declared.keySet()) {
            if (!resources.containsKey(name)) {
                inOrder.put(name, type(name, 0));
            }
        }
        return new WitSignatures(inOrder, resources, resolved);
    }

    @Override
    public ValType type(String name, int offset) {
        ValType known = types.get(name);
        if (known != null) {
            return known;
        }
        Declared declaration = declared.get(name);
        if (declaration == null) {
            throw undefined(name, offset);
        }
        if (!inProgress.add(name)) {
            throw source.error(offset, "the type " + SourceText.quote(name) + " refers to itself");
        }
        if (inProgress.size() > MAX_CHAIN) {
            throw source.error(offset, "a chain of types has at most " + MAX_CHAIN + " steps");
        }
        ValType type = declaration.text().resolve(this);
        inProgress.remove(name);
        types.put(name, type);
        return type;
    }

    @Override
    public ResourceType resource(String name, int offset) {
        if (type(name, offset) instanceof OwnType own) {
            return own.resource();
        }
        throw source.error(offset, SourceText.quote(name) + " is not a resource");
    }

    private WitException undefined(String name, int offset) {
        var known = new ArrayList<>(declared.keySet());
        known.addAll(types.keySet());
        known.addAll(Keywords.TYPES);
        return source.error(offset, "there is no type " + SourceText.quote(name) + Nearest.hint(name, known));
    }
}

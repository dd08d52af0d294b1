package dev.airlock.wit;

import dev.airlock.error.Nearest;
import dev.airlock.error.SignatureException;
import dev.airlock.error.WitException;
import dev.airlock.type.BorrowType;
import dev.airlock.type.EnumType;
import dev.airlock.type.FlagsType;
import dev.airlock.type.FuncType;
import dev.airlock.type.FutureType;
import dev.airlock.type.Labels;
import dev.airlock.type.ListType;
import dev.airlock.type.MapType;
import dev.airlock.type.OptionType;
import dev.airlock.type.OwnType;
import dev.airlock.type.PrimitiveType;
import dev.airlock.type.RecordType;
import dev.airlock.type.ResultType;
import dev.airlock.type.StreamType;
import dev.airlock.type.TupleType;
import dev.airlock.type.ValType;
import dev.airlock.type.VariantType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads types and the bodies of declarations (WIT, "Types" and "Items: type"). */
final class TypeParser {
    private final Cursor cursor;
    private int depth;
    private int resolving;

    TypeParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** The type of a function before its names are looked up. */
    @FunctionalInterface
    interface FuncText {
        FuncType resolve(Scope scope);
    }

    /** A type or none: the payload of a case, or the result of a function. */
    private record Maybe(@Nullable TypeText text) {
        static final Maybe NOTHING = new Maybe(null);

        @Nullable
        ValType resolve(Scope scope) {
            return text == null ? null : text.resolve(scope);
        }
    }

    private record Member(String name, Maybe type) {}

    /** Reads an identifier: a label that is not a keyword, or any label after a {@code %}. */
    String identifier(String what) {
        int start = cursor.skipBlank();
        boolean escaped = cursor.accept("%");
        String word = escaped && !Cursor.isWordPart(cursor.here()) ? "" : cursor.word();
        if (word.isEmpty()) {
            throw cursor.expected(what);
        }
        if (!Labels.isLabel(word)) {
            throw cursor.source()
                    .error(
                            start,
                            "expected " + what + ", got " + SourceText.quote(word)
                                    + ": a name is words of letters and digits with one hyphen between them,"
                                    + " each in one case, the first starting with a letter");
        }
        if (!escaped && Keywords.isKeyword(word)) {
            throw cursor.source()
                    .error(
                            start,
                            "expected " + what + ", got the keyword \"" + word + "\"; as a name it is written %"
                                    + word);
        }
        return word;
    }

    TypeText type() {
        if (++depth > ValType.MAX_DEPTH) {
            throw tooDeep(cursor.skipBlank());
        }
        TypeText type = typeInside();
        depth--;
        return type;
    }

    private TypeText typeInside() {
        int start = cursor.skipBlank();
        String word = cursor.peekWord();
        if (word.isEmpty() && !cursor.at("%")) {
            throw cursor.expected("a type");
        }
        if (!Keywords.isKeyword(word)) {
            String name = identifier("a type");
            if (cursor.at("<")) {
                throw cursor.source()
                        .error(
                                start,
                                "there is no type " + SourceText.quote(name) + " with parameters"
                                        + Nearest.hint(name, Keywords.TYPES));
            }
            return scope -> scope.type(name, start);
        }
        cursor.word();
        PrimitiveType primitive = Keywords.primitive(word);
        if (primitive != null) {
            return scope -> primitive;
        }
        return switch (word) {
            case "list" -> list(start);
            case "tuple" -> {
                List<TypeText> elements = listOf("<", ">", this::type);
                yield checked(start, scope -> new TupleType(resolved(elements, scope)));
            }
            case "option" -> {
                TypeText payload = inAngles();
                yield checked(start, scope -> new OptionType(payload.resolve(scope)));
            }
            case "result" -> result(start);
            case "map" -> map(start);
            case "future" -> {
                Maybe element = maybeInAngles();
                yield checked(start, scope -> new FutureType(element.resolve(scope)));
            }
            case "stream" -> {
                Maybe element = maybeInAngles();
                yield checked(start, scope -> new StreamType(element.resolve(scope)));
            }
            case "own", "borrow" -> handle(word);
            default -> {
                cursor.moveTo(start);
                throw cursor.expected("a type");
            }
        };
    }

    private TypeText inAngles() {
        cursor.expect("<");
        TypeText type = type();
        cursor.expect(">");
        return type;
    }

    private Maybe maybeInAngles() {
        return cursor.at("<") ? new Maybe(inAngles()) : Maybe.NOTHING;
    }

    private TypeText list(int start) {
        cursor.expect("<");
        TypeText element = type();
        Integer length = cursor.accept(",") ? length() : null;
        cursor.expect(">");
        return checked(start, scope -> new ListType(element.resolve(scope), length));
    }

    private int length() {
        int start = cursor.skipBlank();
        String word = cursor.word();
        if (word.isEmpty() || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            cursor.moveTo(start);
            throw cursor.expected("a list's length, a number above 0");
        }
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw cursor.source()
                    .error(
                            start,
                            "a list's length is at most " + Integer.MAX_VALUE + ", got " + SourceText.quote(word));
        }
    }

    private TypeText result(int start) {
        if (!cursor.accept("<")) {
            return scope -> new ResultType(null, null);
        }
        Maybe ok;
        Maybe err = Maybe.NOTHING;
        if (cursor.accept("_")) {
            ok = Maybe.NOTHING;
            cursor.expect(",");
            err = new Maybe(type());
        } else {
            ok = new Maybe(type());
            if (cursor.accept(",")) {
                err = new Maybe(type());
            }
        }
        cursor.expect(">");
        Maybe failure = err;
        return checked(start, scope -> new ResultType(ok.resolve(scope), failure.resolve(scope)));
    }

    private TypeText map(int start) {
        cursor.expect("<");
        int keyStart = cursor.skipBlank();
        TypeText key = type();
        cursor.expect(",");
        TypeText value = type();
        cursor.expect(">");
        return checked(start, scope -> {
            ValType keyType = key.resolve(scope);
            if (keyType instanceof PrimitiveType primitive && primitive.isKey()) {
                return new MapType(primitive, value.resolve(scope));
            }
            throw cursor.source()
                    .error(
                            keyStart,
                            "a map's key is a bool, an integer, a char or a string, not "
                                    + SourceText.cut(keyType.toString()));
        });
    }

    private TypeText handle(String word) {
        cursor.expect("<");
        int nameStart = cursor.skipBlank();
        String name = identifier("a resource");
        cursor.expect(">");
        return word.equals("own")
                ? scope -> new OwnType(scope.resource(name, nameStart))
                : scope -> new BorrowType(scope.resource(name, nameStart));
    }

    TypeText record(String name, int start) {
        List<Member> fields = listOf("{", "}", () -> {
            String field = identifier("a field");
            cursor.expect(":");
            return new Member(field, new Maybe(type()));
        });
        return checked(start, scope -> {
            List<RecordType.Field> resolved = new ArrayList<>();
            for (Member field : fields) {
                ValType type = field.type().resolve(scope);
                if (type != null) {
                    resolved.add(new RecordType.Field(field.name(), type));
                }
            }
            return new RecordType(name, resolved);
        });
    }

    TypeText variant(String name, int start) {
        List<Member> cases = listOf("{", "}", () -> {
            String caseName = identifier("a case");
            if (!cursor.accept("(")) {
                return new Member(caseName, Maybe.NOTHING);
            }
            TypeText payload = type();
            cursor.expect(")");
            return new Member(caseName, new Maybe(payload));
        });
        return checked(
                start,
                scope -> new VariantType(
                        name,
                        cases.stream()
                                .map(c ->
                                        new VariantType.Case(c.name(), c.type().resolve(scope)))
                                .toList()));
    }

    TypeText enumeration(String name, int start) {
        List<String> cases = listOf("{", "}", () -> identifier("a case"));
        return checked(start, scope -> new EnumType(name, cases));
    }

    TypeText flags(String name, int start) {
        List<String> flags = listOf("{", "}", () -> identifier("a flag"));
        return checked(start, scope -> new FlagsType(name, flags));
    }

    /** Reads a function, from {@code async} or {@code func} to the end of the result. */
    FuncText function() {
        int start = cursor.skipBlank();
        boolean async = cursor.peekWord().equals("async");
        if (async) {
            cursor.word();
        }
        if (!cursor.peekWord().equals("func")) {
            throw cursor.expected("\"func\"");
        }
        cursor.word();
        List<Member> params = listOf("(", ")", () -> {
            String name = identifier("a parameter's name");
            cursor.expect(":");
            return new Member(name, new Maybe(type()));
        });
        Maybe result = cursor.accept("->") ? new Maybe(type()) : Maybe.NOTHING;
        return scope -> {
            List<FuncType.Param> resolved = new ArrayList<>();
            for (Member param : params) {
                ValType type = param.type().resolve(scope);
                if (type != null) {
                    resolved.add(new FuncType.Param(param.name(), type));
                }
            }
            ValType returned = result.resolve(scope);
            return checked(start, () -> new FuncType(resolved, returned, async));
        };
    }

    /** Reads pieces separated by commas. A comma may follow the last one. */
    private <T> List<T> listOf(String open, String close, Supplier<T> piece) {
        cursor.expect(open);
        List<T> pieces = new ArrayList<>();
        while (!cursor.accept(close)) {
            pieces.add(piece.get());
            if (!cursor.accept(",") && !cursor.at(close)) {
                throw cursor.expected("\",\" or \"" + close + "\"");
            }
        }
        return pieces;
    }

    private static List<ValType> resolved(List<TypeText> types, Scope scope) {
        return types.stream().map(type -> type.resolve(scope)).toList();
    }

    /**
     * Gives the errors of the types' constructors a place. The constructors check the depth only after the parts are
     * made, which may be too late for the stack, so it is checked here too.
     */
    private TypeText checked(int start, Function<Scope, ValType> make) {
        return scope -> {
            if (++resolving > ValType.MAX_DEPTH) {
                throw tooDeep(start);
            }
            ValType type = checked(start, () -> make.apply(scope));
            resolving--;
            return type;
        };
    }

    private WitException tooDeep(int start) {
        return cursor.source().error(start, "types nest to a depth of " + ValType.MAX_DEPTH);
    }

    private <T> T checked(int start, Supplier<T> make) {
        try {
            return make.get();
        } catch (SignatureException e) {
            throw cursor.source().error(start, String.valueOf(e.getMessage()));
        }
    }
}
